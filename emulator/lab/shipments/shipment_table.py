"""A shipment file as rows of text: reading, decoding and the header, before any cell has a meaning.

The format is CSV with a header line. A byte order mark, any line ends, blank lines and spaces
around a cell are accepted, since spreadsheets leave them.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Final

from emulator.kernel.errors import UsageError

COLUMNS: Final = (
    "device_type",
    "eui64",
    "install_code",
    "manufacturer",
    "model",
    "firmware",
    "mpxn",
)
LARGEST: Final = 1 << 20
"""Octets; a HAN has tens of devices and a line some hundred octets."""
_SHOWN: Final = 60


class Findings:
    """Mistakes and warnings of one file, told in the order of its lines.

    Args:
        name: the file, as the user named it.
    """

    def __init__(self, name: str) -> None:
        self._name = shown(name, limit=4096)
        self._mistakes: list[tuple[int, str]] = []
        self._warnings: list[tuple[int, str]] = []

    def mistake(self, line: int, column: str, value: str, reason: str) -> None:
        """Note what forbids a run."""
        self._mistakes.append((line, self._cell(line, column, value, reason)))

    def warning(self, line: int, column: str, value: str, reason: str) -> None:
        """Note what a person should look at."""
        self._warnings.append((line, self._cell(line, column, value, reason)))

    def mistake_at(self, line: int, reason: str) -> None:
        """Note a mistake of a whole line."""
        self._mistakes.append((line, f"{self._name}:{line}: {reason}"))

    def warning_about_file(self, reason: str) -> None:
        """Note what a person should know of the file as a whole."""
        self._warnings.append((0, f"{self._name}: {reason}"))

    @property
    def warnings(self) -> tuple[str, ...]:
        """Every warning, by line."""
        return tuple(text for _, text in sorted(self._warnings, key=lambda found: found[0]))

    def check(self) -> None:
        """Go on only when there is no mistake.

        Raises:
            UsageError: with every mistake, by line.
        """
        if self._mistakes:
            ordered = sorted(self._mistakes, key=lambda found: found[0])
            raise UsageError(*(text for _, text in ordered))

    def _cell(self, line: int, column: str, value: str, reason: str) -> str:
        return f"{self._name}:{line}: column {column}: {shown(value)}: {reason}"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the file: the cells of the columns it has, without spaces around them."""

    line: int
    cells: Mapping[str, str]


def shown(value: str, limit: int = _SHOWN) -> str:
    """A value as a message shows it: on one line, not too long, and visible when empty."""
    text = value if value.isprintable() else ascii(value)
    if len(text) > limit:
        text = f"{text[:limit]}..."
    return text or "(empty)"


def read_octets(path: Path) -> bytes:
    """The octets of a shipment file.

    Raises:
        UsageError: when it is absent, no file, not readable or larger than any shipment.
    """
    name = shown(str(path), limit=4096)
    try:
        with path.open("rb") as file:
            octets = file.read(LARGEST + 1)
    except (OSError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or str(fault)
        raise UsageError(f"{name}: {reason}: expected a shipment file (CSV)") from fault
    if len(octets) > LARGEST:
        raise UsageError(f"{name}: too large: expected at most {LARGEST} octets")
    return octets


def read_rows(octets: bytes, findings: Findings) -> tuple[Row, ...]:
    """The rows under the header; what is wrong with lines and header goes to `findings`."""
    text = _decoded(octets, findings)
    if text is None:
        return ()
    lines = _lines(text, findings)
    if not lines:
        findings.mistake_at(1, f"empty: expected the header {','.join(COLUMNS)}")
        return ()
    (line, header), *rest = lines
    names = _header(line, header, findings)
    if not rest:
        findings.mistake_at(line, "no devices: expected at least one line under the header")
    return tuple(_row(line, names, cells, findings) for line, cells in rest)


def _decoded(octets: bytes, findings: Findings) -> str | None:
    nul = octets.find(0)
    try:
        text = octets.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        nul = fault.start if nul < 0 else min(nul, fault.start)
    else:
        if nul < 0:
            return text
    line = octets.count(b"\n", 0, nul) + 1
    findings.mistake_at(
        line, f"octet 0x{octets[nul]:02X} at offset {nul}: expected a CSV file in UTF-8"
    )
    return None


def _lines(text: str, findings: Findings) -> list[tuple[int, list[str]]]:
    """Every line that says something, with its number and its cells."""
    reader = csv.reader(StringIO(text, newline=""), strict=True, skipinitialspace=True)
    lines = []
    begin = 1
    try:
        for cells in reader:
            stripped = [cell.strip() for cell in cells]
            if any(stripped):
                lines.append((begin, stripped))
            begin = reader.line_num + 1
    except csv.Error as fault:
        findings.mistake_at(begin, f"{fault}: expected CSV, each quote closed on its line")
    return lines


def _header(line: int, cells: list[str], findings: Findings) -> tuple[str, ...]:
    names = tuple(cell.lower() for cell in cells)
    for column in COLUMNS:
        if column not in names:
            findings.mistake_at(line, f"column {column}: missing: expected in the header")
    for index, name in enumerate(names):
        if name in names[:index]:
            findings.mistake(line, str(index + 1), name, "expected each column once")
        elif name not in COLUMNS:
            findings.warning(line, str(index + 1), name, "unknown column, not used")
    return names


def _row(line: int, names: tuple[str, ...], cells: list[str], findings: Findings) -> Row:
    for index, surplus in enumerate(cells[len(names) :], start=len(names) + 1):
        if surplus:
            reason = f"expected {len(names)} cells, as in the header"
            findings.mistake(line, str(index), surplus, reason)
    padded = cells + [""] * (len(names) - len(cells))
    return Row(line, {name: padded[at] for at, name in enumerate(names) if name in COLUMNS})
