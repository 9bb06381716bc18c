"""The HAN of each dwelling as SVG: its channel, its identifier, its bridge, who is whose parent."""

from collections.abc import Sequence
from html import escape
from typing import Final

from emulator.building.block import HomeInBlock
from emulator.lab.home.device_state import parent_of
from emulator.lab.home.radio_state import channel_of, pan_id_of

_FONT: Final = "font-family='system-ui, sans-serif'"
_ROW: Final = 22
_COLUMNS: Final = ((16, "Dwelling"), (150, "Channel"), (220, "PAN"), (300, "Bridge"))
_DEVICES: Final = 420


def han_picture(homes: Sequence[HomeInBlock]) -> str:
    """The SVG document, a row for each dwelling whose hub has power."""
    shown = [home for home in homes if home.lab.home().hub.joined]
    width, height = 1_060, 56 + len(shown) * _ROW
    parts = [
        (
            f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}' "
            f"width='{width}' height='{height}' {_FONT} font-size='12' fill='#22262b'>"
        ),
        "<rect width='100%' height='100%' fill='#ffffff'/>",
        *(
            f"<text x='{x}' y='24' font-weight='600'>{words}</text>"
            for x, words in (*_COLUMNS, (_DEVICES, "Device, and whose child it is"))
        ),
    ]
    for number, home in enumerate(shown):
        parts += _row(home, 46 + number * _ROW)
    return "\n".join((*parts, "</svg>\n"))


def _row(home: HomeInBlock, y: int) -> list[str]:
    devices = home.lab.home()
    names = home.lab.world.names
    about = home.dwelling.name
    bridge = "" if home.bridge is None or home.planned is None else home.planned.name
    cells = (about, f"{channel_of(devices.hub).number}", f"0x{pan_id_of(devices.hub):04X}", bridge)
    told = ", ".join(
        f"{each.description.kind} at {_short(parent_of(each, names), about)}"
        if each.joined
        else f"{each.description.kind} not joined"
        for each in devices.joiners
    )
    return [
        *(
            f"<text x='{x}' y='{y}'>{escape(text)}</text>"
            for (x, _), text in zip(_COLUMNS, cells, strict=True)
        ),
        f"<text x='{_DEVICES}' y='{y}'>{escape(told)}</text>",
    ]


def _short(name: str | None, dwelling: str) -> str:
    return "nobody" if name is None else name.removeprefix(dwelling).strip()
