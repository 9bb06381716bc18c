"""Commands from values, against the reference commands that the templates were observed in."""

from contextlib import suppress
from datetime import UTC, datetime
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.dlms.access import AccessRequest
from emulator.dlms.descriptors import Descriptor
from emulator.gbcs.asn1.catalogue import ASN1_TYPES
from emulator.gbcs.asn1.payload import Asn1Payload
from emulator.gbcs.commands.build import (
    command_message,
    command_payload,
    pre_command,
    value_names,
    values_of,
)
from emulator.gbcs.commands.heading import Activation, CommandHeading
from emulator.gbcs.commands.template import GbzItem, Template
from emulator.gbcs.commands.template_reader import templates
from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.gbz import GbzPayload
from emulator.gbcs.gbz_component import GbzComponent
from emulator.gbcs.payload import Payload, decode_payload
from emulator.gbcs.use_cases.catalogue import use_case, use_cases
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64
from emulator.testing.judges.reference_data import reference_messages
from emulator.testing.strategies.asn1_values import asn1_values
from emulator.testing.strategies.dlms_values import data_values
from emulator.zcl.foundation.header import ZclHeader

DEVICE = Eui64(0x00DB1234567890A0)
HEADING = CommandHeading(
    originator=Eui64(0x90B3D51F30000002),
    recipient=Eui64(0x00DB1234567890A2),
    counter=0x514,
    issued=datetime(2015, 1, 1, tzinfo=UTC),
)
ADD_DEVICE = {
    "device": DEVICE,
    "install_code": "30313233343536373839414243444546",
    "device_type": "ESME",
    "join_timeout": 90,
}


@cache
def _reference_commands() -> tuple[tuple[str, Message], ...]:
    decoded = (
        (each.name, Message.decode(each.octets))
        for each in reference_messages()
        if each.name.endswith("_COMMAND_GBCS") and "_PRECOMMAND" not in each.name
    )
    return tuple((name, message) for name, message in decoded if message.cra is Cra.COMMAND)


def _again(message: Message) -> Message:
    """The message made from the values that its payload says."""
    information = message.other_information
    record = use_case(information.message_code)
    read = values_of(record, decode_payload(message))
    heading = CommandHeading(
        originator=message.originator,
        recipient=message.recipient,
        counter=message.counter,
        issued=read.issued,
        execution=read.execution,
        supplementary_party=information.supplementary_party,
        supplementary_counter=information.supplementary_counter,
        supplementary_originator_counter=information.supplementary_originator_counter,
        certificate=information.certificate,
    )
    return command_message(record, read.values, heading)


def test_every_reference_command_comes_out_octet_for_octet_from_its_values() -> None:
    commands = _reference_commands()

    different = [name for name, message in commands if _signed(_again(message)) != _signed(message)]

    assert len(commands) == 501
    assert not different


def _signed(message: Message) -> bytes:
    return message.signed_region


def test_a_command_can_be_made_of_every_use_case_that_has_one() -> None:
    with_command = {each.code for each in use_cases() if "command" in each.payloads}

    assert with_command <= set(templates())
    assert set(templates()) - with_command == {0x0109}


def test_adding_a_device_is_written_as_the_use_case_says() -> None:
    made = command_message(use_case(0x0001), ADD_DEVICE, HEADING)

    assert made.payload == bytes.fromhex(
        "D9 20000514 00"  # access-request, break on error, counter, no date-time
        "03"
        "03 0068 00001E0300FF 01"  # action register_device
        "02 0068 00001E0300FF 03"  # set join_timeout
        "02 0068 00001E0300FF 02"  # set enable_disable_joining
        "03"
        "02 04"
        "09 08 00DB1234567890A0"
        "16 01"  # install code
        "09 10 30313233343536373839414243444546"
        "16 00"  # ESME
        "12 005A"
        "03 FF"
    )
    assert (made.signature, made.mac) == (b"", None)


def test_a_pre_command_ends_with_its_payload() -> None:
    values = {"start": "2015-01-01T00:00:00Z", "end": "2015-01-01T01:00:00Z"}

    made = pre_command(use_case(0x007F), values, HEADING)

    assert made.signature is None
    assert made.encode().endswith(
        bytes.fromhex("30 22")  # SEQUENCE
        + b"\x18\x0f20150101000000Z\x18\x0f20150101010000Z"
    )


def test_a_date_of_execution_goes_where_the_use_case_has_it() -> None:
    later = CommandHeading(
        originator=HEADING.originator,
        recipient=HEADING.recipient,
        counter=1,
        execution=datetime(2030, 1, 15, 9, tzinfo=UTC),
    )

    made = command_payload(use_case(0x0012), {"image_hash": "AA" * 32}, later)

    assert values_of(use_case(0x0012), made).execution == later.execution


def test_without_a_date_a_command_is_executed_at_once() -> None:
    made = command_payload(use_case(0x0019), {}, HEADING)

    assert values_of(use_case(0x0019), made).execution is Activation.NOW


def test_a_tariff_can_be_set_by_its_defaults_alone() -> None:
    for code in (0x0019, 0x00A2, 0x00B7, 0x00C7, 0x006B, 0x00A3):
        assert command_payload(use_case(code), {}, HEADING).encode()


def test_what_a_command_needs_is_listed() -> None:
    names = {hole.name: hole for hole in value_names(use_case(0x0001))}

    assert list(names) == ["device", "install_code", "device_type", "join_timeout"]
    assert names["join_timeout"].unit == "seconds"
    assert not names["join_timeout"].required
    assert names["device"].required


def test_every_value_that_is_wrong_is_named_at_once() -> None:
    with pytest.raises(UsageError) as refusal:
        command_payload(use_case(0x0001), {"devise": DEVICE, "device_type": "ESME"}, HEADING)

    expected = "expected 6 to 16 octets in hexadecimal"
    assert refusal.value.problems == (
        "0001 CCS01: value devise is unknown, expected " + ", ".join(ADD_DEVICE),
        "0001 CCS01: value device is missing: expected an EUI-64, like 00-DB-12-34-56-78-90-A0",
        f"0001 CCS01: value install_code is missing: {expected}, like {'00' * 16}",
    )


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("device", "00-DB", "expected an EUI-64"),
        ("device", 1 << 64, "expected an EUI-64"),
        ("install_code", "00", "1 octets"),
        ("device_type", "TOASTER", "expected one of ESME, GSME"),
        ("join_timeout", "soon", "expected a whole number of seconds"),
        ("join_timeout", True, "no whole number"),
        ("join_timeout", 70_000, "does not fit long-unsigned"),
    ],
)
def test_a_value_of_another_kind_is_refused(name: str, value: object, reason: str) -> None:
    with pytest.raises(UsageError, match=f"0001 CCS01: value {name}.*{reason}"):
        command_payload(use_case(0x0001), ADD_DEVICE | {name: value}, HEADING)


def test_no_command_is_made_of_an_alert() -> None:
    with pytest.raises(UsageError, match="no command can be made of 0018 CS14"):
        command_payload(use_case(0x0018), {}, HEADING)


def test_a_payload_of_another_use_case_says_nothing() -> None:
    clock = command_payload(
        use_case(0x007F), {"start": "2015-01-01T00:00:00Z", "end": "2015-01-01T00:00:00Z"}, HEADING
    )

    with pytest.raises(UsageError, match="written in another way"):
        values_of(use_case(0x0001), clock)
    with pytest.raises(UsageError, match=r"none of the use case|is not"):
        values_of(use_case(0x0002), command_payload(use_case(0x0001), ADD_DEVICE, HEADING))


@given(
    device=st.integers(0, (1 << 64) - 1),
    code=st.binary(min_size=6, max_size=16),
    timeout=st.integers(0, 0xFFFF),
)
def test_what_goes_in_comes_out(device: int, code: bytes, timeout: int) -> None:
    values = ADD_DEVICE | {"device": device, "install_code": code, "join_timeout": timeout}

    read = values_of(use_case(0x0001), command_payload(use_case(0x0001), values, HEADING))

    assert int(str(read.values["device"]).replace("-", ""), 16) == device
    assert bytes.fromhex(str(read.values["install_code"])) == code
    assert (read.values["device_type"], read.values["join_timeout"]) == ("ESME", timeout)


@settings(max_examples=40)
@given(st.data())
def test_no_payload_that_a_remote_party_can_send_raises_anything_else(data: st.DataObject) -> None:
    made_of = data.draw(st.sampled_from(sorted(templates().values(), key=lambda each: each.code)))
    payload = data.draw(_payloads(made_of))

    with suppress(UsageError):
        assert values_of(use_case(made_of.code), payload).values is not None


def _payloads(made_of: Template) -> st.SearchStrategy[Payload]:
    """Payloads that have the items of a template, with anything in them."""
    if made_of.asn1 is not None:
        values = asn1_values(ASN1_TYPES[made_of.code, Cra.COMMAND])
        return values.map(lambda value: Asn1Payload(made_of.code, Cra.COMMAND, value))
    if made_of.gbz:
        return st.tuples(*map(_components, made_of.gbz)).map(GbzPayload)
    descriptors = tuple(
        Descriptor(item.kind, item.class_id, item.obis, item.member) for item in made_of.dlms
    )
    size = len(descriptors)
    data = st.lists(data_values(), min_size=size, max_size=size)
    return data.map(lambda drawn: AccessRequest(0, descriptors, tuple(drawn)))


def _components(item: GbzItem) -> st.SearchStrategy[GbzComponent]:
    header = ZclHeader.decode(bytes((item.frame_control, 0, item.command)))
    return st.builds(
        GbzComponent,
        st.just(item.cluster),
        st.just(header),
        st.binary(max_size=60),
        from_date_time=st.none() | st.integers(0, 0xFFFFFFFF),
    )
