"""What makes a mask usable: it rises in frequency, covers its band, and bands do not cross."""

from collections.abc import Mapping, Sequence
from itertools import combinations, pairwise
from math import isfinite
from typing import Any

from emulator.rf_noise.limits.limits import BandLimit
from emulator.rf_noise.limits.toml_rows import TomlRows

Points = tuple[tuple[float, float], ...]


def check_mask(band: Mapping[str, Any], rows: TomlRows, row: int) -> Points:
    """The points of a band's mask; what is wrong with them goes to `rows`.

    Args:
        band: its table.
        rows: the file.
        row: of the table's header.
    """
    points = _points(band.get("mask", []), rows, row)
    low, high = band.get("from_hz"), band.get("to_hz")
    if "mask" in band and len(points) < 2:
        rows.refuse("mask", f"mask of {len(points)} points: expected 2 or more", row)
    for (before, _), (after, _) in pairwise(points):
        if after < before:
            told = f"mask: {after:.10g} Hz after {before:.10g} Hz: expected rising frequencies"
            rows.refuse("mask", told, row)
    if low is None or high is None:
        return points
    if not 0 < low < high:
        rows.refuse("from_hz", f"from {low:.10g} to {high:.10g} Hz: expected rising edges", row)
    if len(points) >= 2:
        _check_coverage(points, (low, high), rows, row)
    return points


def check_neighbours(placed: Sequence[tuple[int, BandLimit]], rows: TomlRows) -> None:
    """Refuse bands that cross: a level there would have two limits."""
    for (_, one), (row, other) in combinations(placed, 2):
        if one.edges[0] < other.edges[1] and other.edges[0] < one.edges[1]:
            rows.refuse(
                "from_hz",
                f"band {other.name}, {_span(other)}, crosses band {one.name}, {_span(one)}: "
                "expected bands side by side",
                row,
            )


def _points(found: Any, rows: TomlRows, row: int) -> Points:
    points = []
    for each in found if isinstance(found, list) else []:
        if isinstance(each, list) and len(each) == 2 and all(map(_is_number, each)):
            points.append((float(each[0]), float(each[1])))
        else:
            rows.refuse("mask", f"mask: {str(each)[:60]}: expected [frequency, limit]", row)
    return tuple(points)


def _check_coverage(points: Points, edges: tuple[float, float], rows: TomlRows, row: int) -> None:
    low, high = edges
    first, last = points[0][0], points[-1][0]
    if first > low:
        told = f"mask has a gap from {low:.10g} to {first:.10g} Hz: expected it to cover the band"
        rows.refuse("mask", told, row)
    if last < high:
        told = f"mask has a gap from {last:.10g} to {high:.10g} Hz: expected it to cover the band"
        rows.refuse("mask", told, row)
    if first < low or last > high:
        told = (
            f"mask reaches beyond its band, {low:.10g} to {high:.10g} Hz: expected it to end there"
        )
        rows.refuse("mask", told, row)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def _span(band: BandLimit) -> str:
    return f"{band.edges[0] / 1e6:g} to {band.edges[1] / 1e6:g} MHz"
