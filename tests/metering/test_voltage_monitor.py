import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.units import START, Instant, minutes
from emulator.metering.step_function import StepFunction
from emulator.metering.voltage_monitor import VoltageEvent, VoltageMonitor, VoltageSettings

MINUTE = minutes(1)
SETTINGS = VoltageSettings(
    period=minutes(30),
    average_over=253_000,
    average_under=216_200,
    extreme_over=260_000,
    extreme_under=180_000,
    extreme_period=minutes(1),
)


@given(
    st.dictionaries(st.integers(1, 200 * MINUTE), st.integers(0, 300_000), max_size=20),
    st.lists(st.integers(0, 210 * MINUTE).map(Instant), max_size=10),
)
def test_average_is_the_integral_of_its_period_however_often_it_is_woken(
    steps: dict[int, int], wakes: list[Instant]
) -> None:
    voltage = StepFunction([(0, 230_000), *sorted(steps.items())])
    monitor = VoltageMonitor(SETTINGS, 230_000, START)
    for at in sorted({*wakes, *(Instant(each) for each in steps), Instant(210 * MINUTE)}):
        monitor.observe(voltage.rate(at), at)

    expected = [
        voltage.integral(n * 30 * MINUTE, (n + 1) * 30 * MINUTE) // (30 * MINUTE) for n in range(7)
    ]
    assert [each.millivolts for each in monitor.averages] == expected
    assert monitor.over == sum(each > 253_000 for each in expected)
    assert monitor.under == sum(each < 216_200 for each in expected)


@pytest.mark.parametrize(
    ("millivolts", "event"),
    [(254_000, VoltageEvent.AVERAGE_OVER), (216_000, VoltageEvent.AVERAGE_UNDER)],
)
def test_average_beyond_its_threshold_is_told(millivolts: int, event: VoltageEvent) -> None:
    monitor = VoltageMonitor(SETTINGS, millivolts, START)

    assert monitor.wake(Instant(30 * MINUTE)) == [event]


@pytest.mark.parametrize(
    ("millivolts", "event"),
    [(261_000, VoltageEvent.EXTREME_OVER), (179_000, VoltageEvent.EXTREME_UNDER)],
)
def test_extreme_that_lasts_is_told_once(millivolts: int, event: VoltageEvent) -> None:
    monitor = VoltageMonitor(SETTINGS, 230_000, START)
    monitor.observe(millivolts, Instant(5))

    assert monitor.deadline == MINUTE + 5
    assert monitor.wake(Instant(2 * MINUTE)) == [event]
    assert monitor.wake(Instant(3 * MINUTE)) == []


def test_extreme_that_passes_is_not_told() -> None:
    monitor = VoltageMonitor(SETTINGS, 230_000, START)
    monitor.observe(261_000, Instant(0))

    assert monitor.observe(230_000, Instant(MINUTE - 1)) == []
    assert monitor.wake(Instant(2 * MINUTE)) == []
