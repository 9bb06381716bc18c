import json

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from emulator.kernel.identity import Eui64
from emulator.zigbee.addresses import NwkAddress
from emulator.zigbee.nwk.primitives import DeviceType
from emulator.zigbee.nwk.tables.neighbour_table import Neighbour, NeighbourTable, Relation

addresses = st.integers(0, 5).map(NwkAddress)
eui64s = st.none() | st.integers(1, 4).map(Eui64)
relations = st.sampled_from(Relation)


def row(
    address: int,
    eui64: int | None,
    relation: Relation = Relation.CHILD,
    kind: DeviceType = DeviceType.END_DEVICE,
) -> Neighbour:
    return Neighbour(NwkAddress(address), None if eui64 is None else Eui64(eui64), kind, relation)


def test_device_with_a_new_address_leaves_its_old_row() -> None:
    table = NeighbourTable()
    table.put(row(1, 0xA))

    table.put(row(2, 0xA))

    assert table.get(NwkAddress(1)) is None
    assert table.find(Eui64(0xA)) is table.get(NwkAddress(2))


def test_children_are_authenticated_or_not_and_the_parent_is_neither() -> None:
    table = NeighbourTable()
    table.put(row(0, 1, Relation.PARENT, DeviceType.COORDINATOR))
    table.put(row(1, 2, Relation.CHILD))
    table.put(row(2, 3, Relation.UNAUTHENTICATED_CHILD))
    table.put(row(3, 4, Relation.SIBLING, DeviceType.ROUTER))

    assert [each.address for each in table.children] == [1, 2]
    assert table.parent is table.get(NwkAddress(0))


def test_only_authenticated_children_that_sleep_are_sleepers() -> None:
    table = NeighbourTable()
    for address, relation in ((1, Relation.CHILD), (2, Relation.UNAUTHENTICATED_CHILD)):
        sleeper = row(address, address, relation)
        sleeper.rx_on_when_idle = False
        table.put(sleeper)
    table.put(row(3, 3))

    assert [each.address for each in table.sleepers] == [1]


def test_relayers_are_neighbours_that_told_their_cost() -> None:
    table = NeighbourTable()
    heard = row(1, 1, Relation.SIBLING, DeviceType.ROUTER)
    heard.outgoing_cost = 3
    table.put(heard)
    table.put(row(2, 2, Relation.SIBLING, DeviceType.ROUTER))

    assert table.relayers() == {1}


def test_whoever_has_just_let_us_in_relays_before_it_told_its_cost() -> None:
    table = NeighbourTable()
    parent = row(1, 1, Relation.PARENT, DeviceType.COORDINATOR)
    table.put(parent)

    assert table.relayers() == {1}
    parent.age = 1
    assert table.relayers() == frozenset()


def test_snapshot_survives_json_and_starts_quality_anew() -> None:
    table = NeighbourTable()
    known = row(1, 0x00DB1234567890A2, Relation.CHILD)
    known.lqi, known.age, known.outgoing_cost, known.timeout = 200, 2, 3, 5
    known.rx_on_when_idle = False
    table.put(known)
    table.put(row(7, None, Relation.PARENT, DeviceType.ROUTER))

    restored = NeighbourTable()
    restored.restore(json.loads(json.dumps(table.snapshot())))

    assert restored.snapshot() == table.snapshot()
    child = restored.get(NwkAddress(1))
    assert child is not None
    assert (child.lqi, child.age, child.outgoing_cost, child.timeout) == (0, 0, 0, 5)


class TableAgainstList(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.table = NeighbourTable()
        self.model: list[Neighbour] = []

    @rule(address=addresses, eui64=eui64s, relation=relations)
    def put(self, address: NwkAddress, eui64: Eui64 | None, relation: Relation) -> None:
        made = row(address, eui64, relation)
        self.table.put(made)
        self.model = [
            each
            for each in self.model
            if each.address != address and (eui64 is None or each.eui64 != eui64)
        ]
        self.model.append(made)

    @rule(address=addresses)
    def remove(self, address: NwkAddress) -> None:
        expected = next((each for each in self.model if each.address == address), None)
        assert self.table.remove(address) is expected
        self.model = [each for each in self.model if each.address != address]

    @rule()
    def clear(self) -> None:
        self.table.clear()
        self.model = []

    @invariant()
    def holds_the_same(self) -> None:
        assert len(self.table) == len(self.model)
        assert {id(each) for each in self.table} == {id(each) for each in self.model}
        for each in self.model:
            assert self.table.get(each.address) is each
            if each.eui64 is not None:
                assert self.table.find(each.eui64) is each


TableAgainstList.TestCase.settings = settings(max_examples=40, stateful_step_count=30)
TestTable = TableAgainstList.TestCase
