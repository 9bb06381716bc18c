"""A serial port, or the far end of a pseudo-terminal, opened for this process alone.

On Linux and macOS the port is waited for with `select`; on Windows, whose serial ports have no
such thing, a thread carries what comes in to a socket that has (`hardware.line.pumped_line`).
"""

import errno
import os
from collections.abc import Mapping
from typing import Any, Final

import serial

from hardware.line.address import SerialAddress
from hardware.line.byte_line import ByteLine, LineFault
from hardware.line.out_buffer import OutBuffer
from hardware.line.pumped_line import PumpedLine

_READ: Final = 4096

_PARITY: Final = {
    "none": serial.PARITY_NONE,
    "even": serial.PARITY_EVEN,
    "odd": serial.PARITY_ODD,
}
_CAUSES: Final[Mapping[int, str]] = {
    errno.ENOENT: "no such port: see `hanlab radio list`",
    errno.ENODEV: "the dongle is gone: plug it in again",
    errno.ENXIO: "the dongle is gone: plug it in again",
    errno.EIO: "the dongle is gone: plug it in again",
    errno.EACCES: (
        "no permission: join the port's group (`sudo usermod -aG dialout $USER`, log in again) or "
        "add a udev rule"
    ),
    errno.EPERM: "no permission: run `hanlab radio doctor`",
    errno.EBUSY: "busy: another program has it open (`fuser -v PORT` says which): end that one",
    errno.EWOULDBLOCK: (
        "busy: another program has it open (`fuser -v PORT` says which): end that one"
    ),
    errno.ENOTTY: "no serial port: expected a tty",
    errno.EISDIR: "no serial port but a folder: expected a tty",
}


def open_serial(address: SerialAddress) -> ByteLine:
    """The port, open for nobody else.

    Raises:
        LineFault: when it does not open; says why and what to do.
    """
    port = serial.Serial()
    port.port = address.path
    port.baudrate = address.baud
    port.parity = _PARITY[address.parity]
    port.bytesize = address.data_bits
    port.stopbits = address.stop_bits
    port.timeout = 0
    port.write_timeout = 0
    port.rtscts = address.flow == "hardware"
    port.xonxoff = address.flow == "software"
    if os.name == "posix":
        port.exclusive = True
    try:
        port.open()
    except (OSError, ValueError) as fault:
        port.close()
        raise LineFault(f"{address}: {_cause(fault)}") from fault
    line = SerialLine(str(address), port)
    return line if os.name == "posix" else PumpedLine(line.name, port)


class SerialLine:
    """An open port on a system where it can be waited for."""

    def __init__(self, name: str, port: Any) -> None:
        self.name = name
        self._port = port
        self._out = OutBuffer(name, self._send)

    def fileno(self) -> int:
        """The port's file descriptor; -1 once it is closed."""
        return int(self._port.fileno()) if self._port.is_open else -1

    def read(self) -> bytes:
        """What has come in.

        Raises:
            LineFault: when the dongle was unplugged.
        """
        try:
            return bytes(self._port.read(_READ))
        except (OSError, TypeError, serial.SerialException) as fault:
            self.close()
            raise LineFault(f"{self.name}: unplugged: plug the dongle in again") from fault

    def write(self, octets: bytes) -> None:
        """Send octets.

        Raises:
            LineFault: when the dongle was unplugged or takes nothing.
        """
        self._out.write(octets)

    @property
    def unsent(self) -> bool:
        """Whether octets wait."""
        return self._out.unsent

    def flush(self) -> None:
        """Send what waits."""
        self._out.flush()

    def close(self) -> None:
        """Release the port."""
        self._port.close()

    def _send(self, octets: bytes) -> int:
        try:
            return os.write(self._port.fileno(), octets)
        except BlockingIOError:
            return 0
        except (OSError, TypeError, serial.SerialException) as fault:
            self.close()
            raise LineFault(f"{self.name}: unplugged: plug the dongle in again") from fault


def _cause(fault: BaseException) -> str:
    number = getattr(fault, "errno", None)
    if isinstance(number, int) and number in _CAUSES:
        return _CAUSES[number]
    if "(25," in str(fault):
        return _CAUSES[errno.ENOTTY]
    if "xclusively lock" in str(fault):
        return _CAUSES[errno.EBUSY]
    if "FileNotFoundError" in str(fault):
        return _CAUSES[errno.ENOENT]
    if "PermissionError" in str(fault):
        return _CAUSES[errno.EBUSY]
    return f"does not open: {fault}"
