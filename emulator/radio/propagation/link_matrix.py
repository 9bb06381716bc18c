"""Measured links: a CSV of losses between named places, by band.

Columns `from,to,band,loss_db` in any order. A row holds both ways unless the other way has a row
of its own. Empty lines and lines that begin with # are left out.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import Final

from emulator.kernel.csv_text import csv_cells
from emulator.kernel.errors import UsageError
from emulator.kernel.text_files import read_text
from emulator.radio.propagation.path_loss import PathLoss, Place

BANDS: Final[Mapping[str, float]] = {"2.4 GHz": 2_440e6, "868 MHz": 868e6, "915 MHz": 918e6}
"""The bands a row can name, with the frequency each stands for, Hz."""
COLUMNS: Final = ("from", "to", "band", "loss_db")
_LOSSES: Final = (0.0, 300.0)

_Link = tuple[str, str, str]
"""From, to, band."""


def band_of(frequency: float) -> str:
    """The band whose frequency is nearest."""
    return min(BANDS, key=lambda band: abs(BANDS[band] - frequency))


@dataclass(frozen=True, slots=True)
class LinkMatrix:
    """A `PathLoss` that was measured.

    Args:
        losses: dB by from, to and band.
        otherwise: what is asked about links that were not measured; None for no link at all.
    """

    losses: Mapping[_Link, float]
    otherwise: PathLoss | None = None

    def loss(self, one: Place, other: Place, frequency: float) -> float:
        """As `PathLoss.loss`, but from `one` to `other`; infinite where nothing is known."""
        band = band_of(frequency)
        for link in ((one.name, other.name, band), (other.name, one.name, band)):
            if link in self.losses:
                return self.losses[link]
        return inf if self.otherwise is None else self.otherwise.loss(one, other, frequency)

    def names(self) -> tuple[str, ...]:
        """Every place that the matrix names, in order of appearance."""
        ends = (name for one, other, _ in self.losses for name in (one, other))
        return tuple(dict.fromkeys(ends))


def read_links(path: Path) -> LinkMatrix:
    """The matrix in a file.

    Raises:
        UsageError: with every mistake, each with file and line.
    """
    rows = list(_rows(read_text(path), str(path)))
    if not rows:
        raise UsageError(f"{path}: empty: expected a header {','.join(COLUMNS)}")
    line, header = rows[0]
    if sorted(header) != sorted(COLUMNS):
        said = ",".join(header)
        raise UsageError(f"{path}:{line}: header {said!r}: expected {','.join(COLUMNS)}")
    mistakes: list[str] = []
    losses: dict[_Link, float] = {}
    for line, cells in rows[1:]:
        refusal = _add(losses, header, cells)
        if refusal:
            mistakes.append(f"{path}:{line}: {refusal}")
    if mistakes:
        raise UsageError(*mistakes)
    return LinkMatrix(losses)


def _rows(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Each row that says something, with the number of its line."""
    for number, row in enumerate(text.splitlines(), 1):
        if row.strip() and not row.lstrip().startswith("#"):
            try:
                cells = csv_cells(row)
            except ValueError as fault:
                raise UsageError(f"{name}:{number}: {fault}") from fault
            yield number, [cell.strip() for cell in cells]


def _add(losses: dict[_Link, float], header: list[str], cells: list[str]) -> str:
    """Take a row; what is wrong with it, empty when nothing is."""
    if len(cells) != len(header):
        comma = "; is a decimal comma among them?" if len(cells) > len(header) else ""
        return f"{len(cells)} cells: expected {len(header)}{comma}"
    row = dict(zip(header, cells, strict=True))
    link = row["from"], row["to"], row["band"]
    refusal = _wrong_link(link) or _wrong_loss(row["loss_db"])
    if refusal:
        return refusal
    if link in losses:
        return f"from {link[0]!r} to {link[1]!r}, {link[2]}: there is such a row above"
    losses[link] = float(row["loss_db"])
    return ""


def _wrong_link(link: _Link) -> str:
    one, other, band = link
    if not one or not other or one == other:
        return f"from {one!r} to {other!r}: expected two different places"
    return "" if band in BANDS else f"band {band!r}: expected one of {', '.join(BANDS)}"


def _wrong_loss(text: str) -> str:
    low, high = _LOSSES
    try:
        loss = float(text)
    except ValueError:
        return f"loss_db {text!r}: expected a number of dB with a decimal point"
    return "" if low <= loss <= high else f"loss_db {loss:g}: expected {low:g} to {high:g} dB"
