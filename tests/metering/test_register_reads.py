import json

from emulator.metering.quantities import DAY, HOUR
from emulator.metering.register_reads import DAYS_KEPT, Balances, DailyReads, RegisterRead


def read(own: int) -> RegisterRead:
    return RegisterRead(
        own=own,
        imported=own // HOUR,
        secondary=1,
        exported=2,
        time_of_use=((1, 5),),
        blocks=((0, 1, 7),),
        second_element=((2, 3),),
        prepaid=True,
        balances=Balances(emergency=1, balance=-2, payment_debt=3, time_debts=(4, 5)),
    )


def test_registers_are_read_at_each_midnight() -> None:
    daily = DailyReads(read, 5 * DAY + HOUR)
    assert daily.next_change(5 * DAY + HOUR) == 6 * DAY
    daily.passed(1, 5 * DAY + HOUR, 6 * DAY - 1)
    daily.passed(1, 6 * DAY - 1, 6 * DAY)

    assert [each.own for each in daily.entries] == [6 * DAY]


def test_clock_that_is_set_back_over_midnight_does_not_read_twice() -> None:
    daily = DailyReads(read, 5 * DAY)
    daily.passed(1, 6 * DAY - 1, 6 * DAY)
    daily.passed(1, 6 * DAY - HOUR, 6 * DAY)

    assert len(daily.entries) == 1


def test_last_days_are_kept_also_without_power() -> None:
    daily, again = DailyReads(read, 0), DailyReads(read, 0)
    for day in range(1, DAYS_KEPT + 4):
        daily.passed(1, day * DAY - 1, day * DAY)

    again.restore(json.loads(json.dumps(daily.snapshot())))

    assert list(again.entries) == [read(day * DAY) for day in range(4, DAYS_KEPT + 4)]
