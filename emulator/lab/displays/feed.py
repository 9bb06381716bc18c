"""What a CAD hands on to programs: a JSON object for each supply, one a line."""

from collections.abc import Mapping

from emulator.kernel.identity import format_eui64
from emulator.kernel.trace import plain
from emulator.kernel.units import Calendar
from emulator.lab.displays.sightings import Sight


def feed_row(sight: Sight, calendar: Calendar) -> Mapping[str, object]:
    """What a display saw, for programs: watt hours or litres, watts, thousandths of a penny.

    Args:
        sight: what it saw.
        calendar: tells the time of it.
    """
    seen = plain(sight.seen)
    return {
        "at": f"{calendar.moment(sight.at):%Y-%m-%dT%H:%M:%SZ}",
        "display": sight.display,
        **seen,
        "supply": format_eui64(sight.seen.supply),
    }
