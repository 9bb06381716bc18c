"""The channels of a band as SVG: what disturbs each at the hub, and what that costs in frames."""

from collections.abc import Iterator, Sequence
from typing import Final

from emulator.lab.planning.radio_survey import ChannelRow

_WIDTH: Final = 760.0
_LEFT: Final = 56.0
_TOP: Final = 34.0
_HEIGHT: Final = 150.0
_FLOOR: Final = -110.0
_CEILING: Final = -20.0
"""dBm at the foot and the top of the upper bars."""
_INK: Final = "#22262b"


def channel_picture(rows: Sequence[ChannelRow], used: int | None = None) -> str:
    """The SVG document.

    Args:
        rows: of one page, in any order.
        used: number of the channel that the network is on; None when there is none.
    """
    ordered = sorted(rows, key=lambda row: row.channel)
    height = 2 * _HEIGHT + 150
    head = (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {_WIDTH:.0f} {height:.0f}' "
        f"width='{_WIDTH:.0f}' height='{height:.0f}' font-family='system-ui, sans-serif' "
        f"font-size='11' fill='{_INK}'>"
    )
    title = (
        f"<text x='{_LEFT}' y='20' font-size='13' font-weight='600'>"
        "Strongest interference at the hub, dBm in the channel</text>"
    )
    parts = [head, "<rect width='100%' height='100%' fill='#ffffff'/>", title]
    parts += _axis(
        _TOP, tuple((f"{dbm:.0f}", _strength(dbm)) for dbm in (-100, -80, -60, -40, -20))
    )
    second = _TOP + _HEIGHT + 62
    parts.append(
        f"<text x='{_LEFT}' y='{second - 14:.0f}' font-size='13' font-weight='600'>"
        "Frames lost between the hub and its devices, mean and worst link</text>"
    )
    parts += _axis(second, tuple((f"{share:.0%}", share) for share in (0, 0.25, 0.5, 0.75, 1.0)))
    step = (_WIDTH - _LEFT - 20) / max(len(ordered), 1)
    for index, row in enumerate(ordered):
        parts += _bars(row, _LEFT + index * step, step, second, is_used=row.channel.number == used)
    return "\n".join((*parts, "</svg>\n"))


def _bars(row: ChannelRow, x: float, step: float, second: float, *, is_used: bool) -> Iterator[str]:
    wide = step * 0.68
    level = 0.0 if row.interference is None else _strength(row.interference)
    said = "quiet" if row.interference is None else f"{row.interference:.0f} dBm"
    yield _bar((x, _TOP, wide), level, "#8f5a99", f"channel {row.channel.number}: {said}")
    told = f"channel {row.channel.number}: {row.lost:.1%} lost, worst {row.worst:.1%}"
    yield _bar((x, second, wide), row.worst, "#f0c9a4", f"{told} ({row.worst_device})")
    yield _bar((x, second, wide), row.lost, "#c25a00", told)
    weight = " font-weight='700'" if is_used else ""
    for top in (_TOP, second):
        yield (
            f"<text x='{x + wide / 2:.1f}' y='{top + _HEIGHT + 16:.1f}' text-anchor='middle'"
            f"{weight}>{row.channel.number}</text>"
        )
    if is_used:
        yield (
            f"<rect x='{x - 3:.1f}' y='{_TOP - 3:.1f}' width='{wide + 6:.1f}' "
            f"height='{second + _HEIGHT + 22 - _TOP:.1f}' fill='none' stroke='#2f7fb5' "
            "stroke-width='2' rx='4'><title>the channel of the network</title></rect>"
        )


def _bar(where: tuple[float, float, float], share: float, colour: str, told: str) -> str:
    """A bar at a left edge, below a top, of a width."""
    x, top, wide = where
    high = max(min(share, 1.0), 0.0) * _HEIGHT
    return (
        f"<rect x='{x:.1f}' y='{top + _HEIGHT - high:.1f}' width='{wide:.1f}' "
        f"height='{high:.1f}' fill='{colour}'><title>{told}</title></rect>"
    )


def _axis(top: float, marks: tuple[tuple[str, float], ...]) -> Iterator[str]:
    for text, share in marks:
        y = top + _HEIGHT * (1 - share)
        yield (
            f"<line x1='{_LEFT - 4}' y1='{y:.1f}' x2='{_WIDTH - 20}' y2='{y:.1f}' "
            f"stroke='#dddcd6'/>"
            f"<text x='{_LEFT - 8}' y='{y + 4:.1f}' text-anchor='end'>{text}</text>"
        )


def _strength(dbm: float) -> float:
    return (dbm - _FLOOR) / (_CEILING - _FLOOR)
