"""Two APS layers and what they say to each other."""

from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.kernel.streams import Stream
from emulator.kernel.units import START, Duration, seconds
from emulator.testing.stack.aps_link import HOP
from emulator.testing.stack.aps_scene import (
    HUB,
    JOINER,
    JOINER_ADDRESS,
    KEY,
    METER,
    METER_ADDRESS,
    message,
    pair,
    reasons,
    share,
)
from emulator.zigbee.address_map import AddressMap
from emulator.zigbee.addresses import (
    BROADCAST_RX_ON,
    COORDINATOR,
    NwkAddress,
)
from emulator.zigbee.aps.facts import ApsDuplicate, ApsFragmented
from emulator.zigbee.aps.machine import ApsMachine
from emulator.zigbee.aps.primitives import (
    ApsdeDataIndication,
    ApsmeResetRequest,
    ApsmeSetLinkKeyRequest,
    ApsmeSetSleepyRequest,
    ApsSecurity,
    KeyOrigin,
)
from emulator.zigbee.aps.settings import ApsSettings
from emulator.zigbee.facts import MalformedFrame
from emulator.zigbee.nwk.primitives import NldeDataIndication, NldeDataRequest


def test_a_message_arrives_and_its_acknowledgement_confirms_it() -> None:
    link, hub, meter = pair()

    hub.post(message())
    link.run(seconds(1))

    assert meter.asdus == [b"reading"]
    assert hub.statuses == ["SUCCESS"]
    [heard] = meter.all(ApsdeDataIndication)
    assert (heard.source_eui64, heard.security) == (HUB, ApsSecurity.NWK_KEY)


def test_a_message_without_acknowledgement_is_confirmed_when_nwk_sent_it() -> None:
    link, hub, meter = pair()

    hub.post(message(ack=False))
    link.run(seconds(1))

    assert (meter.asdus, hub.statuses, len(link.carried)) == ([b"reading"], ["SUCCESS"], 1)


def test_a_broadcast_reaches_everybody_and_is_not_acknowledged() -> None:
    link, hub, meter = pair()
    other = link.station("other", JOINER, JOINER_ADDRESS)

    hub.post(message(destination=BROADCAST_RX_ON))
    link.run(seconds(1))

    assert meter.asdus == other.asdus == [b"reading"]
    assert (hub.statuses, len(link.carried)) == (["SUCCESS"], 1)


def test_a_message_is_repeated_three_times_before_it_is_given_up() -> None:
    link, hub, meter = pair()
    link.link = lambda _: ()

    hub.post(message())
    link.run(seconds(6.3))
    before = list(hub.statuses)
    link.run(seconds(0.2))

    assert (before, hub.statuses, len(link.carried)) == ([], ["NO_ACK"], 4)
    assert meter.asdus == []


def test_the_answer_of_a_sleepy_device_is_waited_for_longer() -> None:
    link, hub, _ = pair()
    link.link = lambda _: ()
    hub.post(ApsmeSetSleepyRequest(METER, sleepy=True))

    hub.post(message())
    link.run(seconds(9.9))
    before = len(link.carried)
    link.run(seconds(0.2))

    assert (before, len(link.carried)) == (1, 2)


def test_a_duplicate_is_acknowledged_again_and_not_delivered() -> None:
    link, hub, meter = pair()
    hub.post(message())
    link.run(seconds(1))

    link.deliver(COORDINATOR, link.carried[0])
    link.run(seconds(1))

    assert meter.asdus == [b"reading"]
    assert len(link.carried) == 3
    assert len(link.facts(ApsDuplicate)) == 1


def test_link_key_data_and_its_acknowledgement_are_both_protected() -> None:
    link, hub, meter = pair()
    share(hub, meter)

    hub.post(message(link_key=True))
    link.run(seconds(1))

    [heard] = meter.all(ApsdeDataIndication)
    assert (heard.security, heard.key_origin) == (ApsSecurity.LINK_KEY, KeyOrigin.CBKE)
    assert hub.statuses == ["SUCCESS"]
    assert all(frame.nsdu[0] & 0x20 for frame in link.carried)
    assert b"reading" not in link.carried[0].nsdu


def test_link_key_data_without_extended_nonce_is_opened_by_the_address_map() -> None:
    link, hub, meter = pair(ApsSettings(extended_nonce=False))
    share(hub, meter)

    hub.post(message(link_key=True))
    link.run(seconds(1))

    assert (meter.asdus, hub.statuses) == ([b"reading"], ["SUCCESS"])


def test_data_under_the_preconfigured_key_is_dropped_without_acknowledgement() -> None:
    link, hub, meter = pair()
    share(hub, meter, KeyOrigin.PRECONFIGURED)

    hub.post(message(link_key=True))
    link.run(seconds(1))

    assert (meter.asdus, len(link.carried)) == ([], 1)
    assert "ZSE 1.4 5.4.6" in reasons(link)


def test_data_under_another_key_is_dropped() -> None:
    link, hub, meter = pair()
    share(hub, meter)
    meter.post(ApsmeSetLinkKeyRequest(HUB, bytes(16), KeyOrigin.CBKE))

    hub.post(message(link_key=True))
    link.run(seconds(1))

    assert meter.asdus == []
    assert "MIC does not verify" in reasons(link)


def test_data_under_a_key_we_do_not_have_is_dropped() -> None:
    link, hub, meter = pair()
    hub.post(ApsmeSetLinkKeyRequest(METER, KEY, KeyOrigin.CBKE))

    hub.post(message(link_key=True))
    link.run(seconds(1))

    assert meter.asdus == []
    assert "no link key" in reasons(link)


def test_a_replayed_frame_is_dropped_and_not_acknowledged() -> None:
    link, hub, meter = pair()
    share(hub, meter)
    hub.post(message(link_key=True))
    link.run(seconds(30))

    link.deliver(COORDINATOR, link.carried[0])
    link.run(seconds(1))

    assert (meter.asdus, len(link.carried)) == ([b"reading"], 2)
    assert "frame counter" in reasons(link)


def test_a_repeated_secured_message_takes_a_new_counter_so_that_it_is_acknowledged() -> None:
    link, hub, meter = pair()
    share(hub, meter)
    lost = iter((True, True))

    def loses_two_acknowledgements(frame: NldeDataRequest) -> tuple[Duration, ...]:
        return () if frame.nsdu[0] & 3 == 2 and next(lost, False) else (HOP,)

    link.link = loses_two_acknowledgements

    hub.post(message(link_key=True))
    link.run(seconds(6))

    assert (meter.asdus, hub.statuses) == ([b"reading"], ["SUCCESS"])


@pytest.mark.parametrize("destination", [METER_ADDRESS, BROADCAST_RX_ON, NwkAddress(0x1234)])
def test_link_key_data_without_a_key_fails_at_once(destination: NwkAddress) -> None:
    link, hub, _ = pair()

    hub.post(message(link_key=True, destination=destination))

    assert (hub.statuses, link.carried) == (["SECURITY_FAIL"], [])


def test_an_unprotected_acknowledgement_does_not_confirm_protected_data() -> None:
    link, hub, meter = pair()
    share(hub, meter)
    link.link = lambda _: ()
    hub.post(message(link_key=True))

    counter = link.carried[0].nsdu[7]
    ack = bytes.fromhex("02 02 0207 0901 01") + bytes((counter,))
    link.deliver(METER_ADDRESS, NldeDataRequest(1, COORDINATOR, ack))

    assert hub.statuses == []
    assert "acknowledges nothing" in reasons(link)


def test_data_without_network_security_is_dropped() -> None:
    link, _, meter = pair()
    # frame control, endpoint, cluster, profile, endpoint, counter, ASDU
    frame = bytes.fromhex("00 01 0207 0901 02 11 aabb")

    link.deliver(COORDINATOR, NldeDataRequest(1, METER_ADDRESS, frame, security=False))

    assert meter.asdus == []
    assert "without any protection" in reasons(link)


def test_the_longest_initiate_of_suite_2_goes_in_one_frame() -> None:
    link, hub, meter = pair()

    hub.post(message(bytes(81)))  # ZCL header 3, suite and times 4, certificate 74
    link.run(seconds(1))

    assert len(link.carried[0].nsdu) == 89
    assert (meter.asdus, link.facts(ApsFragmented)) == ([bytes(81)], [])


def test_an_extended_nwk_header_makes_the_initiate_of_suite_2_go_in_blocks() -> None:
    link, hub, meter = pair(ApsSettings(nwk_header_extension=8))

    hub.post(message(bytes(81)))
    link.run(seconds(1))

    assert [fact.blocks for fact in link.facts(ApsFragmented)] == [2]
    assert (meter.asdus, hub.statuses) == ([bytes(81)], ["SUCCESS"])


@pytest.mark.parametrize(("link_key", "longest"), [(False, 82), (True, 65)])
def test_an_asdu_is_cut_only_when_it_does_not_fit(link_key: bool, longest: int) -> None:
    link, hub, meter = pair()
    share(hub, meter)

    hub.post(message(bytes(longest), link_key=link_key))
    hub.post(message(bytes(longest + 1), link_key=link_key))
    link.run(seconds(2))

    assert [fact.octets for fact in link.facts(ApsFragmented)] == [longest + 1]
    assert sorted(map(len, meter.asdus)) == [longest, longest + 1]
    assert max(len(frame.nsdu) for frame in link.carried) == 90


@pytest.mark.parametrize("link_key", [False, True])
def test_a_long_asdu_crosses_in_blocks_at_least_the_interframe_delay_apart(link_key: bool) -> None:
    link, hub, meter = pair()
    share(hub, meter)
    asdu = bytes(range(200)) * 6

    hub.post(message(asdu, link_key=link_key))
    link.run(seconds(0.9))
    before = len(hub.statuses)
    link.run(seconds(0.2))

    assert (before, meter.asdus, hub.statuses) == (0, [asdu], ["SUCCESS"])
    assert len(link.carried) == 40


@pytest.mark.parametrize(
    "changes", [{"ack": False}, {"destination": BROADCAST_RX_ON}, {"asdu": bytes(61 * 256)}]
)
def test_what_cannot_be_cut_is_too_long(changes: dict[str, Any]) -> None:
    link, hub, _ = pair()

    hub.post(message(**{"asdu": bytes(100), **changes}))

    assert (hub.statuses, link.carried) == (["ASDU_TOO_LONG"], [])


def test_keys_counters_and_bindings_survive_a_power_cycle() -> None:
    link, hub, meter = pair()
    share(hub, meter)
    hub.post(message(link_key=True))
    link.run(seconds(1))

    state = meter.aps.snapshot()
    restarted = ApsMachine(METER, ApsSettings(), meter.address_map, count(1), Stream("again"))
    restarted.restore(state)

    kept = restarted.keys.get(HUB)
    assert kept is not None
    assert (kept.key, kept.outgoing, kept.incoming) == (KEY, 1, 1)
    assert restarted.snapshot() == state


def test_a_cold_reset_forgets_keys_and_a_warm_one_keeps_them() -> None:
    _, hub, meter = pair()
    share(hub, meter)

    meter.post(ApsmeResetRequest(warm=True))
    warm = meter.aps.keys.get(HUB)
    meter.post(ApsmeResetRequest(warm=False))

    assert warm is not None
    assert meter.aps.keys.get(HUB) is None


def lone_machine() -> ApsMachine:
    known = AddressMap()
    known.learn(HUB, COORDINATOR)
    machine = ApsMachine(METER, ApsSettings(), known, count(1), Stream("lone"))
    machine.handle(ApsmeSetLinkKeyRequest(HUB, KEY, KeyOrigin.CBKE), START)
    return machine


@given(st.binary(max_size=110), st.booleans())
@settings(max_examples=300)
def test_any_octets_from_the_air_give_effects_and_no_exception(nsdu: bytes, secured: bool) -> None:
    machine = lone_machine()

    effects = machine.handle(
        NldeDataIndication(COORDINATOR, None, METER_ADDRESS, nsdu, secured, 255, -40), START
    )

    assert all(effect is not None for effect in effects)


def test_fifty_thousand_random_frames_raise_nothing() -> None:
    machine, drawn = lone_machine(), Stream("noise")
    malformed = 0

    for _ in range(50_000):
        nsdu = drawn.octets(drawn.integer(0, 60))
        event = NldeDataIndication(COORDINATOR, None, METER_ADDRESS, nsdu, True, 255, -40)
        malformed += sum(isinstance(e, MalformedFrame) for e in machine.handle(event, START))

    assert malformed > 1_000
