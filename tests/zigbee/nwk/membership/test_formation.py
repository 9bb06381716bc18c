from itertools import product

from emulator.kernel.units import seconds
from emulator.radio.port import Channel
from emulator.testing.stack.nwk_bench import CHANNEL, NwkBench
from emulator.zigbee.addresses import ExtendedPanId, NwkAddress, PanId
from emulator.zigbee.mac.primitives import (
    MacStatus,
    MlmeBeaconNotifyIndication,
    MlmeScanConfirm,
    ScanKind,
)
from emulator.zigbee.nwk.facts import NetworkFormed, UnexpectedEvent
from emulator.zigbee.nwk.membership.formation import Formation, FormationEvent, FormationState
from emulator.zigbee.nwk.primitives import (
    DeviceType,
    NlmeNetworkFormationConfirm,
    NlmeNetworkFormationRequest,
    NwkStatus,
)

QUIET, LOUD = Channel(0, 20), Channel(0, 25)


def test_forms_on_the_quietest_channel() -> None:
    bench = NwkBench()
    bench.energies = {CHANNEL: 90, QUIET: 5, LOUD: 200}
    hub = bench.add("hub", DeviceType.COORDINATOR)

    hub.post(NlmeNetworkFormationRequest((CHANNEL, QUIET, LOUD), 3))
    bench.run(seconds(1))

    [confirm] = hub.of(NlmeNetworkFormationConfirm)
    assert (confirm.status, confirm.channel) == (NwkStatus.SUCCESS, QUIET)
    assert hub.mac.pib["channel"] == QUIET
    assert hub.address == 0
    assert bench.facts(NetworkFormed, hub)


def test_channel_without_a_network_beats_a_quieter_one_with() -> None:
    bench = NwkBench()
    bench.energies = {CHANNEL: 5, QUIET: 40}
    bench.coordinator("other")
    hub = bench.add("hub", DeviceType.COORDINATOR)

    hub.post(NlmeNetworkFormationRequest((CHANNEL, QUIET), 3))
    bench.run(seconds(1))

    assert hub.of(NlmeNetworkFormationConfirm)[0].channel == QUIET


def test_pan_identifier_is_drawn_and_free() -> None:
    for seed in range(20):
        bench = NwkBench(seed)
        taken = bench.coordinator("other").machine.state.nib.pan_id
        hub = bench.coordinator()

        assert 0 < hub.machine.state.nib.pan_id <= 0x3FFF
        assert hub.machine.state.nib.pan_id != taken


def test_identifiers_that_were_asked_for_are_taken() -> None:
    bench = NwkBench()
    hub = bench.add("hub", DeviceType.COORDINATOR)

    hub.post(NlmeNetworkFormationRequest((CHANNEL,), 3, PanId(0x5A17), ExtendedPanId(77)))
    bench.run(seconds(1))

    nib = hub.machine.state.nib
    assert (nib.pan_id, nib.extended_pan_id) == (0x5A17, 77)


def test_extended_pan_identifier_is_our_own_eui64_by_default() -> None:
    hub = NwkBench().coordinator()

    assert hub.machine.state.nib.extended_pan_id == ExtendedPanId(hub.eui64)


def test_only_a_coordinator_forms() -> None:
    bench = NwkBench()
    router = bench.add("router", DeviceType.ROUTER)

    router.post(NlmeNetworkFormationRequest((CHANNEL,), 3))

    assert router.of(NlmeNetworkFormationConfirm)[0].status is NwkStatus.INVALID_REQUEST
    assert router.address == 0xFFFF


def test_scan_that_fails_is_a_startup_failure() -> None:
    bench = NwkBench()
    hub = bench.add("hub", DeviceType.COORDINATOR)
    formation = Formation(hub.machine.state)
    formation.handle(NlmeNetworkFormationRequest((CHANNEL,), 3), bench.now)

    effects = formation.handle(
        MlmeScanConfirm(ScanKind.ENERGY, MacStatus.SCAN_IN_PROGRESS), bench.now
    )

    assert effects == [NlmeNetworkFormationConfirm(NwkStatus.STARTUP_FAILURE)]
    assert formation.state is FormationState.IDLE


def test_every_pair_the_table_does_not_list_leaves_the_state_alone() -> None:
    bench = NwkBench()
    hub = bench.add("hub", DeviceType.COORDINATOR)
    events: tuple[FormationEvent, ...] = (
        NlmeNetworkFormationRequest((CHANNEL,), 3),
        MlmeScanConfirm(ScanKind.ACTIVE, MacStatus.SUCCESS),
        MlmeBeaconNotifyIndication(CHANNEL, PanId(1), NwkAddress(0), True, True, b"", 255, -40),
    )

    for where, event in product(FormationState, events):
        if (where, type(event)) in Formation.table:
            continue
        formation = Formation(hub.machine.state)
        formation.state = where
        [fact] = formation.handle(event, bench.now)
        assert isinstance(fact, UnexpectedEvent)
        assert formation.state is where
