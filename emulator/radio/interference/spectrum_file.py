"""A spectrum as a CSV with the columns `freq_hz,dbm`."""

from pathlib import Path
from typing import Final

from emulator.kernel.csv_text import csv_cells
from emulator.kernel.errors import UsageError
from emulator.kernel.text_files import read_text
from emulator.radio.interference.spectra import MeasuredSpectrum
from emulator.radio.receiver import milliwatts

COLUMNS: Final = ("freq_hz", "dbm")
_SHOWN: Final = 60
"""Characters of a row that is no point, before the rest is left out."""


def read_spectrum(path: Path, resolution: float, noise_ratio: float = 1.0) -> MeasuredSpectrum:
    """The spectrum in a file.

    Args:
        path: of the file.
        resolution: RBW, Hz.
        noise_ratio: noise bandwidth over RBW, 1.05 to 1.13 for Gaussian filters.

    Raises:
        UsageError: with every mistake, each with file and line.
    """
    rows = read_text(path).splitlines()
    if not rows or tuple(cell.strip() for cell in rows[0].split(",")) != COLUMNS:
        raise UsageError(f"{path}:1: expected the header {','.join(COLUMNS)}")
    mistakes: list[str] = []
    points: list[tuple[float, float]] = []
    for line, row in enumerate(rows[1:], 2):
        refusal = _add(points, row)
        if refusal:
            mistakes.append(f"{path}:{line}: {refusal}")
    if not mistakes and len(points) < 2:
        mistakes.append(f"{path}: {len(points)} points: expected two at least")
    if mistakes:
        raise UsageError(*mistakes)
    per_hertz = resolution * noise_ratio
    return MeasuredSpectrum(
        tuple(hertz for hertz, _ in points),
        tuple(milliwatts(level) / per_hertz for _, level in points),
    )


def _add(points: list[tuple[float, float]], row: str) -> str:
    """Take a row; what is wrong with it, empty when nothing is."""
    try:
        hertz, level = (float(cell) for cell in csv_cells(row))
    except ValueError:
        return f"{row[:_SHOWN]!r}: expected two numbers, Hz and dBm"
    if points and hertz <= points[-1][0]:
        return f"{hertz:g} Hz: expected more than the row before"
    if not (0 < hertz < 1e11 and -250 <= level <= 60):
        return "expected 0 to 100 GHz, and -250 to 60 dBm"
    points.append((hertz, level))
    return ""
