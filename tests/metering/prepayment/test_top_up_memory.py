import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.errors import LocalError
from emulator.metering.prepayment.top_up_memory import TopUpMemory, TopUpOutcome


def after(*counters: int, limit: int = 3) -> TopUpMemory:
    memory = TopUpMemory(limit)
    for counter in counters:
        memory.remember(counter)
    return memory


@pytest.mark.parametrize(
    ("counter", "outcome"),
    [
        (10, TopUpOutcome.DUPLICATE),
        (11, TopUpOutcome.TAKEN),
        (9, TopUpOutcome.TOO_OLD),
        (99, TopUpOutcome.TAKEN),
    ],
)
def test_token_may_come_out_of_order_but_not_twice(counter: int, outcome: TopUpOutcome) -> None:
    assert after(5, 20, 10, 15).judge(counter) is outcome


def test_memory_that_is_not_full_takes_older_tokens() -> None:
    assert after(20).judge(3) is TopUpOutcome.TAKEN


@given(st.lists(st.integers(0, 60)), st.integers(1, 8))
def test_no_token_is_ever_taken_twice(counters: list[int], limit: int) -> None:
    memory, taken = TopUpMemory(limit), []
    for counter in counters:
        if memory.judge(counter) is TopUpOutcome.TAKEN:
            memory.remember(counter)
            taken.append(counter)

    assert len(taken) == len(set(taken))


def test_restored_memory_judges_alike() -> None:
    memory = TopUpMemory(3)
    memory.restore([9, 7, 8])

    assert memory.counters == (7, 8, 9)
    assert memory.judge(6) is TopUpOutcome.TOO_OLD


def test_memory_of_nothing_is_refused() -> None:
    with pytest.raises(LocalError, match="at least 1"):
        TopUpMemory(0)


def test_tokens_of_another_supplier_begin_at_its_floor() -> None:
    memory = after(5, 6)
    memory.begin(6)

    assert [memory.judge(each) for each in (5, 6)] == [TopUpOutcome.TOO_OLD, TopUpOutcome.TAKEN]
    assert memory.highest == 6
    memory.remember(9)
    assert (memory.highest, memory.judge(9)) == (9, TopUpOutcome.DUPLICATE)
    again = TopUpMemory(3)
    again.restore(memory.counters, memory.floor)
    assert again.judge(5) is TopUpOutcome.TOO_OLD
