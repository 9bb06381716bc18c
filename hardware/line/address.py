"""Where a line is, as people write it.

/dev/ttyACM0   COM5   /dev/serial/by-id/usb-...     a serial port, or a pseudo-terminal
/dev/ttyACM0?baud=460800&flow=hardware               with other settings than usual
/dev/ttyS0?baud=9600&parity=even&data=7&stop=2       (parity none, even or odd)
tcp://127.0.0.1:6638   socket://127.0.0.1:6638       a TCP connection
"""

from dataclasses import dataclass
from ipaddress import ip_address
from typing import Final, Literal
from urllib.parse import parse_qsl, urlsplit

from emulator.kernel.errors import UsageError

DEFAULT_BAUD: Final = 115_200
"""What OpenThread RCP and EmberZNet images for hobby dongles use unless built otherwise."""

_FLOWS: Final = ("none", "hardware", "software")
Flow = Literal["none", "hardware", "software"]
_PARITIES: Final = ("none", "even", "odd")
Parity = Literal["none", "even", "odd"]
_CHOICES: Final = {
    "flow": _FLOWS,
    "parity": _PARITIES,
    "data": ("7", "8"),
    "stop": ("1", "2"),
}


@dataclass(frozen=True, slots=True)
class SerialAddress:
    """A serial port by its path or name."""

    path: str
    baud: int = DEFAULT_BAUD
    flow: Flow = "none"
    parity: Parity = "none"
    data_bits: int = 8
    stop_bits: int = 1

    def __str__(self) -> str:
        return self.path


@dataclass(frozen=True, slots=True)
class TcpAddress:
    """An end of a TCP connection."""

    host: str
    port: int

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"tcp://{host}:{self.port}"

    @property
    def loopback(self) -> bool:
        """Whether only this machine can come there."""
        if self.host == "localhost":
            return True
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return False


LineAddress = SerialAddress | TcpAddress


def parse_address(text: str) -> LineAddress:
    """The address that somebody wrote.

    Raises:
        UsageError: when it is none; names what was expected.
    """
    if text.startswith(("tcp://", "socket://")):
        return _tcp(text)
    path, _, query = text.partition("?")
    if not path or "://" in path:
        raise UsageError(f"port {text!r}: expected a serial path or tcp://HOST:PORT")
    return _serial(text, path, query)


def _tcp(text: str) -> TcpAddress:
    try:
        parts = urlsplit(text)
        if parts.hostname and parts.port is not None and not parts.path.strip("/"):
            return TcpAddress(parts.hostname, parts.port)
    except ValueError:
        pass
    raise UsageError(f"port {text!r}: expected tcp://HOST:PORT, PORT from 0 to 65535")


def _serial(text: str, path: str, query: str) -> SerialAddress:
    baud = DEFAULT_BAUD
    chosen = {"flow": "none", "parity": "none", "data": "8", "stop": "1"}
    for name, value in parse_qsl(query, keep_blank_values=True):
        if name == "baud" and value.isascii() and value.isdigit() and 0 < int(value) < 10**8:
            baud = int(value)
        elif value in _CHOICES.get(name, ()):
            chosen[name] = value
        else:
            choices = ", ".join(f"{each}={'|'.join(of)}" for each, of in _CHOICES.items())
            raise UsageError(
                f"port {text!r}: no setting {name}={value}: expected baud=NUMBER, {choices}"
            )
    return SerialAddress(
        path,
        baud,
        chosen["flow"],  # type: ignore[arg-type]  # one of _FLOWS
        chosen["parity"],  # type: ignore[arg-type]  # one of _PARITIES
        int(chosen["data"]),
        int(chosen["stop"]),
    )
