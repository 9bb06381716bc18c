import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.units import START, Instant, minutes
from emulator.metering.step_function import StepFunction
from emulator.metering.voltage_monitor import (
    Threshold,
    VoltageEvent,
    VoltageMonitor,
    VoltageSettings,
)

MINUTE = minutes(1)
SETTINGS = VoltageSettings(
    period=minutes(30),
    average_over=253_000,
    average_under=216_200,
    thresholds=(
        Threshold(VoltageEvent.EXTREME_OVER, 260_000, MINUTE),
        Threshold(VoltageEvent.EXTREME_UNDER, 180_000, MINUTE),
    ),
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


def test_end_of_an_extreme_is_told_when_it_has_lasted() -> None:
    monitor = VoltageMonitor(SETTINGS, 261_000, START)
    monitor.wake(Instant(2 * MINUTE))
    monitor.observe(230_000, Instant(2 * MINUTE))

    assert monitor.wake(Instant(3 * MINUTE - 1)) == []
    assert monitor.wake(Instant(3 * MINUTE)) == [VoltageEvent.EXTREME_OVER_ENDED]


def test_average_is_told_only_when_it_crosses_its_threshold() -> None:
    monitor = VoltageMonitor(SETTINGS, 254_000, START)
    assert monitor.wake(Instant(90 * MINUTE)) == [VoltageEvent.AVERAGE_OVER]
    monitor.observe(230_000, Instant(90 * MINUTE))

    assert monitor.wake(Instant(150 * MINUTE)) == [VoltageEvent.AVERAGE_OVER_ENDED]
    assert monitor.over == 3


def test_without_settings_nothing_is_due() -> None:
    assert VoltageMonitor(VoltageSettings(), 230_000, START).deadline is None
