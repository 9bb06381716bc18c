"""A building as one SVG: its storeys on each other, dwellings coloured by how they are reached."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Final

from emulator.building.reach import Reached, Verdict
from emulator.radio.propagation.floor_plan import FloorPlan, Riser

_FONT: Final = "font-family='system-ui, sans-serif'"
_INK: Final = "#22262b"
_COLOURS: Final = {
    Verdict.DIRECT: ("#e4f1ea", "#00734f"),
    Verdict.POINT_TO_POINT: ("#e2eef6", "#2f7fb5"),
    Verdict.SHARED: ("#ece6f6", "#6a4fb0"),
    Verdict.OPTED_OUT: ("#f1efe9", "#77746c"),
    Verdict.UNREACHABLE: ("#fae9df", "#c25a00"),
}
"""Fill and edge; the words are in the cells too."""
_WIDTH: Final = 196
_HEIGHT: Final = 66
_LEFT: Final = 110
_RISER: Final = 40


def building_picture(plan: FloorPlan, rows: Sequence[Reached]) -> str:
    """The SVG document: the highest storey on top, risers beside the storeys they go through.

    Args:
        plan: of the building.
        rows: how each dwelling is reached.
    """
    storeys: dict[int, list[Reached]] = {}
    for row in rows:
        storeys.setdefault(_level(row), []).append(row)
    widest = max((len(each) for each in storeys.values()), default=1)
    beside = _LEFT + widest * _WIDTH + 12
    width = beside + len(plan.risers) * _RISER + 20
    height = 50 + len(storeys) * _HEIGHT + 50
    parts = [
        (
            f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}' "
            f"width='{width}' height='{height}' {_FONT} font-size='12' fill='{_INK}'>"
        ),
        "<rect width='100%' height='100%' fill='#ffffff'/>",
        f"<text x='16' y='26' font-size='14' font-weight='600'>{escape(plan.name)}</text>",
    ]
    for at, level in enumerate(sorted(storeys, reverse=True)):
        top = 44 + at * _HEIGHT
        parts.append(f"<text x='16' y='{top + 34}'>storey {level}</text>")
        for number, row in enumerate(storeys[level]):
            parts += _cell(row, _LEFT + number * _WIDTH, top)
    tops = {level: 44 + at * _HEIGHT for at, level in enumerate(sorted(storeys, reverse=True))}
    for number, riser in enumerate(plan.risers):
        parts += _riser(riser, beside + number * _RISER, tops, rows)
    parts += _legend(height - 24)
    return "\n".join((*parts, "</svg>\n"))


def _level(row: Reached) -> int:
    """The storey on which a dwelling's devices are, its meters apart."""
    inside = [each for kind, each in row.dwelling.devices.items() if kind not in ("CHF", "ESME")]
    there = inside or list(row.dwelling.devices.values())
    return there[0].place.floor


def _cell(row: Reached, x: int, y: int) -> Iterator[str]:
    fill, edge = _COLOURS[row.verdict]
    told = "; ".join(
        f"{way.device.removeprefix(row.dwelling.name).strip()}: "
        + ("no way" if way.through is None else f"{way.margin:.0f} dB")
        for way in row.ways
    )
    yield (
        f"<rect x='{x}' y='{y}' width='{_WIDTH - 8}' height='{_HEIGHT - 8}' rx='4' fill='{fill}' "
        f"stroke='{edge}' stroke-width='1.5'><title>{escape(told)}</title></rect>"
    )
    yield f"<text x='{x + 9}' y='{y + 18}' font-weight='600'>{escape(row.dwelling.name)}</text>"
    yield f"<text x='{x + 9}' y='{y + 34}' fill='{edge}'>{_words(row)}</text>"
    about = "" if row.bridge is None else escape(row.bridge.name)
    crowded = "meter point crowded" if row.dwelling.crowded else ""
    line = ", ".join(each for each in (about, crowded) if each)
    yield f"<text x='{x + 9}' y='{y + 50}' fill='#5c5f63'>{line}</text>"


def _riser(riser: Riser, x: int, tops: Mapping[int, int], rows: Sequence[Reached]) -> Iterator[str]:
    """The shaft beside the storeys that it goes through, and the lines that leave it on each."""
    there = [top for level, top in tops.items() if riser.lowest <= level <= riser.highest]
    if not there:
        return
    top, bottom = min(there), max(there) + _HEIGHT - 8
    told = escape(f"riser {riser.name}, at its slabs: {riser.stop.name}")
    yield (
        f"<rect x='{x}' y='{top}' width='26' height='{bottom - top}' fill='#f1efe9' "
        f"stroke='#77746c' stroke-dasharray='5 3'><title>{told}</title></rect>"
    )
    yield (
        f"<text transform='translate({x + 17} {bottom - 8}) rotate(-90)' fill='#5c5f63'>"
        f"{escape(riser.name)}</text>"
    )
    left: dict[int, list[str]] = {}
    for row in rows:
        if row.bridge is not None and row.bridge.riser == riser.name:
            metres = row.bridge.length[row.dwelling.name]
            line = f"{row.bridge.name} to {row.dwelling.name}, {metres:.0f} m"
            left.setdefault(row.bridge.remotes[row.dwelling.name].floor, []).append(line)
    for level, lines in left.items():
        y = tops.get(level, bottom) + _HEIGHT // 2 - 4
        yield (
            f"<path d='M {x} {y} h -10' stroke='#6a4fb0' stroke-width='3'>"
            f"<title>{escape('; '.join(lines))}</title></path>"
        )


def _words(row: Reached) -> str:
    if row.verdict is Verdict.UNREACHABLE:
        return f"unreachable: {len(row.lost)} of {len(row.ways)}"
    return f"{row.verdict.value}, {row.margin:.0f} dB"


def _legend(y: int) -> Iterator[str]:
    for number, (verdict, (fill, edge)) in enumerate(_COLOURS.items()):
        x = 16 + number * 150
        yield (
            f"<rect x='{x}' y='{y - 11}' width='16' height='14' rx='3' fill='{fill}' "
            f"stroke='{edge}'/><text x='{x + 22}' y='{y}'>{verdict.value}</text>"
        )
