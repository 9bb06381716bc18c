"""A floor plan as SVG: every storey, its walls and devices, and the margin of each link."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Final, Protocol

from emulator.radio.propagation.floor_plan import FloorPlan, PlacedDevice, Point, Storey, Wall

_SCALE: Final = 52.0
"""Units of the drawing a metre."""
_EDGE: Final = 46.0
_BETWEEN: Final = 70.0
_FONT: Final = "font-family='system-ui, sans-serif'"
_INK: Final = "#22262b"
_BANDS: Final = (
    (20.0, "#00734f", "20 dB and more"),
    (10.0, "#2f7fb5", "10 to 20 dB"),
    (0.0, "#c25a00", "0 to 10 dB"),
)
"""Lower margin, colour and words, the best first; colours that also differ in brightness."""
_OUT: Final = ("#9aa0a6", "out of reach")


class DrawnLink(Protocol):
    """A link as the drawing knows it."""

    @property
    def one(self) -> str:
        """A device."""

    @property
    def other(self) -> str:
        """Another device."""

    @property
    def band(self) -> str:
        """By name."""

    @property
    def margin(self) -> float:
        """In dB; its colour."""

    @property
    def label(self) -> str:
        """What stands at the device."""

    @property
    def words(self) -> str:
        """What is told of it besides."""


def plan_picture(plan: FloorPlan, links: Sequence[DrawnLink], hub: str) -> str:
    """The SVG document; storeys stand side by side, the lowest on the left.

    Args:
        plan: the building.
        links: of one band; those to the hub are labelled.
        hub: name of the device that the others want to reach.
    """
    frames = _frames(plan)
    width = frames[-1].left + frames[-1].width + _EDGE
    height = max(frame.height for frame in frames) + 2 * _EDGE + 62
    band = links[0].band if links else ""
    head = (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width:.0f} {height:.0f}' "
        f"width='{width:.0f}' height='{height:.0f}' {_FONT} font-size='13' fill='{_INK}'>"
    )
    parts = [head, "<rect width='100%' height='100%' fill='#ffffff'/>"]
    for frame in frames:
        parts += _storey(plan, frame)
    parts += _links(plan, links, hub, frames)
    for frame in frames:
        parts += _devices(plan, frame, hub)
    parts += _legend(band, height)
    return "\n".join((*parts, "</svg>\n"))


class _Frame:
    """Where a storey stands in the drawing; north is up."""

    def __init__(
        self, storey: Storey, bounds: tuple[float, float, float, float], left: float
    ) -> None:
        self.storey = storey
        self.left = left
        self._west, self._south, east, north = bounds
        self._north = north
        self.width = (east - self._west) * _SCALE
        self.height = (north - self._south) * _SCALE

    def at(self, point: Point) -> tuple[float, float]:
        """The place of a point in the drawing."""
        x, y = point
        return self.left + (x - self._west) * _SCALE, _EDGE + (self._north - y) * _SCALE


def _frames(plan: FloorPlan) -> list[_Frame]:
    points = [point for wall in plan.walls for point in (wall.start, wall.end)]
    points += [corner for room in plan.rooms for corner in room.corners]
    points += [(each.place.x, each.place.y) for each in plan.devices]
    points = points or [(0.0, 0.0)]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    bounds = min(xs) - 0.3, min(ys) - 0.3, max(xs) + 0.3, max(ys) + 0.3
    frames: list[_Frame] = []
    left = _EDGE
    for storey in plan.storeys:
        frames.append(_Frame(storey, bounds, left))
        left += frames[-1].width + _BETWEEN
    return frames


def _storey(plan: FloorPlan, frame: _Frame) -> Iterator[str]:
    name = escape(frame.storey.name)
    yield f"<text x='{frame.left:.1f}' y='24' font-weight='600'>{name}</text>"
    for room in plan.rooms:
        if room.storey.name != frame.storey.name or not room.corners:
            continue
        corners = " ".join(f"{x:.1f},{y:.1f}" for x, y in map(frame.at, room.corners))
        yield f"<polygon points='{corners}' fill='#f3f2ee'/>"
        x, y = frame.at(
            (
                sum(x for x, _ in room.corners) / len(room.corners),
                max(y for _, y in room.corners) - 0.35,
            )
        )
        yield (
            f"<text x='{x:.1f}' y='{y:.1f}' text-anchor='middle' fill='#77746c' font-size='11'>"
            f"{escape(room.name)}</text>"
        )
    for wall in plan.walls:
        if wall.storey.name == frame.storey.name:
            yield from _wall(wall, frame)


def _wall(wall: Wall, frame: _Frame) -> Iterator[str]:
    thick = 1.5 + min(wall.material.loss(2.44e9), 30) / 5
    told = escape(f"{wall.material.name}, {wall.material.loss(2.44e9):.0f} dB at 2.4 GHz")
    yield _line(frame.at(wall.start), frame.at(wall.end), "#4a4e54", thick, told)
    for opening in wall.openings:
        start, end = (frame.at(_along(wall, at)) for at in (opening.start, opening.end))
        yield _line(start, end, "#b9d3e6", thick, escape(opening.material.name))


def _along(wall: Wall, metres: float) -> Point:
    share = metres / wall.length
    return (
        wall.start[0] + share * (wall.end[0] - wall.start[0]),
        wall.start[1] + share * (wall.end[1] - wall.start[1]),
    )


def _line(start: Point, end: Point, colour: str, thick: float, told: str) -> str:
    return (
        f"<line x1='{start[0]:.1f}' y1='{start[1]:.1f}' x2='{end[0]:.1f}' y2='{end[1]:.1f}' "
        f"stroke='{colour}' stroke-width='{thick:.1f}'><title>{told}</title></line>"
    )


def _links(
    plan: FloorPlan, links: Iterable[DrawnLink], hub: str, frames: Sequence[_Frame]
) -> Iterator[str]:
    """Links as lines: those to the hub strong, the others thin and only where they work."""
    labels: list[str] = []
    for row in sorted(links, key=lambda row: hub in (row.one, row.other)):
        ends = [_position(plan, name, frames) for name in (row.one, row.other)]
        to_hub = hub in (row.one, row.other)
        if ends[0] is None or ends[1] is None or (not to_hub and row.margin < 0):
            continue
        colour, _ = _shade(row.margin)
        dashes = "" if row.margin >= 0 else " stroke-dasharray='5 5'"
        (x1, y1), (x2, y2) = ends[0], ends[1]
        told = f"{row.one} to {row.other}: {row.words}"
        yield (
            f"<line x1='{x1:.1f}' y1='{y1:.1f}' x2='{x2:.1f}' y2='{y2:.1f}' stroke='{colour}' "
            f"stroke-width='{2.6 if to_hub else 1}' stroke-opacity='{1 if to_hub else 0.45}'"
            f"{dashes}><title>{escape(told)}</title></line>"
        )
        if to_hub:
            far = ends[0] if row.other == hub else ends[1]
            labels.append(_label((far[0], far[1] + 24), row.label, colour))
    yield from labels


def _label(at: Point, text: str, colour: str) -> str:
    return (
        f"<text x='{at[0]:.1f}' y='{at[1]:.1f}' text-anchor='middle' font-size='12' "
        f"font-weight='600' fill='{colour}' stroke='#ffffff' stroke-width='3' "
        f"paint-order='stroke'>{text}</text>"
    )


def _position(plan: FloorPlan, name: str, frames: Sequence[_Frame]) -> Point | None:
    device = plan.device(name)
    if device is None:
        return None
    frame = _frame_of(device, frames)
    return None if frame is None else frame.at((device.place.x, device.place.y))


def _frame_of(device: PlacedDevice, frames: Sequence[_Frame]) -> _Frame | None:
    return next((each for each in frames if each.storey.level == device.place.floor), None)


def _devices(plan: FloorPlan, frame: _Frame, hub: str) -> Iterator[str]:
    for device in plan.devices:
        if _frame_of(device, (frame,)) is None:
            continue
        x, y = frame.at((device.place.x, device.place.y))
        fill = _INK if device.name == hub else "#ffffff"
        yield (
            f"<circle cx='{x:.1f}' cy='{y:.1f}' r='6' fill='{fill}' stroke='{_INK}' "
            "stroke-width='2'/>"
        )
        # The hub often hangs on the meter: its name stands beside it.
        at = (x + 26, y + 4) if device.name == hub else (x, y - 11)
        yield _label(at, escape(device.name), _INK)


def _legend(band: str, height: float) -> Iterator[str]:
    """What the colours mean, in two rows below the storeys."""
    yield (
        f"<text x='{_EDGE}' y='{height - 44:.1f}' font-size='12'>Margin above sensitivity, "
        f"{escape(band)}</text>"
    )
    x = _EDGE
    for _, colour, words in (*_BANDS, (0.0, *_OUT)):
        yield (
            f"<line x1='{x}' y1='{height - 24:.1f}' x2='{x + 22}' y2='{height - 24:.1f}' "
            f"stroke='{colour}' stroke-width='3'/>"
            f"<text x='{x + 27}' y='{height - 20:.1f}' font-size='11'>{words}</text>"
        )
        x += 132


def _shade(margin: float) -> tuple[str, str]:
    for least, colour, words in _BANDS:
        if margin >= least:
            return colour, words
    return _OUT
