"""What a bridge carried over each line, as one SVG: a square for each behaviour and line."""

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from emulator.building.limits import BEHAVIOURS, Trial

_FONT: Final = "font-family='system-ui, sans-serif'"
_INK: Final = "#22262b"
_WORKED: Final = "#00734f"
_FAILED: Final = "#f0ded4"
_EDGE_OF_FAILED: Final = "#c25a00"
_LEFT: Final = 340
_CELL: Final = 84
_ROW: Final = 24


def limits_picture(trials: Sequence[Trial], ladder: str) -> str:
    """The SVG document for one ladder: a block for each transparency, a row for each behaviour.

    Args:
        trials: of every transparency.
        ladder: of which trials are shown.
    """
    shown = [trial for trial in trials if trial.ladder == ladder]
    rungs = list(dict.fromkeys(trial.rung for trial in shown))
    kinds = list(dict.fromkeys(trial.transparency for trial in shown))
    width = _LEFT + len(rungs) * _CELL + 20
    height = 60 + len(kinds) * (len(BEHAVIOURS) * _ROW + 34) + 34
    head = (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}' width='{width}' "
        f"height='{height}' {_FONT} font-size='13' fill='{_INK}'>"
    )
    parts = [
        head,
        "<rect width='100%' height='100%' fill='#ffffff'/>",
        f"<text x='16' y='26' font-weight='600'>{escape(ladder)}</text>",
    ]
    for at, rung in enumerate(rungs):
        x = _LEFT + at * _CELL + _CELL / 2
        parts.append(f"<text x='{x:.0f}' y='26' text-anchor='middle'>{escape(rung)}</text>")
    top = 60
    for kind in kinds:
        parts.append(f"<text x='16' y='{top}' font-weight='600'>{kind.value}</text>")
        of_kind = {trial.rung: trial for trial in shown if trial.transparency is kind}
        for row, behaviour in enumerate(BEHAVIOURS):
            y = top + 8 + row * _ROW
            parts.append(f"<text x='30' y='{y + 16}'>{escape(behaviour)}</text>")
            parts += _row([(rung, of_kind.get(rung)) for rung in rungs], row, y)
        top += len(BEHAVIOURS) * _ROW + 34
    parts += _legend(top)
    return "\n".join((*parts, "</svg>\n"))


def _row(cells: Sequence[tuple[str, Trial | None]], row: int, y: int) -> Iterator[str]:
    for at, (rung, trial) in enumerate(cells):
        if trial is None:
            continue
        worked = trial.carried[row]
        told = f"{BEHAVIOURS[row]}, {rung}: {'carried' if worked else 'not carried'}"
        yield _square(_LEFT + at * _CELL + 4, y, worked=worked, told=told)


def _square(x: int, y: int, *, worked: bool, told: str) -> str:
    fill, edge = (_WORKED, _WORKED) if worked else (_FAILED, _EDGE_OF_FAILED)
    return (
        f"<rect x='{x}' y='{y}' width='{_CELL - 8}' height='{_ROW - 4}' rx='3' fill='{fill}' "
        f"stroke='{edge}'><title>{escape(told)}</title></rect>"
    )


def _legend(top: int) -> Iterator[str]:
    for at, (worked, words) in enumerate(((True, "carried"), (False, "not carried"))):
        x = 16 + at * 210
        yield _square(x, top - 6, worked=worked, told=words)
        yield f"<text x='{x + _CELL}' y='{top + 9}'>{words}</text>"
