from emulator.gbcs_device.gas_meter.battery import Battery
from emulator.metering.quantities import DAY


def test_days_count_down_and_few_are_told_once() -> None:
    told: list[int] = []
    battery = Battery(10, 3, 0, told.append)
    assert battery.next_change(0) == 7 * DAY

    battery.passed(0, 0, 7 * DAY)
    battery.passed(0, 7 * DAY, 9 * DAY)

    assert told == [7 * DAY]
    assert [battery.remaining(day * DAY) for day in (0, 1, 9, 10, 30)] == [10, 9, 1, 0, 0]


def test_new_battery_begins_anew() -> None:
    battery = Battery(10, 3, 0, lambda _: None)

    battery.replace(9 * DAY)

    assert battery.remaining(9 * DAY) == 10
    assert battery.next_change(9 * DAY) == 16 * DAY
