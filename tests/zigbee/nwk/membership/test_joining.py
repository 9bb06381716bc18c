from itertools import product

import pytest

from emulator.kernel.units import Instant, seconds
from emulator.testing.stack.nwk_bench import (
    CHANNEL,
    LISTENER,
    NETWORK_KEY,
    ROUTER,
    SLEEPER,
    NwkBench,
)
from emulator.zigbee.addresses import ExtendedPanId, NwkAddress
from emulator.zigbee.mac.primitives import (
    AssociationStatus,
    CapabilityInformation,
    MacStatus,
    MlmeAssociateConfirm,
)
from emulator.zigbee.nwk.facts import Associated, JoinAttemptFailed, UnexpectedEvent
from emulator.zigbee.nwk.membership.joining import Joining, JoiningEvent, JoiningState
from emulator.zigbee.nwk.primitives import (
    DeviceType,
    JoinMethod,
    NlmeJoinConfirm,
    NlmeJoinRequest,
    NlmePermitJoiningRequest,
    NlmeSetKeyRequest,
    NwkStatus,
)
from emulator.zigbee.nwk.tables.neighbour_table import Relation
from emulator.zigbee.nwk.traffic.parent_link import ParentLink


@pytest.mark.parametrize("what", [ROUTER, LISTENER, SLEEPER], ids=["router", "listener", "sleeper"])
def test_device_associates_and_holds_no_key(what: CapabilityInformation) -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    kind = DeviceType.ROUTER if what.full_function_device else DeviceType.END_DEVICE
    joiner = bench.add("joiner", kind)

    bench.associate(joiner, hub, what)

    [confirm] = joiner.of(NlmeJoinConfirm)
    nib = joiner.machine.state.nib
    assert (confirm.status, confirm.parent, confirm.channel) == (NwkStatus.SUCCESS, 0, CHANNEL)
    assert confirm.nwk_address == joiner.mac.pib["short_address"] == nib.nwk_address
    assert (nib.joined, nib.authenticated, nib.depth) == (True, False, 1)
    assert joiner.mac.pib["rx_on_when_idle"] is what.rx_on_when_idle
    assert bench.facts(Associated, joiner)


def test_parent_is_known_by_both_addresses() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    joiner = bench.add("joiner", DeviceType.ROUTER)

    bench.associate(joiner, hub, ROUTER)

    parent = joiner.machine.state.neighbours.parent
    assert parent is not None
    assert (parent.address, parent.eui64, parent.relation) == (0, hub.eui64, Relation.PARENT)
    assert joiner.machine.state.eui64_of(NwkAddress(0)) == hub.eui64


def test_network_that_was_not_heard_is_no_networks() -> None:
    joiner = NwkBench().add("joiner", DeviceType.ROUTER)

    joiner.post(NlmeJoinRequest(ExtendedPanId(5), JoinMethod.ASSOCIATION, ROUTER))

    assert joiner.of(NlmeJoinConfirm)[0].status is NwkStatus.NO_NETWORKS


def test_parent_that_closed_since_refuses_and_the_next_is_asked() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    bench.join("router", ROUTER, hub)
    joiner = bench.add("joiner", DeviceType.ROUTER)
    bench.after(seconds(0.5), lambda: hub.post(NlmePermitJoiningRequest(0)))

    bench.associate(joiner, hub, ROUTER)
    bench.run(seconds(2))

    [failed] = bench.facts(JoinAttemptFailed, joiner)
    assert (failed.parent, failed.reason) == (0, AssociationStatus.PAN_ACCESS_DENIED.name)
    assert joiner.of(NlmeJoinConfirm)[0].status is NwkStatus.SUCCESS
    assert joiner.machine.state.nib.depth == 2


def test_parent_that_vanished_is_told_with_the_status_of_the_mac() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    joiner = bench.add("joiner", DeviceType.ROUTER)
    bench.after(seconds(0.5), lambda: bench.remove("hub"))

    bench.associate(joiner, hub, ROUTER)

    assert joiner.of(NlmeJoinConfirm)[0].status is NwkStatus.MAC_NO_ACK


def test_device_that_is_on_a_network_may_not_join_another() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    router = bench.join("router", ROUTER, hub)

    router.post(NlmeJoinRequest(ExtendedPanId(5), JoinMethod.ASSOCIATION, ROUTER))

    assert router.of(NlmeJoinConfirm)[-1].status is NwkStatus.INVALID_REQUEST
    assert router.machine.state.nib.joined


def test_key_of_the_network_before_is_forgotten() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    joiner = bench.add("joiner", DeviceType.ROUTER)
    joiner.post(NlmeSetKeyRequest(NETWORK_KEY, 0))

    bench.associate(joiner, hub, ROUTER)

    assert joiner.machine.state.keys.active is None


def test_every_pair_the_table_does_not_list_leaves_the_state_alone() -> None:
    state = NwkBench().add("joiner", DeviceType.ROUTER).machine.state
    events: tuple[JoiningEvent, ...] = (
        NlmeJoinRequest(ExtendedPanId(5), JoinMethod.ASSOCIATION, ROUTER),
        MlmeAssociateConfirm(MacStatus.NO_ACK),
    )

    for where, event in product(JoiningState, events):
        if (where, type(event)) in Joining.table:
            continue
        joining = Joining(state, ParentLink(state))
        joining.state = where
        [fact] = joining.handle(event, Instant(0))
        assert isinstance(fact, UnexpectedEvent)
        assert joining.state is where
