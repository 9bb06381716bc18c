"""How one talks to a wired ITCH: its line and its lines of text, as a file that a lab may change.

DCC publishes neither connector nor transport of its test hub; the text frame is its GFI tool's.
"""

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final

from emulator.kernel.errors import UsageError
from emulator.kernel.settings import setting
from emulator.kernel.text_files import read_text
from emulator.kernel.toml_text import parse_toml

LINE_ENDS: Final = {"crlf": b"\r\n", "lf": b"\n", "cr": b"\r"}
_SOURCE: Final = "no document: DCC publishes no transport of the wired ITCH"


@dataclass(frozen=True, slots=True, kw_only=True)
class WireSettings:
    """Transport of a wired ITCH; a TOML file of these names changes them."""

    baud: int = setting(115_200, source=_SOURCE, verified=False)
    parity: str = setting("none", source=_SOURCE, verified=False)
    data_bits: int = setting(8, source=_SOURCE, verified=False)
    stop_bits: int = setting(1, source=_SOURCE, verified=False)
    flow: str = setting("none", source=_SOURCE, verified=False)
    line_end: str = setting(
        "crlf", source="the published example lines of the GFI tool", verified=False
    )

    def place(self, port: str) -> str:
        """The address of a line with these settings; one that has its own, or TCP, stays."""
        if "://" in port or "?" in port:
            return port
        return (
            f"{port}?baud={self.baud}&parity={self.parity}&data={self.data_bits}"
            f"&stop={self.stop_bits}&flow={self.flow}"
        )

    def framed(self, octets: bytes) -> bytes:
        """A line of text, which ends in carriage return and line feed, with this end."""
        return octets.removesuffix(b"\r\n") + LINE_ENDS[self.line_end]


USUAL: Final = WireSettings()
_ALLOWED: Final[dict[str, tuple[Any, ...]]] = {
    "parity": ("none", "even", "odd"),
    "data_bits": (7, 8),
    "stop_bits": (1, 2),
    "flow": ("none", "hardware", "software"),
    "line_end": tuple(LINE_ENDS),
}


def read_wire_settings(path: Path | None) -> WireSettings:
    """The settings of a file; the usual ones without.

    Raises:
        UsageError: when it cannot be read, or with every line that is no setting.
    """
    if path is None:
        return USUAL
    document = parse_toml(read_text(path), str(path))
    mistakes = [_mistake(path, name, value) for name, value in document.items()]
    told = [mistake for mistake in mistakes if mistake]
    if told:
        raise UsageError(*told)
    return WireSettings(**document)


def _mistake(path: Path, name: str, value: object) -> str:
    """What is wrong with a setting; empty when nothing is."""
    known = [each.name for each in fields(WireSettings)]
    if name not in known:
        return f"{path}: {name}: no such setting: expected {', '.join(known)}"
    if name == "baud":
        right = type(value) is int and 0 < value < 10**8
        return "" if right else f"{path}: baud = {value!r}: expected a number of bits a second"
    if value in _ALLOWED[name] and not isinstance(value, bool):
        return ""
    expected = ", ".join(map(str, _ALLOWED[name]))
    return f"{path}: {name} = {value!r}: expected one of {expected}"
