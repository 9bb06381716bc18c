import tracemalloc

from hypothesis import example, given
from hypothesis import strategies as st

from emulator.dcc.used_counters import UsedCounters

COUNTERS = st.integers(0, 12) | st.sampled_from((2**63, 2**64 - 1))
WHOSE = st.sampled_from(("one", "another"))


@given(st.lists(st.tuples(WHOSE, COUNTERS)), WHOSE, COUNTERS)
@example([("one", 2), ("one", 2), ("one", 1)], "one", 2)
@example([("one", 2)], "another", 2)
def test_exactly_those_are_used_that_came_in_whatever_order(
    came: list[tuple[str, int]], whose: str, counter: int
) -> None:
    used = UsedCounters[str]()
    for each in came:
        used.add(*each)

    assert used.used(whose, counter) is ((whose, counter) in came)


def test_counters_that_no_wire_could_carry_are_not_kept() -> None:
    used = UsedCounters[str]()
    for counter in (-1, 2**64):
        used.add("one", counter)

        assert not used.used("one", counter)


def test_a_counter_costs_its_eight_octets() -> None:
    used = UsedCounters[str]()
    tracemalloc.start()
    for counter in range(10_000):
        used.add("one", 1_000_000 + 50 * counter)
    octets, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert octets < 10 * 10_000
