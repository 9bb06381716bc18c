"""A floor plan with the links of its devices to the hub, and the margin of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from matplotlib.axes import Axes

from emulator.lab.result import Picture
from emulator.radio.propagation.floor_plan import FloorPlan, PlacedDevice, Storey
from emulator.rf_noise.pictures.drawing import BLUE, FAINT, GREEN, INK, ORANGE, Drawing

_GOOD: Final = 10.0
"""dB of margin from which a link is drawn as a good one."""


@dataclass(frozen=True, slots=True)
class LinkMargin:
    """A link as the picture shows it.

    Args:
        device: at the far end.
        before: margin over what the receiver needs without the noise, dB.
        after: the same with it, dB.
    """

    device: str
    before: float
    after: float


def floor_plan_picture(
    plan: FloorPlan, hub: str, links: Sequence[LinkMargin], band: str
) -> Picture:
    """The picture of every storey that has a device, side by side.

    Args:
        plan: the building.
        hub: the device at which all links end.
        links: to it.
        band: of the links.
    """
    storeys = [
        storey
        for storey in plan.storeys
        if any(device.place.floor == storey.level for device in plan.devices)
    ]
    drawing = Drawing(width=min(4.8 * len(storeys) + 0.8, 14.0), height=4.9)
    centre = plan.device(hub)
    for axes, storey in zip(drawing.axes(1, len(storeys)), storeys, strict=True):
        _draw_storey(axes, plan, storey)
        for link in links:
            device = plan.device(link.device)
            if device is not None and centre is not None:
                _draw_link(axes, (centre, device), link, storey)
        for device in plan.devices:
            if device.place.floor == storey.level:
                _draw_device(axes, device, is_hub=device.name == hub)
    told = "; ".join(f"{each.device} {each.before:.0f} dB, {each.after:.0f} dB" for each in links)
    return drawing.picture(
        f"Floor plan of {plan.name} with link margins at {band}",
        f"Margin before and after the noise: {told}. Green is {_GOOD:g} dB or more, orange less, "
        "none is dashed. Margins are of what the hub hears.",
    )


def _draw_storey(axes: Axes, plan: FloorPlan, storey: Storey) -> None:
    for room in plan.rooms:
        if room.storey.name == storey.name and room.corners:
            xs, ys = zip(*room.corners, strict=True)
            axes.fill(xs, ys, color="#f6f6f1", zorder=0)
            axes.text(
                sum(xs) / len(xs),
                sum(ys) / len(ys),
                room.name,
                fontsize=7.5,
                color="#a2a59d",
                ha="center",
                va="center",
                zorder=1,
            )
    for wall in plan.walls:
        if wall.storey.name == storey.name:
            loss = wall.material.loss(2.44e9)
            axes.plot(
                [wall.start[0], wall.end[0]],
                [wall.start[1], wall.end[1]],
                color=INK,
                linewidth=1.0 + min(loss, 25.0) / 8,
                solid_capstyle="round",
                zorder=2,
            )
    axes.set_aspect("equal")
    axes.grid(visible=False)
    axes.set_xlabel("m")
    axes.set_title(storey.name or "ground floor")


def _draw_link(
    axes: Axes, ends: tuple[PlacedDevice, PlacedDevice], link: LinkMargin, storey: Storey
) -> None:
    hub, device = ends
    if storey.level not in {hub.place.floor, device.place.floor}:
        return
    colour = GREEN if link.after >= _GOOD else ORANGE
    axes.plot(
        [hub.place.x, device.place.x],
        [hub.place.y, device.place.y],
        color=colour,
        linewidth=1.8,
        linestyle="--" if link.after < 0 else "-",
        zorder=3,
    )
    if device.place.floor == storey.level:
        axes.annotate(
            f"{link.before:.0f} → {link.after:.0f} dB",
            (device.place.x, device.place.y),
            xytext=(0, -17),
            textcoords="offset points",
            fontsize=8,
            color=colour,
            ha="center",
            zorder=6,
            bbox={"boxstyle": "round,pad=0.15", "facecolor": "white", "edgecolor": FAINT},
        )


def _draw_device(axes: Axes, device: PlacedDevice, *, is_hub: bool) -> None:
    axes.plot(
        [device.place.x],
        [device.place.y],
        marker="s" if is_hub else "o",
        markersize=9 if is_hub else 7,
        color=INK if is_hub else BLUE,
        markeredgecolor="white",
        zorder=5,
    )
    axes.annotate(
        device.name,
        (device.place.x, device.place.y),
        xytext=(0, 7),
        textcoords="offset points",
        fontsize=8.5,
        color=INK,
        ha="center",
        zorder=6,
        bbox={"boxstyle": "round,pad=0.1", "facecolor": "white", "edgecolor": "none", "alpha": 0.7},
    )
