"""Models of households: example demand, drawn from a seed, and like no real home in particular.

Shapes and sizes are this project's own examples, of the order of Ofgem's typical domestic
consumption values (2,700 kWh and 11,500 kWh of gas a year). Nothing should be concluded from them
about real homes; they make meters move.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from math import cos, pi
from typing import Final

from emulator.kernel.errors import UsageError
from emulator.kernel.streams import Stream
from emulator.metering.british_time import from_local
from emulator.metering.demand.gas_energy import litres
from emulator.metering.quantities import HALF_HOUR, Channel, rate_for
from emulator.metering.step_function import StepFunction

_HALF_HOURS: Final = 48
_MICROSECOND: Final = timedelta(microseconds=1)
_WEEKDAY: Final = (150,) * 12 + (220, 300, 420, 480, 360, 260) + (200,) * 14
_EVENING: Final = (350, 480, 620, 700, 680, 620, 560, 500, 440, 380, 320, 260, 220, 190, 170, 160)
_WORKING_DAY: Final = _WEEKDAY + _EVENING
_FREE_DAY: Final = (
    (150,) * 15
    + (240, 340, 420, 460, 460, 440, 430, 420, 460, 500, 460, 420, 400)
    + (380,) * 4
    + _EVENING
)
"""Watts in each half hour by the clock on the wall."""
_HEATING: Final = (
    (0,) * 12 + (5, 6, 5, 4, 2, 0) + (0,) * 14 + (2, 4, 5, 5, 5, 4, 4, 4, 3, 3, 2) + (0,) * 5
)
"""Parts of the heat of a day in each half hour."""
_MIDWINTER: Final = 20
"""The coldest day of the year, about a month after the solstice."""
_SOLSTICE: Final = 171


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    """What there is in a home.

    Args:
        electricity: percent of the example's demand for light and appliances.
        heat: kilowatt hours of gas on the coldest day; 0 for a home without gas.
        charger: watts of an electric vehicle's charger; 0 for none.
        panels: watts of photovoltaic panels at noon in midsummer; 0 for none.
    """

    electricity: int = 100
    heat: int = 70
    charger: int = 0
    panels: int = 0

    def __post_init__(self) -> None:
        if min(self.electricity, self.heat, self.charger, self.panels) < 0:
            raise UsageError("household: expected 0 or more of everything")


def demand_of(
    household: Household, stream: Stream, start: datetime, days: int
) -> dict[Channel, StepFunction]:
    """Import, export and gas of a home, half hour by half hour; equal streams give equal demand.

    Args:
        household: what there is in the home.
        stream: what days are drawn from.
        start: the moment in UTC of instant zero.
        days: how many local days, from the one in which `start` lies.
    """
    steps: dict[Channel, list[tuple[int, int]]] = {
        Channel.ACTIVE_IMPORT: [],
        Channel.ACTIVE_EXPORT: [],
        Channel.GAS: [],
    }
    for number in range(days):
        day = start.date() + timedelta(days=number)
        for at, watts, gas in _half_hours(household, stream, day):
            instant = max(0, (at - start) // _MICROSECOND)
            steps[Channel.ACTIVE_IMPORT].append((instant, max(0, watts) * 1_000))
            steps[Channel.ACTIVE_EXPORT].append((instant, max(0, -watts) * 1_000))
            steps[Channel.GAS].append((instant, rate_for(gas, HALF_HOUR)))
    return {channel: StepFunction(sorted(dict(each).items())) for channel, each in steps.items()}


def _half_hours(
    household: Household, stream: Stream, day: date
) -> Iterator[tuple[datetime, int, int]]:
    """Start in UTC, watts net of panels, and litres."""
    shape = _FREE_DAY if day.weekday() >= 5 else _WORKING_DAY
    heat = household.heat * 1_000 * _warmth_needed(day) * stream.integer(70, 130) // 10_000
    cloud = stream.integer(10, 100)
    plugged = stream.integer(0, 2) == 0
    for half_hour in range(_HALF_HOURS):
        appliances = shape[half_hour] * household.electricity * stream.integer(60, 150) // 10_000
        charging = household.charger if plugged and 1 <= half_hour < 9 else 0
        sun = household.panels * _sunshine(day, half_hour) * cloud // 10_000
        burnt = litres(heat * _HEATING[half_hour] // sum(_HEATING)) if heat else 0
        yield _moment(day, half_hour), appliances + charging - sun, burnt


def _moment(day: date, half_hour: int) -> datetime:
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC).replace(tzinfo=None)
    return from_local(midnight + half_hour * timedelta(minutes=30))


def _warmth_needed(day: date) -> int:
    """Percent of the heat of the coldest day."""
    turn = cos(2 * pi * (day.timetuple().tm_yday - _MIDWINTER) / 365.25)
    return max(0, round(45 + 55 * turn))


def _sunshine(day: date, half_hour: int) -> int:
    """Percent of the sun of a midsummer noon."""
    season = cos(2 * pi * (day.timetuple().tm_yday - _SOLSTICE) / 365.25)
    hours = 12 + 4 * season
    height = cos(pi * (half_hour / 2 + 0.25 - 12.5) / hours)
    inside = abs(half_hour / 2 + 0.25 - 12.5) < hours / 2
    return round(max(0.0, height) * (65 + 35 * season)) if inside else 0
