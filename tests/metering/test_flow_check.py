"""Gas that flows as soon as supply is enabled closes the valve (SMETS2 4.6.4.33)."""

import pytest

from emulator.metering.flow_check import FlowCheck, FlowLimits
from emulator.metering.quantities import HOUR
from tests.metering.test_valve import valve

SECOND = HOUR // 3_600
LIMITS = FlowLimits(rate=100_000, stabilisation=2 * SECOND, period=10 * SECOND)


def check(limits: FlowLimits = LIMITS) -> FlowCheck:
    made = FlowCheck(valve())
    made.limits = limits
    made.begin(0)
    return made


def flow(made: FlowCheck, rate: int, until: int) -> None:
    at = 0
    while at < until:
        end = min(until, made.next_change(at))
        made.passed(rate * (end - at), at, end)
        at = end


@pytest.mark.parametrize(("rate", "tripped"), [(100_001, True), (100_000, False), (0, False)])
def test_more_than_the_threshold_trips_it(rate: int, *, tripped: bool) -> None:
    made = check()

    flow(made, rate, HOUR)

    assert made.tripped is tripped
    assert not made.running


def test_what_flows_while_it_settles_does_not_count() -> None:
    made = check()

    flow(made, 10**9, 2 * SECOND)

    assert made.running
    assert not made.tripped


def test_check_without_threshold_does_not_run() -> None:
    assert not check(FlowLimits()).running


def test_check_goes_on_after_a_loss_of_power() -> None:
    made, again = check(), check(FlowLimits())
    flow(made, 200_000, 5 * SECOND)

    again.limits = LIMITS
    again.restore(made.snapshot())

    assert again.snapshot() == made.snapshot()
    assert again.running
