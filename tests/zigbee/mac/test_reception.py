import pytest

from emulator.kernel.units import milliseconds
from emulator.radio.port import RadioReceived, RadioTransmitted, TransmitOutcome
from emulator.testing.stack.mac_bench import CHANNEL, PAN, MacBench
from emulator.zigbee.addresses import NwkAddress
from emulator.zigbee.facts import FrameDropped, MalformedFrame
from emulator.zigbee.mac.primitives import (
    MacStatus,
    McpsDataIndication,
    MlmeBeaconNotifyIndication,
    MlmePollConfirm,
    MlmePollRequest,
    MlmeScanRequest,
    MlmeSetRequest,
    ScanKind,
)

DATA = "6188 07 175a 3412 0000 4802"


@pytest.fixture
def node() -> MacBench:
    bench = MacBench("node")
    address = NwkAddress(0x1234)
    bench.ask("node", MlmeSetRequest(channel=CHANNEL, pan_id=PAN, short_address=address))
    return bench


def hear(bench: MacBench, text: str) -> None:
    bench.nodes["node"].post(RadioReceived(bytes.fromhex(text), -70, 180))


def dropped(bench: MacBench) -> list[str]:
    return [fact.reason for _, fact in bench.trace.of(FrameDropped)]


def test_data_is_indicated_with_how_well_it_was_heard(node: MacBench) -> None:
    hear(node, DATA)

    assert node.heard["node"] == [
        McpsDataIndication(NwkAddress(0), NwkAddress(0x1234), PAN, b"\x48\x02", 180, -70)
    ]


def test_data_to_our_eui64_is_indicated_as_for_our_short_address(node: MacBench) -> None:
    hear(node, "618c 07 175a a090785634 12db00 0000 4802")

    (indication,) = node.of("node", McpsDataIndication)
    assert indication.destination == 0x1234


def test_repeated_data_is_a_duplicate(node: MacBench) -> None:
    hear(node, DATA)
    hear(node, DATA)

    assert len(node.heard["node"]) == 1
    assert dropped(node) == ["duplicate"]


def test_broadcast_data_is_never_a_duplicate(node: MacBench) -> None:
    for _ in range(2):
        hear(node, "4188 07 175a ffff 0000 4802")

    assert len(node.heard["node"]) == 2


def test_data_without_payload_is_not_indicated(node: MacBench) -> None:
    hear(node, "6188 07 175a 3412 0000")

    assert node.heard["node"] == []


def test_beacon_is_indicated_with_its_payload(node: MacBench) -> None:
    hear(node, "0080 07 175a 0000 ffcf 00 00 002284")

    assert node.heard["node"] == [
        MlmeBeaconNotifyIndication(
            channel=CHANNEL,
            pan_id=PAN,
            source=NwkAddress(0),
            association_permit=True,
            pan_coordinator=True,
            payload=bytes.fromhex("002284"),
            lqi=180,
            rssi=-70,
        )
    ]


DROPPED = {
    "data by EUI-64": ("61c8 07 175a 3412 a190785634 12db00 4802", "without short source"),
    "beacon by EUI-64": ("00c0 07 175a a190785634 12db00 ffcf 00 00", "without short source"),
    "association request": ("23c8 07 175a 3412 ffff a190785634 12db00 018e", "not permitted"),
    "orphan": ("43c8 07 ffff ffff a190785634 12db00 06", "OrphanNotification has no use here"),
    "realignment": ("0388 07 ffff ffff 175a 0000 08 175a 0000 0f ffff", "CoordinatorRealignment"),
    "answer by short address": ("6388 07 175a 3412 0000 02 3412 00", "AssociationResponse"),
    "acknowledgement": ("0200 07", "acknowledgement"),
}


@pytest.mark.parametrize(("text", "reason"), DROPPED.values(), ids=DROPPED)
def test_frame_without_use_is_dropped_with_its_reason(
    node: MacBench, text: str, reason: str
) -> None:
    hear(node, text)

    assert node.heard["node"] == []
    assert reason in dropped(node)[0]


def test_repeated_command_is_a_duplicate(node: MacBench) -> None:
    for _ in range(2):
        hear(node, "23c8 07 175a 3412 ffff a190785634 12db00 018e")

    assert dropped(node) == ["association is not permitted", "duplicate"]


MALFORMED = {
    "nothing": "",
    "MAC security": "0980 01 175a 0000",
    "beacon cut off": "0080 07 175a 0000 ff",
    "command 0": "6388 07 175a 3412 0000 00",
    "command without identifier": "6388 07 175a 3412 0000",
}


@pytest.mark.parametrize("text", MALFORMED.values(), ids=MALFORMED)
def test_octets_that_are_no_frame_become_a_fact(node: MacBench, text: str) -> None:
    hear(node, text)

    ((record, fact),) = node.trace.of(MalformedFrame)
    assert record.node == "node"
    assert (fact.layer, fact.octets) == ("mac", bytes.fromhex(text))


def test_only_beacons_count_during_a_scan(node: MacBench) -> None:
    node.ask("node", MlmeScanRequest(ScanKind.ACTIVE, (CHANNEL,), 3))
    node.run(milliseconds(50))

    hear(node, DATA)
    hear(node, "6388 07 175a 3412 0000 04")
    hear(node, "0080 07 185a 0000 ffcf 00 00 002284")

    assert len(node.heard["node"]) == 1
    assert dropped(node) == [
        "data during a scan (7.5.2.1)",
        "command during a scan (7.5.2.1)",
    ]


def test_broadcast_does_not_count_as_the_answer_to_a_poll(node: MacBench) -> None:
    node.ask("node", MlmePollRequest(NwkAddress(0)))
    node.nodes["node"].post(RadioTransmitted(1, TransmitOutcome.ACKED, frame_pending=True))

    hear(node, "4188 07 175a ffff 0000 4802")
    assert node.of("node", MlmePollConfirm) == []
    hear(node, DATA)

    assert node.of("node", MlmePollConfirm) == [MlmePollConfirm(MacStatus.SUCCESS)]
