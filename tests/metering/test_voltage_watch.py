from emulator.kernel.units import START, Instant, minutes
from emulator.metering.event_codes import EventCode
from emulator.metering.voltage_monitor import Threshold, VoltageEvent, VoltageSettings
from emulator.metering.voltage_watch import VoltageWatch

MINUTE = minutes(1)
SETTINGS = VoltageSettings(
    period=minutes(30),
    average_over=250_000,
    thresholds=(Threshold(VoltageEvent.SAG, 200_000, MINUTE),),
)


def watch(phases: int = 1) -> tuple[VoltageWatch, list[tuple[Instant, int]]]:
    told: list[tuple[Instant, int]] = []
    made = VoltageWatch(lambda at, code: told.append((at, code)))
    made.set_up([SETTINGS] * phases, START)
    return made, told


def test_codes_tell_the_phase_where_there_are_several() -> None:
    one, told_of_one = watch()
    three, told_of_three = watch(3)
    for each, phase in ((one, 0), (three, 2)):
        each.observe(phase, 190_000, START)
        each.wake(Instant(MINUTE))

    assert told_of_one == [(Instant(MINUTE), int(EventCode.VOLTAGE_SAG))]
    assert told_of_three == [(Instant(MINUTE), EventCode.VOLTAGE_SAG + 3)]


def test_phase_that_is_not_there_changes_nothing() -> None:
    made, told = watch()
    made.observe(1, 0, START)
    made.wake(Instant(MINUTE))

    assert told == []


def test_counters_and_averages_stay_when_it_is_set_up_anew_or_restored() -> None:
    made, _ = watch()
    made.observe(0, 260_000, START)
    made.wake(Instant(30 * MINUTE))
    made.set_up([VoltageSettings()], Instant(30 * MINUTE))
    again = VoltageWatch(lambda _, __: None)
    again.restore(made.snapshot(), START)

    for each in (made, again):
        assert (each.phases[0].over, len(each.phases[0].averages)) == (1, 1)
        assert each.phases[0].millivolts == 260_000


def test_settled_averages_are_written_down_but_nobody_is_woken() -> None:
    made, _ = watch()
    assert made.alert_due == 30 * MINUTE
    made.wake(Instant(30 * MINUTE))

    assert made.deadline == 60 * MINUTE
    assert made.alert_due is None
