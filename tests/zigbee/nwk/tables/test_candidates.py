from dataclasses import replace

from hypothesis import given

from emulator.radio.port import Channel
from emulator.testing.stack.nwk_bench import CHANNEL
from emulator.testing.strategies.strategies import any_octets
from emulator.zigbee.addresses import ExtendedPanId, NwkAddress, PanId
from emulator.zigbee.facts import FrameDropped, MalformedFrame
from emulator.zigbee.mac.primitives import MlmeBeaconNotifyIndication
from emulator.zigbee.nwk.frames import BeaconPayload
from emulator.zigbee.nwk.tables.candidates import Candidates

NETWORK = ExtendedPanId(0xABCD)
PAYLOAD = BeaconPayload(
    protocol_id=0,
    stack_profile=2,
    protocol_version=2,
    reserved=0,
    router_capacity=True,
    depth=1,
    end_device_capacity=True,
    extended_pan_id=NETWORK,
)


def beacon(
    source: int, payload: BeaconPayload = PAYLOAD, *, lqi: int = 200, permit: bool = True
) -> MlmeBeaconNotifyIndication:
    return MlmeBeaconNotifyIndication(
        channel=CHANNEL,
        pan_id=PanId(0x5A17),
        source=NwkAddress(source),
        association_permit=permit,
        pan_coordinator=False,
        payload=payload.encode(),
        lqi=lqi,
        rssi=-50,
    )


def heard(*beacons: MlmeBeaconNotifyIndication) -> Candidates:
    candidates = Candidates()
    for each in beacons:
        assert candidates.hear(each) is None
    return candidates


def order(candidates: Candidates, *, router: bool = True, joining: bool = True) -> list[int]:
    parents = candidates.parents(NETWORK, router=router, joining=joining)
    return [each.address for each in parents]


def test_most_recent_update_id_comes_first_then_link_then_depth() -> None:
    candidates = heard(
        beacon(1, lqi=100),
        beacon(2, lqi=250),
        beacon(3, replace(PAYLOAD, depth=0), lqi=250),
        beacon(4, replace(PAYLOAD, update_id=1), lqi=50),
    )

    assert order(candidates) == [4, 3, 2, 1]


def test_parent_without_capacity_for_our_kind_is_left_out() -> None:
    candidates = heard(
        beacon(1, replace(PAYLOAD, router_capacity=False)),
        beacon(2, replace(PAYLOAD, end_device_capacity=False)),
    )

    assert order(candidates, router=True) == [2]
    assert order(candidates, router=False) == [1]


def test_closed_parent_serves_for_a_rejoin_only() -> None:
    candidates = heard(beacon(1, permit=False))

    assert order(candidates, joining=True) == []
    assert order(candidates, joining=False) == [1]


def test_parents_of_another_network_are_left_out() -> None:
    other = replace(PAYLOAD, extended_pan_id=ExtendedPanId(1))

    assert order(heard(beacon(1, other))) == []


def test_latest_beacon_of_a_router_counts() -> None:
    candidates = heard(beacon(1, permit=True), beacon(1, permit=False))

    assert not candidates.networks()[0].permit_joining


def test_channel_counts_its_networks() -> None:
    candidates = heard(beacon(1), beacon(2), replace(beacon(3), pan_id=PanId(9)))

    assert candidates.networks_on(CHANNEL) == 2
    assert candidates.networks_on(Channel(0, 26)) == 0
    assert candidates.pan_ids() == {0x5A17, 9}


def test_beacon_of_another_stack_profile_is_dropped() -> None:
    fact = Candidates().hear(beacon(1, replace(PAYLOAD, stack_profile=1)))

    assert isinstance(fact, FrameDropped)


def test_cut_off_payload_is_a_malformed_frame() -> None:
    short = replace(beacon(1), payload=PAYLOAD.encode()[:-1])

    assert isinstance(Candidates().hear(short), MalformedFrame)


def test_cleared_candidates_know_no_network() -> None:
    candidates = heard(beacon(1))

    candidates.clear()

    assert candidates.networks() == ()


@given(any_octets(20))
def test_any_payload_is_taken_or_told(payload: bytes) -> None:
    candidates = Candidates()

    fact = candidates.hear(replace(beacon(1), payload=payload))

    assert (fact is None) is (len(candidates.networks()) == 1)
