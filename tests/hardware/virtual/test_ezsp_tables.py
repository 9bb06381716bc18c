"""Looking things up by EZSP."""

from emulator.kernel.identity import Eui64
from hardware.ezsp.formats import (
    ChildData,
    Eui,
    EuiAndFlag,
    IndexAndNode,
    IndexedMulticast,
    MulticastEntry,
    NeighbourAnswer,
    Octet,
    OctetAndEui,
    ParentChildAnswer,
    ReplaceAddress,
    RouteAnswer,
    SourceRoute,
    Word,
)
from hardware.ezsp.identifiers import Command, EmberStatus, NodeType
from tests.hardware.virtual.ezsp_bench import NOTHING, EzspBench

ESME = Eui64(0x00DB1234567890A0)
STRANGER = Eui64(0x0102030405060708)


def test_a_child_is_found_by_each_of_its_addresses() -> None:
    bench = EzspBench().form()
    address = bench.admit().nwk_address
    assert address is not None

    by_eui64 = bench.ask(Command.LOOKUP_NODE_ID_BY_EUI64, Eui(ESME), Word)
    by_address = bench.ask(Command.LOOKUP_EUI64_BY_NODE_ID, Word(address), OctetAndEui)
    child = bench.ask(Command.GET_CHILD_DATA, Octet(0), ChildData)
    no_child = bench.ask(Command.GET_CHILD_DATA, Octet(1), ChildData)
    children = bench.ask(Command.GET_PARENT_CHILD_PARAMETERS, NOTHING, ParentChildAnswer)

    assert by_eui64.value == child.node_id == address
    assert by_address.eui64 == child.eui64 == ESME
    assert child.node_type == NodeType.ROUTER
    assert (no_child.status, children.children) == (EmberStatus.NOT_JOINED, 1)


def test_it_knows_itself_and_no_stranger() -> None:
    bench = EzspBench().form()
    own = bench.ask(Command.GET_EUI64, NOTHING, Eui)

    assert bench.ask(Command.LOOKUP_NODE_ID_BY_EUI64, own, Word).value == 0
    assert bench.ask(Command.LOOKUP_EUI64_BY_NODE_ID, Word(0), OctetAndEui).eui64 == own.eui64
    assert bench.ask(Command.LOOKUP_NODE_ID_BY_EUI64, Eui(STRANGER), Word).value == 0xFFFF
    unknown = bench.ask(Command.LOOKUP_EUI64_BY_NODE_ID, Word(0x1234), OctetAndEui)
    assert unknown.first == EmberStatus.ERR_FATAL


def test_neighbours_and_routes_are_listed() -> None:
    bench = EzspBench().form()
    bench.admit()

    count = bench.status(Command.NEIGHBOR_COUNT)
    first = bench.ask(Command.GET_NEIGHBOR, Octet(0), NeighbourAnswer)
    beyond = bench.ask(Command.GET_NEIGHBOR, Octet(9), NeighbourAnswer)
    route = bench.ask(Command.GET_ROUTE_TABLE_ENTRY, Octet(9), RouteAnswer)

    assert (count, first.status, first.eui64) == (1, 0, ESME)
    assert (beyond.status, route.state) == (EmberStatus.ERR_FATAL, 3)


def test_groups_are_kept_within_the_table() -> None:
    bench = EzspBench().form()
    entry = MulticastEntry(0x1234, 1, 0)

    kept = bench.status(Command.SET_MULTICAST_TABLE_ENTRY, IndexedMulticast(3, entry))
    beyond = bench.status(Command.SET_MULTICAST_TABLE_ENTRY, IndexedMulticast(99, entry))
    read = bench.ask(Command.GET_MULTICAST_TABLE_ENTRY, Octet(3), IndexedMulticast)
    outside = bench.ask(Command.GET_MULTICAST_TABLE_ENTRY, Octet(99), IndexedMulticast)

    assert (kept, read.entry) == (0, entry)
    assert beyond == outside.first == EmberStatus.INDEX_OUT_OF_RANGE


def test_addresses_that_the_host_knows_are_known_below_too() -> None:
    bench = EzspBench().form()

    former = bench.ask(
        Command.REPLACE_ADDRESS_TABLE_ENTRY, ReplaceAddress(1, STRANGER, 0x2345, 1), ReplaceAddress
    )
    beyond = bench.ask(
        Command.REPLACE_ADDRESS_TABLE_ENTRY, ReplaceAddress(99, STRANGER, 1, 0), ReplaceAddress
    )
    found = bench.ask(Command.LOOKUP_NODE_ID_BY_EUI64, Eui(STRANGER), Word)

    assert (former.first, former.node_id, found.value) == (0, 0xFFFF, 0x2345)
    assert beyond.first == EmberStatus.INDEX_OUT_OF_RANGE
    assert bench.ask(Command.GET_ADDRESS_TABLE_REMOTE_EUI64, Octet(1), Eui).eui64 == STRANGER
    assert bench.ask(Command.GET_ADDRESS_TABLE_REMOTE_NODE_ID, Octet(1), Word).value == 0x2345
    assert bench.status(Command.GET_EXTENDED_TIMEOUT, Eui(STRANGER)) == 1


def test_an_entry_is_written_in_two_steps() -> None:
    bench = EzspBench().form()

    bench.status(Command.SET_ADDRESS_TABLE_REMOTE_EUI64, OctetAndEui(0, STRANGER))
    bench.raw(Command.SET_ADDRESS_TABLE_REMOTE_NODE_ID, IndexAndNode(0, 0x2346).encode())
    beyond = bench.status(Command.SET_ADDRESS_TABLE_REMOTE_EUI64, OctetAndEui(99, STRANGER))

    assert bench.ask(Command.LOOKUP_NODE_ID_BY_EUI64, Eui(STRANGER), Word).value == 0x2346
    assert beyond == EmberStatus.INDEX_OUT_OF_RANGE


def test_patience_is_set_and_taken_back() -> None:
    bench = EzspBench().form()

    bench.raw(Command.SET_EXTENDED_TIMEOUT, EuiAndFlag(STRANGER, 1).encode())
    patient = bench.status(Command.GET_EXTENDED_TIMEOUT, Eui(STRANGER))
    bench.raw(Command.SET_EXTENDED_TIMEOUT, EuiAndFlag(STRANGER, 0).encode())

    assert (patient, bench.status(Command.GET_EXTENDED_TIMEOUT, Eui(STRANGER))) == (1, 0)


def test_source_routes_are_taken() -> None:
    bench = EzspBench().form()

    assert bench.status(Command.SET_SOURCE_ROUTE, SourceRoute(1, (2, 3))) == 0
