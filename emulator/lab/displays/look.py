"""Somebody looks at the displays of a home."""

import json
from collections.abc import Sequence
from typing import Final

from emulator.kernel.errors import UsageError
from emulator.kernel.units import Instant, later, seconds
from emulator.lab.displays.feed import feed_row
from emulator.lab.displays.meter_week import meter_of, meter_week
from emulator.lab.displays.panel import panel
from emulator.lab.displays.panel_picture import panel_picture
from emulator.lab.displays.week_picture import week_picture
from emulator.lab.home.sightings import Sight, displays_of
from emulator.lab.inputs.loads import MEASURED_BY
from emulator.lab.lab import Lab
from emulator.smart_energy.device import SmartEnergyDevice
from emulator.smart_energy.primitives import LookAtHome

CAD: Final = "CAD"
_OF_A_WEEK: Final = (
    "Demand is the average of each half hour of the profile log, the register what it counted; the "
    "balance is what displays read, and events are alerts, commands carried out and power."
)
ANSWERED_WITHIN: Final = seconds(30)
"""Until a display has read everything that the supplies of a home tell."""


def look_at_displays(lab: Lab, only: str = "") -> Sequence[tuple[str, str]]:
    """Let displays read everything now; name and type of each.

    Args:
        lab: where the home is.
        only: the name of one; empty for all.

    Raises:
        UsageError: when there is none, or none of that name.
    """
    there = displays_of(lab.home())
    chosen = [each for each in there if not only or only.upper() in (each[0].upper(), each[1])]
    if not chosen:
        names = ", ".join(name for name, _ in there) or "none"
        raise UsageError(f"no display {only}".strip() + f": the home has {names}")
    for name, _ in chosen:
        lab.home().device(name).post(LookAtHome())
    lab.scheduler.run(Instant(later(lab.scheduler.now, ANSWERED_WITHIN)))
    return chosen


def shown_lines(lab: Lab, name: str, kind: str) -> Sequence[str]:
    """What a display shows, as text: a panel, or of a CAD a line of JSON for each supply."""
    sights = lab.world.sightings.last(name)
    if kind == CAD:
        return [json.dumps(feed_row(each, lab.calendar), ensure_ascii=False) for each in sights]
    return panel(name, kind, sights, lab.calendar)


def picture_displays(lab: Lab) -> None:
    """Put what every display shows now into the report."""
    for name, kind in displays_of(lab.home()):
        sights: Sequence[Sight] = lab.world.sightings.last(name)
        if sights:
            lines = panel(name, kind, sights, lab.calendar)
            lab.picture(f"What the {name} shows", panel_picture(lines), _caption(kind))


def picture_meters(lab: Lab) -> None:
    """Put the last week of every meter that runs into the report."""
    for device in lab.home().joiners:
        if device.powered and device.description.kind in MEASURED_BY:
            title = f"The last week of the {device.name}"
            lab.picture(title, week_picture(meter_week(lab, device)), _OF_A_WEEK)


def picture_home(lab: Lab) -> None:
    """Put meters that measured anything, and what displays then show, into the report.

    What a scenario put there itself under the same title stays as it is.
    """
    there = {each.title for each in lab.pictures}
    before = len(lab.pictures)
    for device in lab.home().joiners:
        if device.powered and device.description.kind in MEASURED_BY and _measured(lab, device):
            picture_meters(lab)
            picture_displays(lab)
            break
    lab.pictures[before:] = [each for each in lab.pictures[before:] if each.title not in there]


def _measured(lab: Lab, device: SmartEnergyDevice) -> bool:
    meter = meter_of(device)
    return any(meter.counts(channel, lab.scheduler.now) for channel in meter.channels)


def _caption(kind: str) -> str:
    if kind == CAD:
        return "A CAD has no face; this is what it hands on, which is in the trace as home_seen."
    return "As read over the HAN; local time."
