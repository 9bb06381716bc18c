"""Notices of a coordination as SVG: when each arose, its deadline, and when it was sent."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from html import escape
from typing import Final

from emulator.alt_han.coordination.notices import Notice, Punctuality

_FONT: Final = "font-family='system-ui, sans-serif'"
_INK: Final = "#22262b"
_COLOURS: Final = {
    Punctuality.IN_TIME: "#00734f",
    Punctuality.LATE: "#c25a00",
    Punctuality.OPEN: "#2f7fb5",
    Punctuality.OVERDUE: "#a3261b",
}
_LEFT: Final = 420
_WIDTH: Final = 560
_ROW: Final = 34


def notices_picture(notices: Sequence[Notice], now: datetime) -> str:
    """The SVG document, a row for each notice.

    Args:
        notices: in order of number.
        now: until when what was not sent is drawn.
    """
    width, height = _LEFT + _WIDTH + 40, 60 + max(len(notices), 1) * _ROW + 30
    parts = [
        (
            f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}' "
            f"width='{width}' height='{height}' {_FONT} font-size='12' fill='{_INK}'>"
        ),
        "<rect width='100%' height='100%' fill='#ffffff'/>",
    ]
    if not notices:
        return "\n".join((*parts, "<text x='16' y='40'>No notice was owed.</text>", "</svg>\n"))
    moments = [each for notice in notices for each in (notice.since, notice.due, notice.sent)]
    known = [each for each in (*moments, now) if each is not None]
    first, last = min(known), max(known)
    span = max(last - first, timedelta(hours=1))

    def at(moment: datetime) -> float:
        return _LEFT + _WIDTH * ((moment - first) / span)

    parts.append(f"<text x='{_LEFT}' y='24'>{first:%d %b %H:%M}</text>")
    parts.append(f"<text x='{_LEFT + _WIDTH}' y='24' text-anchor='end'>{last:%d %b %H:%M}</text>")
    for row, notice in enumerate(notices):
        y = 50 + row * _ROW
        state = notice.punctuality(now)
        colour = _COLOURS[state]
        end = notice.sent or now
        channel = f" by {notice.channel.value}" if notice.channel else ""
        words = f"{notice.number}. {notice.occasion.value}"
        parts.append(f"<text x='16' y='{y}'>{escape(words)}</text>")
        under = escape(f"{notice.party}, {notice.clause}: {state.value}{channel}")
        parts.append(f"<text x='16' y='{y + 14}' fill='{colour}' font-size='11'>{under}</text>")
        parts.append(
            f"<line x1='{at(notice.since):.1f}' y1='{y}' x2='{at(end):.1f}' y2='{y}' "
            f"stroke='{colour}' stroke-width='5' stroke-linecap='round'/>"
        )
        if notice.due is not None:
            x = at(notice.due)
            parts.append(
                f"<path d='M{x:.1f},{y - 9} V{y + 9}' stroke='{_INK}' stroke-width='2'>"
                f"<title>due {notice.due:%d %b %Y %H:%M}</title></path>"
            )
    return "\n".join((*parts, "</svg>\n"))
