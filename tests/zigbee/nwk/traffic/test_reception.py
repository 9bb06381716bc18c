from dataclasses import replace

import pytest

from emulator.kernel.units import seconds
from emulator.testing.stack.nwk_bench import LISTENER, ROUTER, SLEEPER, BenchNode, NwkBench
from emulator.zigbee.addresses import NwkAddress, PanId
from emulator.zigbee.facts import FrameDropped, MalformedFrame
from emulator.zigbee.mac.primitives import McpsDataIndication
from emulator.zigbee.nwk.facts import ChildDropped
from emulator.zigbee.nwk.frames import NwkHeader
from emulator.zigbee.nwk.primitives import (
    DeviceType,
    NetworkStatusCode,
    NldeDataIndication,
    NldeDataRequest,
    NlmeNwkStatusIndication,
)
from emulator.zigbee.nwk.traffic.protection import seal

HUB = NwkAddress(0)


def pair() -> tuple[NwkBench, BenchNode, BenchNode]:
    bench = NwkBench()
    hub = bench.coordinator()
    return bench, hub, bench.join("device", LISTENER, hub)


def frame(sender: BenchNode, receiver: BenchNode, msdu: bytes) -> McpsDataIndication:
    return McpsDataIndication(
        sender.address, receiver.address, receiver.machine.state.nib.pan_id, msdu, 255, -40
    )


def sealed(sender: BenchNode, octets: str, payload: bytes = b"payload") -> bytes:
    msdu = seal(sender.machine.state, NwkHeader.decode(bytes.fromhex(octets)), payload)
    assert msdu is not None
    return msdu


def header(sender: BenchNode, control: str = "0802") -> str:
    return f"{control} 0000 {sender.address.to_bytes(2, 'little').hex()} 1e 07"


def reasons(bench: NwkBench, node: BenchNode) -> str:
    return " ".join(fact.reason for fact in bench.facts(FrameDropped, node))


def test_replayed_frame_is_delivered_once() -> None:
    bench, hub, device = pair()
    replay = frame(device, hub, sealed(device, header(device)))

    hub.node.post(replay)
    hub.node.post(replay)

    assert len(hub.of(NldeDataIndication)) == 1
    assert "not fresh" in reasons(bench, hub)
    assert hub.machine.state.keys.replays == 1


@pytest.mark.parametrize(
    ("control", "reason"),
    [
        ("0c02", "protocol version 3"),
        ("0b02", "frame type INTER_PAN"),
        ("0a02", "frame type unknown"),
        ("0803", "multicast"),
    ],
)
def test_header_we_do_not_act_on_is_dropped(control: str, reason: str) -> None:
    bench, hub, device = pair()
    extra = " 00" if control == "0803" else ""

    msdu = bytes.fromhex(header(device, control) + extra) + bytes(20)
    hub.node.post(frame(device, hub, msdu))

    assert reason in reasons(bench, hub)
    assert hub.of(NldeDataIndication) == []


def test_broadcast_address_as_source_is_dropped() -> None:
    bench, hub, device = pair()

    hub.node.post(frame(device, hub, bytes.fromhex("0800 0000 fdff 1e 07 00")))

    assert "broadcast address" in reasons(bench, hub)


def test_frame_of_another_pan_comes_to_nothing() -> None:
    bench, hub, device = pair()
    foreign = frame(device, hub, sealed(device, header(device)))

    hub.node.post(replace(foreign, pan_id=PanId(0x7777)))

    assert hub.of(NldeDataIndication) == []
    assert bench.facts(FrameDropped, hub) == []


def test_cut_off_header_is_malformed() -> None:
    bench, hub, device = pair()

    hub.node.post(frame(device, hub, bytes.fromhex("0802 0000")))

    [fact] = bench.facts(MalformedFrame, hub)
    assert fact.octets == bytes.fromhex("08020000")


def test_cut_off_command_is_malformed() -> None:
    bench, hub, device = pair()

    hub.node.post(frame(device, hub, sealed(device, header(device, "0902"), b"\x08\x61\x34")))

    assert "LinkStatus" in bench.facts(MalformedFrame, hub)[0].reason


def test_unlisted_command_is_answered_with_a_network_status() -> None:
    bench, hub, device = pair()

    hub.node.post(frame(device, hub, sealed(device, header(device, "0902"), b"\xee\x01")))
    bench.run(seconds(1))

    [status] = device.of(NlmeNwkStatusIndication)
    assert status.status is NetworkStatusCode.UNKNOWN_COMMAND


@pytest.mark.parametrize("identifier", ["03", "04", "07", "08", "0b"])
def test_unsecured_command_of_a_stranger_is_dropped(identifier: str) -> None:
    bench, hub, device = pair()

    msdu = bytes.fromhex(header(device, "0900") + identifier + "000000")
    hub.node.post(frame(device, hub, msdu))

    assert "unsecured command" in reasons(bench, hub)


def test_unsecured_frame_is_never_forwarded() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    router = bench.join("router", ROUTER, hub)
    joiner = bench.add("joiner", DeviceType.END_DEVICE)
    bench.part(joiner, hub)
    bench.associate(joiner, router, LISTENER)
    bench.sent.clear()

    msdu = bytes.fromhex(header(joiner, "0800")) + b"payload"
    router.node.post(frame(joiner, router, msdu))
    bench.run(seconds(1))

    assert "not between neighbours" in reasons(bench, router)
    assert hub.of(NldeDataIndication) == []


def test_joiner_takes_unsecured_data_from_its_parent_only() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    router = bench.join("router", ROUTER, hub)
    joiner = bench.add("joiner", DeviceType.END_DEVICE)
    bench.associate(joiner, hub, LISTENER)
    to = joiner.address.to_bytes(2, "little").hex()
    by = router.address.to_bytes(2, "little").hex()

    joiner.node.post(frame(router, joiner, bytes.fromhex(f"0800 {to} {by} 1e 07") + b"evil"))
    joiner.node.post(frame(hub, joiner, bytes.fromhex(f"0800 {to} 0000 1e 08") + b"key"))

    assert [said.nsdu for said in joiner.of(NldeDataIndication)] == [b"key"]
    assert "unsecured data" in reasons(bench, joiner)


def test_joiner_with_the_key_takes_no_unsecured_data_any_more() -> None:
    _bench, hub, device = pair()
    to = device.address.to_bytes(2, "little").hex()

    device.node.post(frame(hub, device, bytes.fromhex(f"0800 {to} 0000 1e 08") + b"evil"))

    assert device.of(NldeDataIndication) == []


def test_child_heard_through_another_router_is_our_child_no_more() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    router = bench.join("router", ROUTER, hub)
    device = bench.join("device", LISTENER, hub)

    hub.node.post(frame(router, hub, sealed(router, header(device))))

    assert [fact.eui64 for fact in bench.facts(ChildDropped, hub)] == [device.eui64]
    assert hub.machine.state.next_hop(device.address) == router.address


def test_router_child_that_fell_silent_is_found_behind_another_router() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    router = bench.join("router", ROUTER, hub)
    moved = bench.join("moved", ROUTER, hub)
    row = hub.machine.state.neighbours.get(moved.address)
    assert row is not None
    row.age = 9

    hub.node.post(frame(router, hub, sealed(router, header(moved))))

    assert hub.machine.state.next_hop(moved.address) == router.address


def test_senders_eui64_in_the_header_is_learned() -> None:
    bench, hub, device = pair()
    hub.machine.state.address_map.clear()

    device.post(NldeDataRequest(1, HUB, b"x", extended_source=True))
    bench.run(seconds(1))

    assert hub.of(NldeDataIndication)[0].source_eui64 == device.eui64
    assert hub.machine.state.eui64_of(device.address) == device.eui64


def test_a_sleeper_that_overhears_a_broadcast_for_routers_takes_what_was_kept_before_it() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    sleeper = bench.join("sleeper", SLEEPER, hub)
    to_sleeper = sleeper.address.to_bytes(2, "little").hex()
    kept = sealed(hub, f"0802 {to_sleeper} 0000 1e 07", b"kept")
    told = sealed(hub, "0802 fcff 0000 1e 08", b"for routers")

    for msdu in (told, kept):
        sleeper.node.post(frame(hub, sleeper, msdu))

    assert [said.nsdu for said in sleeper.of(NldeDataIndication)] == [b"kept"]
    assert not bench.facts(FrameDropped, sleeper)
