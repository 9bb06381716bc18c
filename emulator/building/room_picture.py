"""A meter room as SVG: the wall, and what hangs on it, coloured by whose it is."""

from html import escape
from typing import Final

from emulator.alt_han.meter_room.items import Item, ItemKind, Owner
from emulator.alt_han.meter_room.room import MeterRoom

_FONT: Final = "font-family='system-ui, sans-serif'"
_INK: Final = "#22262b"
_COLOURS: Final = {
    Owner.DISTRIBUTOR: ("#e2eef6", "#2f7fb5"),
    Owner.BUILDING_OWNER: ("#f1efe9", "#77746c"),
    Owner.SUPPLIER: ("#e4f1ea", "#00734f"),
    Owner.CUSTOMER: ("#ece6f6", "#6a4fb0"),
}
_NEW: Final = (ItemKind.BRIDGE, ItemKind.COMMUNICATIONS_HUB, ItemKind.SMETS2_METER)
_EDGE: Final = 20


def room_picture(room: MeterRoom) -> str:
    """The SVG document; new devices have a thick edge, what is redundant a broken one."""
    scale = min(1.0, 1_000 / max(room.width, 1))
    width, height = room.width * scale + 2 * _EDGE, room.height * scale + 2 * _EDGE + 34
    parts = [
        (
            f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width:.0f} {height:.0f}' "
            f"width='{width:.0f}' height='{height:.0f}' {_FONT} font-size='11' fill='{_INK}'>"
        ),
        "<rect width='100%' height='100%' fill='#ffffff'/>",
        (
            f"<rect x='{_EDGE}' y='{_EDGE}' width='{room.width * scale:.1f}' "
            f"height='{room.height * scale:.1f}' fill='#fbfaf8' stroke='{_INK}'/>"
        ),
        *(_item(item, room, scale) for item in room.items),
    ]
    x = _EDGE
    for owner, (fill, edge) in _COLOURS.items():
        parts.append(
            f"<rect x='{x}' y='{height - 26:.0f}' width='14' height='14' fill='{fill}' "
            f"stroke='{edge}'/><text x='{x + 20}' y='{height - 15:.0f}'>{owner.value}</text>"
        )
        x += 120
    return "\n".join((*parts, "</svg>\n"))


def _item(item: Item, room: MeterRoom, scale: float) -> str:
    fill, edge = _COLOURS[item.owner]
    place = item.place
    x, y = _EDGE + place.left * scale, _EDGE + (room.height - place.top) * scale
    across, up = place.width * scale, place.height * scale
    thick = 3 if item.kind in _NEW else 1
    broken = " stroke-dasharray='5 3'" if item.redundant else ""
    about = "redundant, " if item.redundant else ""
    told = escape(f"{item.name}: {about}{place.width} by {place.height} mm, {item.owner.value}")
    words = escape(item.kind.value)
    # As much of the name as the item is wide.
    shown = words if len(words) * 6 < across else words[: max(int(across / 6) - 1, 0)]
    return (
        f"<g><title>{told}</title><rect x='{x:.1f}' y='{y:.1f}' width='{across:.1f}' "
        f"height='{up:.1f}' fill='{fill}' stroke='{edge}' stroke-width='{thick}'{broken}/>"
        f"<text x='{x + across / 2:.1f}' y='{y + up / 2 + 4:.1f}' text-anchor='middle'>{shown}"
        "</text></g>"
    )
