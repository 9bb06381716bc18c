"""Moments as COSEM writes them: date-times of 12 octets, and seconds since 2000.

GBCS devices leave weekday and deviation unspecified, and all their times are in UTC. The time
stamps of their logs are seconds since 2000-01-01, as Zigbee counts them (GBCS 9.1).
"""

from datetime import UTC, datetime, timedelta
from struct import Struct
from typing import Final

from emulator.kernel.units import ZIGBEE_EPOCH

LENGTH: Final = 12
_LAYOUT: Final = Struct(">HBBBBBBBhB")
_UNSPECIFIED: Final = 0xFF
_UNSPECIFIED_DEVIATION: Final = -0x8000
_MAXIMUM_SECONDS: Final = 0xFFFFFFFF


def date_time_octets(moment: datetime, clock_status: int = _UNSPECIFIED) -> bytes:
    """The 12 octets of a moment, its fraction of a second cut off (IEC 62056-6-2 4.1.6.1).

    Args:
        moment: with its time zone.
        clock_status: last octet; FF when it is not told.
    """
    utc = moment.astimezone(UTC)
    return _LAYOUT.pack(
        utc.year,
        utc.month,
        utc.day,
        _UNSPECIFIED,
        utc.hour,
        utc.minute,
        utc.second,
        0,
        _UNSPECIFIED_DEVIATION,
        clock_status,
    )


def moment_of(octets: bytes) -> datetime | None:
    """The moment that 12 octets stand for, UTC; None when they name no single moment."""
    if len(octets) != LENGTH:
        return None
    year, month, day, _, hour, minute, second, _, deviation, _ = _LAYOUT.unpack(octets)
    try:
        local = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
        return (
            local if deviation == _UNSPECIFIED_DEVIATION else local + timedelta(minutes=deviation)
        )
    except (ValueError, OverflowError):
        return None


def seconds_of(moment: datetime) -> int:
    """Whole seconds since 2000 in 32 bits; the nearest that fits for a moment outside."""
    elapsed = (moment - ZIGBEE_EPOCH) // timedelta(seconds=1)
    return min(max(elapsed, 0), _MAXIMUM_SECONDS)
