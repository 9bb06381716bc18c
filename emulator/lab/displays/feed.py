"""What a CAD hands on to programs: a JSON object for each supply, one a line."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from emulator.kernel.identity import format_eui64
from emulator.kernel.trace import plain
from emulator.kernel.units import ZIGBEE_EPOCH, Calendar
from emulator.lab.home.sightings import Sight
from emulator.smart_energy.home.home_seen import RateSeen


def feed_row(sight: Sight, calendar: Calendar) -> Mapping[str, object]:
    """What a display saw, for programs: watt hours or litres, watts, thousandths of a penny.

    Args:
        sight: what it saw.
        calendar: tells the time of it.
    """
    seen = plain(sight.seen)
    return {
        "at": _utc(calendar.moment(sight.at)),
        "display": sight.display,
        **seen,
        "rates": [_rate(each) for each in sight.seen.rates],
        "supply": format_eui64(sight.seen.supply),
    }


def _rate(rate: RateSeen) -> Mapping[str, object]:
    begins = ZIGBEE_EPOCH + timedelta(seconds=rate.begins)
    return {"from": _utc(begins), "tier": rate.tier, "price": rate.price}


def _utc(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
