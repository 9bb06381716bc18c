from datetime import UTC, datetime

from emulator.metering.drifting_clock import own_time
from emulator.metering.prepayment.non_disablement import PROTECTED, NonDisablementCalendar
from emulator.metering.quantities import HOUR
from emulator.metering.tariff_calendar import Season, SpecialDay, Switch, TariffCalendar

MONDAY = own_time(datetime(2026, 1, 5, tzinfo=UTC))
CALENDAR = NonDisablementCalendar(
    TariffCalendar(
        ((Switch(0, PROTECTED), Switch(600, 0)), (Switch(0, PROTECTED),)),
        [(0,) * 7],
        (Season(1, 1, 0),),
        (SpecialDay(12, 25, 1),),
    )
)


def test_supply_is_protected_in_the_times_of_its_calendar() -> None:
    assert CALENDAR.protects(MONDAY + 9 * HOUR)
    assert not CALENDAR.protects(MONDAY + 10 * HOUR)
    assert CALENDAR.next_change(MONDAY) == MONDAY + 10 * HOUR


def test_special_day_is_protected() -> None:
    assert CALENDAR.protects(own_time(datetime(2026, 12, 25, 20, tzinfo=UTC)))


def test_without_a_calendar_nothing_is_protected() -> None:
    none = NonDisablementCalendar()

    assert not none.protects(MONDAY)
    assert none.next_change(MONDAY) is None
