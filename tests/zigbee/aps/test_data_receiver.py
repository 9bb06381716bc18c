"""Which data frames are acknowledged, delivered, or dropped with which reason."""

import pytest

from emulator.kernel.units import seconds
from emulator.testing.stack.aps_link import ApsLink, Station
from emulator.testing.stack.aps_scene import HUB, KEY, METER_ADDRESS, message, pair, reasons, share
from emulator.zigbee.addresses import BROADCAST_RX_ON, COORDINATOR
from emulator.zigbee.aps.facts import ApsDuplicate
from emulator.zigbee.aps.frame_security import FrameSecurity
from emulator.zigbee.aps.frames import ApsHeader
from emulator.zigbee.aps.key_pairs import LAST_COUNTER, DeviceKeyPairSet, KeyPair
from emulator.zigbee.aps.primitives import KeyOrigin
from emulator.zigbee.facts import MalformedFrame
from emulator.zigbee.nwk.primitives import NldeDataRequest
from emulator.zigbee.security.frames import KeyIdentifier, auxiliary_header


def hear(octets: str) -> tuple[ApsLink, Station]:
    """A meter that heard one frame from the hub."""
    link, _, meter = pair()
    link.deliver(COORDINATOR, NldeDataRequest(1, METER_ADDRESS, bytes.fromhex(octets)))
    return link, meter


@pytest.mark.parametrize(
    ("octets", "reason"),
    [
        # control, group, cluster, profile, endpoint, counter
        ("0c 3412 0207 0901 01 05", "no groups"),
        # control, endpoint, cluster, profile, endpoint, counter
        ("04 01 0207 0901 01 05", "no groups"),
        # the same with extended frame control and number of blocks, no acknowledgement asked for
        ("80 01 0207 0901 01 05 01 02", "fragment without acknowledgement"),
        ("c0 01 0207 0901 01 05 02 01", "fragment out of turn"),
        ("03 00", "inter-PAN"),
    ],
)
def test_a_frame_against_a_rule_is_dropped_and_not_acknowledged(octets: str, reason: str) -> None:
    link, meter = hear(octets)

    assert reason in reasons(link)
    assert (meter.asdus, link.carried) == ([], [])


@pytest.mark.parametrize("octets", ["", "00", "00 01 0207 0901 01", "c0 01 0207 0901 01 05 01"])
def test_a_frame_cut_off_is_malformed(octets: str) -> None:
    link, _ = hear(octets)

    assert len(link.facts(MalformedFrame)) == 1


@pytest.mark.parametrize("octets", ["20 01 0207 0901 01 05 00", "20 01 0207 0901 01 05"])
def test_an_auxiliary_header_cut_off_is_malformed(octets: str) -> None:
    link, _ = hear(octets)

    assert len(link.facts(MalformedFrame)) == 1


def test_the_network_key_protects_no_aps_frame() -> None:
    # data header with security, security control naming the network key, counter, sequence, MIC
    link, _ = hear("20 01 0207 0901 01 05 08 00000000 00 00000000")

    assert "network key named" in reasons(link)


def test_a_last_block_that_comes_again_is_acknowledged_again() -> None:
    link, hub, meter = pair()
    hub.post(message(bytes(100)))
    link.run(seconds(1))

    link.deliver(COORDINATOR, link.carried[2])
    link.run(seconds(1))

    assert (meter.asdus, len(link.carried)) == ([bytes(100)], 5)
    assert len(link.facts(ApsDuplicate)) == 1


def sealed_by_hub(identifier: KeyIdentifier) -> bytes:
    header = ApsHeader.decode(bytes.fromhex("60 01 0207 0901 01 05"))
    pair_of_hub = KeyPair(HUB, KEY, KeyOrigin.CBKE)
    security = FrameSecurity(HUB, DeviceKeyPairSet(), extended_nonce=True)
    return security.seal(header, b"reading", pair_of_hub, identifier)


def test_data_under_a_key_that_transports_keys_is_dropped() -> None:
    link, hub, meter = pair()
    share(hub, meter)

    frame = sealed_by_hub(KeyIdentifier.KEY_LOAD)
    link.deliver(COORDINATOR, NldeDataRequest(1, METER_ADDRESS, frame))

    assert (meter.asdus, link.carried) == ([], [])
    assert "transports keys" in reasons(link)


def test_a_device_whose_counter_is_used_up_acknowledges_nothing_under_the_key() -> None:
    link, hub, meter = pair()
    share(hub, meter)
    shared = meter.aps.keys.get(HUB)
    assert shared is not None
    shared.outgoing = LAST_COUNTER

    frame = sealed_by_hub(KeyIdentifier.DATA)
    link.deliver(COORDINATOR, NldeDataRequest(1, METER_ADDRESS, frame))

    assert (meter.asdus, link.carried) == ([b"reading"], [])


def test_a_broadcast_that_asks_for_an_acknowledgement_gets_none() -> None:
    link, _, meter = pair()

    frame = bytes.fromhex("48 01 0207 0901 01 05 aa")
    link.deliver(COORDINATOR, NldeDataRequest(1, BROADCAST_RX_ON, frame))

    assert (meter.asdus, link.carried) == ([b"\xaa"], [])


def test_a_frame_without_extended_nonce_from_a_stranger_is_dropped() -> None:
    link, hub, meter = pair()
    share(hub, meter)
    meter.address_map.forget(HUB)

    header = bytes.fromhex("20 01 0207 0901 01 05")
    frame = header + auxiliary_header(KeyIdentifier.DATA, 5).encode() + bytes(8)
    link.deliver(COORDINATOR, NldeDataRequest(1, METER_ADDRESS, frame))

    assert "no link key" in reasons(link)
