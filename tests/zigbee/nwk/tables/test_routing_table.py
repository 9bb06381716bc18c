import json

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from emulator.zigbee.addresses import NwkAddress
from emulator.zigbee.nwk.tables.routing_table import RoutingTable

addresses = st.integers(0, 4).map(NwkAddress)


def test_learning_the_same_way_again_is_no_news() -> None:
    table = RoutingTable()

    assert table.learn(NwkAddress(5), NwkAddress(1))
    assert not table.learn(NwkAddress(5), NwkAddress(1))
    assert table.learn(NwkAddress(5), NwkAddress(2))


class TableAgainstPairs(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.table = RoutingTable()
        self.model: dict[NwkAddress, NwkAddress] = {}

    @rule(destination=addresses, hop=addresses)
    def learn(self, destination: NwkAddress, hop: NwkAddress) -> None:
        news = self.model.get(destination) != hop
        assert self.table.learn(destination, hop) is news
        self.model[destination] = hop

    @rule(destination=addresses)
    def forget(self, destination: NwkAddress) -> None:
        self.table.forget(destination)
        self.model.pop(destination, None)

    @rule(hop=addresses)
    def forget_through(self, hop: NwkAddress) -> None:
        lost = {end for end, through in self.model.items() if through == hop}
        assert set(self.table.forget_through(hop)) == lost
        self.model = {end: through for end, through in self.model.items() if through != hop}

    @rule()
    def restart(self) -> None:
        kept = json.loads(json.dumps(self.table.snapshot()))
        self.table = RoutingTable()
        self.table.restore(kept)

    @rule()
    def clear(self) -> None:
        self.table.clear()
        self.model = {}

    @invariant()
    def leads_the_same_way(self) -> None:
        assert len(self.table) == len(self.model)
        for address in range(5):
            end = NwkAddress(address)
            assert self.table.next_hop(end) == self.model.get(end)


TableAgainstPairs.TestCase.settings = settings(max_examples=40, stateful_step_count=30)
TestTable = TableAgainstPairs.TestCase
