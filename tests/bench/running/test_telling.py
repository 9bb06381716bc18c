"""What a device said, as trees."""

from dataclasses import replace

from emulator.bench.cases.cases import Expectation, Outcome
from emulator.bench.running.telling import (
    alert_code,
    alert_text,
    item_tree,
    message_tree,
    result_text,
    silence_tree,
    told_tree,
)
from emulator.dlms.access import AccessRequest
from emulator.gbcs.asn1.firmware import ReadFirmwareVersionCommand
from emulator.gbcs.envelope import Message
from emulator.gbcs.gbz import GbzPayload
from emulator.gbcs.meaning.tree import Tree, lines
from emulator.gbcs.payload import decode_payload
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.testing.scenes.remote_party_bench import RemotePartyBench


def message() -> Message:
    broker = RemotePartyRole.ACCESS_CONTROL_BROKER
    made = RemotePartyBench(DeviceKind.PPMID)
    return made.command(0x0129, ReadFirmwareVersionCommand(), broker)


def test_silence_is_expected_with_or_without_an_alert() -> None:
    alone = silence_tree(Expectation(Outcome.REFUSED))
    told = silence_tree(Expectation(Outcome.REFUSED, 0x8F30))

    assert list(lines(alone)) == ["device", "  responses: 0"]
    assert list(lines(told))[-1] == "  alerts: 8F30 Source Does not have Authority for Command"


def test_nothing_said_is_counted_and_what_is_no_message_has_its_reason() -> None:
    assert list(lines(told_tree((), (), ("too short",)))) == [
        "device",
        "  responses: 0",
        "  alerts: none",
        "  no message: too short",
    ]


def test_an_item_succeeds_or_fails_with_its_result() -> None:
    assert item_tree(2, {2: "x (250)"}) == Tree("item 2", "fails with x (250)")
    assert item_tree(1, {2: "x (250)"}) == Tree("item 1", "succeeds")


def test_results_have_the_names_that_their_payload_gives_them() -> None:
    dlms, gbz = AccessRequest(0, (), ()), GbzPayload()

    assert result_text(dlms, 1) == "hardware-fault (1)"
    assert result_text(gbz, 1) == "failure (1)"


def test_an_alert_without_a_code_is_unreadable() -> None:
    assert alert_text(None) == "unreadable"


def test_what_is_no_alert_has_no_code_and_is_told_with_the_reason() -> None:
    cut = replace(message(), payload=b"\x0f\x00")

    assert alert_code(cut) is None
    assert message_tree(cut).label == "message"
    assert message_tree(cut).value.startswith("Message.payload")


def test_a_message_says_what_is_known_to_be_in_it_in_place_of_what_stands_there() -> None:
    whole = message()
    sealed = replace(whole, payload=b"\x0f\x00")

    told = list(lines(message_tree(sealed, decode_payload(whole))))

    assert any(line.startswith("  ASN.1: ReadFirmwareVersionCommand") for line in told)


def test_a_message_that_nobody_could_write_is_told_with_the_reason() -> None:
    told = message_tree(replace(message(), date_time=bytes(3)))

    assert told == Tree("message", "date-time of 3 octets, expected 0 or 12")
