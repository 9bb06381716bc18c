from dataclasses import replace

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from emulator.gbcs.envelope import Message
from emulator.gbcs.other_information import OtherInformation
from emulator.gbcs.protection.counters import ExecutionCounters, OriginatorCounter
from emulator.gbcs.protection.refusal import ProtectionError, Rule
from emulator.kernel.errors import LocalError
from emulator.kernel.identity import Eui64
from emulator.testing.scenes.gbcs_vectors import RESET_METER_BALANCE, SUPPLIER

COMMAND = Message.decode(RESET_METER_BALANCE)
OTHER = Eui64(0x90B3D51F30020000)


def command(counter: int, party: Eui64 = SUPPLIER) -> Message:
    return replace(COMMAND, counter=counter, originator=party)


def test_counters_of_an_originator_rise() -> None:
    counter = OriginatorCounter(41)

    assert [counter.next(), counter.next()] == [42, 43]


def test_counter_of_a_token_has_a_low_half_of_zero_and_is_above_all() -> None:
    counter = OriginatorCounter(41)

    assert [counter.next_token(), counter.next(), counter.next_token()] == [
        1 << 32,
        (1 << 32) + 1,
        2 << 32,
    ]


def test_counters_begin_above_zero_and_end_with_64_bits() -> None:
    first, last = OriginatorCounter(), OriginatorCounter(2**64 - 2)

    assert (first.last, first.next(), last.next()) == (0, 1, 2**64 - 1)


def test_no_counter_follows_the_last() -> None:
    counter = OriginatorCounter(2**64 - 1)

    with pytest.raises(LocalError, match="no originator counter is left"):
        counter.next()

    assert counter.last == 2**64 - 1


@pytest.mark.parametrize("last", [-1, 2**64])
def test_counter_starts_within_64_bits(last: int) -> None:
    with pytest.raises(LocalError, match="expected 64 bits"):
        OriginatorCounter(last)


@pytest.mark.parametrize("counter", [7, 6, 0])
def test_replay_is_refused_by_field_and_rule(counter: int) -> None:
    counters = ExecutionCounters({SUPPLIER: 7})

    with pytest.raises(ProtectionError, match="expected above 7") as refused:
        counters.record(command(counter))

    assert refused.value.rule is Rule.COUNTER
    assert (refused.value.path, refused.value.offset) == ("Message.counter", 17)
    assert counters.highest(SUPPLIER) == 7


def test_first_command_of_a_party_may_have_any_counter() -> None:
    counters = ExecutionCounters()

    counters.record(command(0))

    assert counters.highest(SUPPLIER) == 0


def test_party_behind_the_broker_is_counted_by_its_own_counter() -> None:
    counters = ExecutionCounters({OTHER: 9})
    behalf = replace(command(1), other_information=OtherInformation(0xB3, OTHER, 9))

    with pytest.raises(ProtectionError) as refused:
        counters.require_fresh(behalf)

    assert (refused.value.path, refused.value.offset) == ("Message.other_information", 44)


def test_party_without_a_counter_of_its_own_is_counted_with_the_message() -> None:
    counters = ExecutionCounters()

    counters.record(replace(command(5), other_information=OtherInformation(0xB3, OTHER)))

    assert (counters.highest(SUPPLIER), counters.highest(OTHER)) == (5, -1)


class Counting(RuleBasedStateMachine):
    """Execution counters beside a list of everything that was acted on."""

    @initialize()
    def start(self) -> None:
        self.counters = ExecutionCounters()
        self.acted_on: list[tuple[Eui64, int]] = []

    @rule(counter=st.integers(0, 8), party=st.sampled_from((SUPPLIER, OTHER)))
    def receive(self, counter: int, party: Eui64) -> None:
        fresh = all(counter > seen for who, seen in self.acted_on if who == party)
        try:
            self.counters.record(command(counter, party))
        except ProtectionError:
            assert not fresh
        else:
            assert fresh
            self.acted_on.append((party, counter))


TestCounting = Counting.TestCase
TestCounting.settings = settings(max_examples=25, stateful_step_count=20)
