from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from emulator.kernel.units import Duration, Instant
from emulator.zigbee.addresses import NwkAddress
from emulator.zigbee.nwk.tables.broadcast_table import BroadcastTable

LIFE = Duration(10)
NOBODY: frozenset[NwkAddress] = frozenset()


def audience(*members: int) -> frozenset[NwkAddress]:
    return frozenset(map(NwkAddress, members))


def test_broadcast_is_acknowledged_once_everybody_in_reach_relayed_it() -> None:
    table = BroadcastTable(LIFE)
    source, live = NwkAddress(9), audience(1, 2)
    record = table.enter(source, 5, audience(1, 2, 3), Instant(0))

    record.heard.add(NwkAddress(1))
    assert not table.acknowledged(source, 5, live, Instant(1))

    record.heard.add(NwkAddress(2))
    assert table.acknowledged(source, 5, live, Instant(1))


def test_unknown_broadcast_waits_for_nobody() -> None:
    assert BroadcastTable(LIFE).acknowledged(NwkAddress(9), 5, audience(1), Instant(0))


class TableAgainstDictionary(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.table = BroadcastTable(LIFE)
        self.model: dict[tuple[int, int], int] = {}
        self.now = 0

    @rule(source=st.integers(0, 2), sequence=st.integers(0, 2))
    def hear(self, source: int, sequence: int) -> None:
        known = self.table.known(NwkAddress(source), sequence, Instant(self.now))
        assert (known is not None) is (self.model.get((source, sequence), 0) > self.now)
        if known is None:
            self.table.enter(NwkAddress(source), sequence, NOBODY, Instant(self.now))
            self.model[source, sequence] = self.now + LIFE

    @rule(step=st.integers(0, 12))
    def wait(self, step: int) -> None:
        self.now += step

    @rule()
    def clear(self) -> None:
        self.table.clear()
        self.model = {}

    @invariant()
    def keeps_no_more_than_nine(self) -> None:
        assert len(self.table) <= len(self.model) <= 9


TableAgainstDictionary.TestCase.settings = settings(max_examples=40, stateful_step_count=30)
TestTable = TableAgainstDictionary.TestCase
