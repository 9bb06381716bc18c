from emulator.kernel.units import minutes, seconds
from emulator.testing.stack.nwk_bench import LISTENER, ROUTER, BenchNode, NwkBench
from emulator.zigbee.addresses import NwkAddress
from emulator.zigbee.nwk.commands import LinkStatus, LinkStatusEntry, decode_command
from emulator.zigbee.nwk.facts import NeighbourAged, NeighbourHeard
from emulator.zigbee.nwk.frames import NwkHeader
from emulator.zigbee.nwk.primitives import DeviceType
from emulator.zigbee.nwk.tables.neighbour_table import Neighbour, Relation
from emulator.zigbee.nwk.traffic.protection import Opened, unseal
from emulator.zigbee.nwk.upkeep.link_status import ENTRIES_IN_ONE_FRAME


def statuses(bench: NwkBench, sender: BenchNode, reader: BenchNode) -> list[LinkStatus]:
    """The link status commands `sender` sent since the log was cleared, as `reader` opens them."""
    found = []
    for mac, request in bench.sent:
        header, at = NwkHeader.take(request.msdu)
        reader.machine.state.keys.clear()
        reader.machine.state.keys.install(bytes.fromhex(KEY), 0, activate=True)
        opened = unseal(reader.machine.state, request.msdu, at, header.source)
        if mac is sender.mac and isinstance(opened, Opened):
            command = decode_command(opened.payload)
            assert isinstance(command, LinkStatus)
            assert (header.radius, header.destination) == (1, 0xFFFC)
            found.append(command)
    return found


KEY = "0F1E2D3C4B5A69788796A5B4C3D2E1F0"


def two_routers() -> tuple[NwkBench, BenchNode, BenchNode, BenchNode]:
    bench = NwkBench()
    hub = bench.coordinator()
    return bench, hub, bench.join("first", ROUTER, hub), bench.join("second", ROUTER, hub)


def test_routers_in_reach_become_neighbours() -> None:
    bench, _, first, second = two_routers()

    bench.run(seconds(20))

    row = first.machine.state.neighbours.get(second.address)
    assert row is not None
    assert (row.relation, row.device_type, row.eui64) == (
        Relation.SIBLING,
        DeviceType.ROUTER,
        second.eui64,
    )
    assert [fact.nwk_address for fact in bench.facts(NeighbourHeard, first)] == [second.address]


def test_cost_of_a_link_is_what_the_other_side_hears() -> None:
    bench, _hub, first, _ = two_routers()
    bench.lqi = 130
    bench.run(seconds(60))

    row = first.machine.state.neighbours.get(NwkAddress(0))
    assert row is not None
    assert row.outgoing_cost == 3
    assert row.relation is Relation.PARENT


def test_status_lists_routers_by_ascending_address() -> None:
    bench, hub, first, second = two_routers()
    bench.run(seconds(40))
    bench.join("device", LISTENER, hub)
    reader = bench.add("reader", DeviceType.ROUTER)
    bench.sent.clear()

    bench.run(seconds(18))

    listed = [each.address for each in statuses(bench, hub, reader)[0].entries]
    assert listed == sorted((first.address, second.address))


def test_period_is_fifteen_seconds_give_or_take_two() -> None:
    bench, hub, _, _ = two_routers()
    bench.run(minutes(1))
    bench.sent.clear()

    bench.run(minutes(5))

    count = sum(mac is hub.mac for mac, _ in bench.sent)
    assert count + 1 >= 300 / 17
    assert count - 1 <= 300 / 13


def test_silent_router_ages_and_is_forgotten() -> None:
    bench, _, first, second = two_routers()
    bench.run(seconds(40))
    bench.remove("second")

    bench.run(seconds(15 * 3 + 2 * 4))
    bench.run(seconds(20))

    assert [fact.nwk_address for fact in bench.facts(NeighbourAged, first)] == [second.address]
    assert first.machine.state.neighbours.get(second.address) is None


def test_parent_that_falls_silent_stays_the_parent() -> None:
    bench, _, first, _ = two_routers()
    bench.run(seconds(40))
    bench.remove("hub")

    bench.run(minutes(2))

    parent = first.machine.state.neighbours.parent
    assert parent is not None
    assert parent.outgoing_cost == 0
    assert 0 in {fact.nwk_address for fact in bench.facts(NeighbourAged, first)}


def test_long_list_is_split_with_one_entry_in_both_frames() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    reader = bench.add("reader", DeviceType.ROUTER)
    bench.run(seconds(3))
    for number in range(1, 31):
        hub.machine.state.neighbours.put(
            Neighbour(NwkAddress(number), None, DeviceType.ROUTER, Relation.SIBLING, lqi=255)
        )
    bench.sent.clear()
    bench.run(seconds(18))

    first, second = statuses(bench, hub, reader)
    assert (first.first_frame, first.last_frame) == (True, False)
    assert (second.first_frame, second.last_frame) == (False, True)
    assert len(first.entries) == ENTRIES_IN_ONE_FRAME
    assert first.entries[-1] == second.entries[0]
    assert isinstance(first.entries[0], LinkStatusEntry)
    assert max(len(request.msdu) for _, request in bench.sent) <= 127 - 11


def test_end_device_takes_no_notice() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    bench.join("router", ROUTER, hub)
    device = bench.join("device", LISTENER, hub)

    bench.run(minutes(1))

    assert [row.relation for row in device.machine.state.neighbours] == [Relation.PARENT]
