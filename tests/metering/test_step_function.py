import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.errors import LocalError
from emulator.kernel.units import NEVER
from emulator.metering.step_function import NOTHING, StepFunction

instants = st.integers(0, 200)
functions = st.dictionaries(instants, st.integers(0, 50)).map(
    lambda steps: StepFunction(sorted(steps.items()))
)


def test_rate_holds_from_its_step_to_the_next() -> None:
    demand = StepFunction([(10, 5), (20, 7)])

    assert [demand.rate(at) for at in (9, 10, 19, 20, 999)] == [0, 5, 5, 7, 7]


def test_next_change_is_later_than_asked() -> None:
    demand = StepFunction([(10, 5), (20, 7)])

    assert [demand.next_change(at) for at in (0, 10, 20)] == [10, 20, NEVER]


@pytest.mark.parametrize("steps", [[(5, 1), (5, 2)], [(5, 1), (4, 2)]])
def test_steps_that_do_not_ascend_are_refused(steps: list[tuple[int, int]]) -> None:
    with pytest.raises(LocalError, match="not after"):
        StepFunction(steps)


@pytest.mark.parametrize("rate", [-1, 2**63])
def test_rate_that_is_none_is_refused(rate: int) -> None:
    with pytest.raises(LocalError, match="rate"):
        StepFunction([(0, rate)])


@given(functions, instants, instants)
def test_integral_is_the_sum_over_every_microsecond(
    demand: StepFunction, start: int, end: int
) -> None:
    assert demand.integral(start, end) == sum(demand.rate(at) for at in range(start, end))


@given(functions, functions, instants)
def test_sum_has_the_rates_of_both(one: StepFunction, other: StepFunction, at: int) -> None:
    assert one.plus(other).rate(at) == one.rate(at) + other.rate(at)


@given(functions, instants, instants)
def test_change_leaves_the_past_and_holds_for_good(
    demand: StepFunction, at: int, look: int
) -> None:
    changed = demand.changed(at, 3)

    assert changed.rate(look) == (3 if look >= at else demand.rate(look))


def test_equal_steps_are_equal_and_hash_alike() -> None:
    assert StepFunction([(1, 2)]) == StepFunction([(1, 2)])
    assert hash(StepFunction([(1, 2)])) == hash(StepFunction([(1, 2)]))
    assert StepFunction([(1, 2)]) != StepFunction([(1, 3)])
    assert NOTHING != "nothing"


def test_no_demand_has_no_steps() -> None:
    assert (len(NOTHING), list(NOTHING), NOTHING.rate(0)) == (0, [], 0)


def test_crossings_of_a_level_are_found_without_the_steps_between() -> None:
    demand = StepFunction([(0, 1), (10, 2), (20, 5), (30, 6), (40, 1)])

    assert [demand.next_crossing(at, 4) for at in (0, 15, 20, 40)] == [20, 20, 40, NEVER]


@given(functions, instants, st.integers(0, 50))
def test_no_crossing_is_passed_over(demand: StepFunction, after: int, level: int) -> None:
    found = demand.next_crossing(after, level)

    above = demand.rate(after) > level
    assert found > after
    assert all((demand.rate(at) > level) is above for at in range(after, min(found, 250)))


def test_level_that_is_never_crossed_is_not_looked_for_for_ever() -> None:
    demand = StepFunction((each, each % 3) for each in range(10_000))

    assert 0 < demand.next_crossing(0, 9) < 100


@given(functions, st.lists(instants, min_size=1, unique=True))
def test_integrals_are_those_of_each_part(demand: StepFunction, ends: list[int]) -> None:
    start, *rest = sorted(ends)

    assert list(demand.integrals(start, rest)) == [demand.integral(start, each) for each in rest]
    for end in rest:
        assert demand.highest(start, end) == max(demand.rate(at) for at in range(start, end))
