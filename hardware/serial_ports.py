"""The serial ports of this machine, as `hanlab list radios` shows them.

No driver stands behind them yet: a port is shown so that a lab engineer sees what is plugged in.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from serial.tools.list_ports import comports


class PortInformation(Protocol):
    """What pyserial tells of a port."""

    device: str
    description: str
    hwid: str


@dataclass(frozen=True, slots=True, order=True)
class SerialPort:
    """One port.

    Args:
        device: the path to open.
        description: what the dongle calls itself; empty when it does not say.
        hardware_id: USB identifiers; empty when there are none.
    """

    device: str
    description: str
    hardware_id: str


def serial_ports(
    listing: Callable[[], Iterable[PortInformation]] = comports,
) -> Sequence[SerialPort]:
    """Every serial port, sorted by path; pyserial's "n/a" becomes nothing."""
    return tuple(
        sorted(
            SerialPort(port.device, _told(port.description), _told(port.hwid)) for port in listing()
        )
    )


def _told(text: str | None) -> str:
    return "" if text in (None, "n/a") else str(text)
