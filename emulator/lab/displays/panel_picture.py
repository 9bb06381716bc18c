"""A display as a picture: its lines on a screen, as SVG."""

from collections.abc import Sequence
from typing import Final
from xml.sax.saxutils import escape

_LINE: Final = 18
_CHARACTER: Final = 8.43
_EDGE: Final = 14


def panel_picture(lines: Sequence[str]) -> str:
    """The SVG document of a panel's lines, which are drawn without their edges."""
    inside = [line[2:-2] for line in lines[1:-1]]
    width = round(max(map(len, inside), default=0) * _CHARACTER + 2 * _EDGE)
    height = len(inside) * _LINE + 2 * _EDGE
    texts = "".join(
        f'<text x="{_EDGE}" y="{_EDGE + 13 + _LINE * place}" xml:space="preserve"'
        f"{_style(place, line)}>{escape(line)}</text>"
        for place, line in enumerate(inside)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" font-family="DejaVu Sans Mono, Consolas, monospace" '
        'font-size="14" fill="#d8f3dc">'
        f'<rect width="{width}" height="{height}" rx="10" fill="#1b2a2f"/>{texts}</svg>'
    )


def _style(place: int, line: str) -> str:
    if place == 0:
        return ' fill="#8ecae6"'
    if line.startswith(("ELECTRICITY", "GAS")):
        return ' font-weight="bold" fill="#ffd166"'
    return ' fill="#ffffff"' if line.startswith(">") else ""
