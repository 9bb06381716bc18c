import pytest

from emulator.kernel.identity import Eui64
from emulator.testing.stack.nwk_bench import NwkBench
from emulator.zigbee.addresses import NO_NWK_ADDRESS, NwkAddress
from emulator.zigbee.nwk.frames import BeaconPayload
from emulator.zigbee.nwk.primitives import DeviceType
from emulator.zigbee.nwk.settings import NwkSettings
from emulator.zigbee.nwk.state import NwkState, device_type_of, link_cost
from emulator.zigbee.nwk.tables.neighbour_table import Neighbour, Relation

STEPS = NwkSettings().link_cost_steps


def state(kind: DeviceType = DeviceType.ROUTER, settings: NwkSettings | None = None) -> NwkState:
    return NwkBench().add("node", kind, settings=settings).machine.state


def meet(nwk: NwkState, address: int, relation: Relation) -> None:
    kind = device_type_of(NwkAddress(address), router=relation is not Relation.CHILD)
    nwk.neighbours.put(Neighbour(NwkAddress(address), Eui64(address + 1), kind, relation))


def test_neighbour_is_its_own_next_hop_and_beats_a_route() -> None:
    nwk = state()
    meet(nwk, 5, Relation.SIBLING)
    nwk.routes.learn(NwkAddress(5), NwkAddress(9))

    assert nwk.next_hop(NwkAddress(5)) == 5


def test_router_that_fell_silent_is_reached_by_a_route_where_there_is_one() -> None:
    nwk = state()
    meet(nwk, 5, Relation.SIBLING)
    row = nwk.neighbours.get(NwkAddress(5))
    assert row is not None
    row.age = nwk.settings.router_age_limit + 1

    before = nwk.next_hop(NwkAddress(5))
    nwk.routes.learn(NwkAddress(5), NwkAddress(9))

    assert (before, nwk.next_hop(NwkAddress(5))) == (5, 9)


def test_router_without_a_route_knows_nobody_to_hand_a_frame_to() -> None:
    nwk = state()
    meet(nwk, 7, Relation.PARENT)

    assert nwk.next_hop(NwkAddress(0x1234)) is None


def test_router_that_takes_nothing_is_out_of_reach_until_nothing_else_is_left() -> None:
    nwk = state()
    meet(nwk, 7, Relation.PARENT)
    row = nwk.neighbours.get(NwkAddress(7))
    assert row is not None
    row.broken = True

    assert nwk.next_hop(NwkAddress(7), last_resort=False) is None
    assert nwk.next_hop(NwkAddress(7)) == 7


def test_end_device_sends_everything_to_its_parent() -> None:
    nwk = state(DeviceType.END_DEVICE)
    assert nwk.next_hop(NwkAddress(5)) is None

    meet(nwk, 7, Relation.PARENT)

    assert nwk.next_hop(NwkAddress(5)) == 7


def test_drawn_address_is_nobodys() -> None:
    nwk = state()
    nwk.nib.nwk_address = NwkAddress(1)
    nwk.learn_address(Eui64(99), NwkAddress(2))
    meet(nwk, 3, Relation.CHILD)

    drawn = {nwk.free_address() for _ in range(2000)}

    assert not drawn & {0, 1, 2, 3}
    assert max(drawn) < 0xFFF8


def test_address_that_is_none_is_not_learned() -> None:
    nwk = state()

    nwk.learn_address(Eui64(99), NO_NWK_ADDRESS)

    assert nwk.address_map.address_of(Eui64(99)) is None


def test_forgotten_device_leaves_no_trace() -> None:
    nwk = state()
    meet(nwk, 3, Relation.CHILD)
    nwk.learn_address(Eui64(4), NwkAddress(3))
    nwk.routes.learn(NwkAddress(8), NwkAddress(3))

    nwk.forget_device(NwkAddress(3))

    assert nwk.neighbours.get(NwkAddress(3)) is None
    assert nwk.eui64_of(NwkAddress(3)) is None
    assert nwk.routes.next_hop(NwkAddress(8)) is None


def test_beacon_shows_depth_network_and_capacity() -> None:
    nwk = state(settings=NwkSettings(max_children=1))
    nwk.nib.depth, nwk.nib.update_id = 2, 3
    request = nwk.beacon()
    assert request.beacon_payload is not None

    shown = BeaconPayload.decode(request.beacon_payload)
    meet(nwk, 3, Relation.CHILD)
    full = nwk.beacon()
    assert full.beacon_payload is not None

    assert (shown.depth, shown.update_id, shown.router_capacity) == (2, 3, True)
    assert not BeaconPayload.decode(full.beacon_payload).end_device_capacity


def test_deepest_router_has_no_capacity() -> None:
    nwk = state()
    nwk.nib.depth = 15

    assert not nwk.capacity()


@pytest.mark.parametrize(("lqi", "cost"), [(255, 1), (200, 1), (199, 2), (60, 5), (29, 7), (0, 7)])
def test_link_cost_falls_with_quality(lqi: int, cost: int) -> None:
    assert link_cost(lqi, STEPS) == cost


def test_address_zero_is_the_coordinator() -> None:
    assert device_type_of(NwkAddress(0), router=True) is DeviceType.COORDINATOR
    assert device_type_of(NwkAddress(1), router=True) is DeviceType.ROUTER
    assert device_type_of(NwkAddress(1), router=False) is DeviceType.END_DEVICE
