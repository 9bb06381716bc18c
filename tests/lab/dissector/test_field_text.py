from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.lab.dissector.field_text import FieldText, unshown
from emulator.lab.dissector.meaning import Meaning
from emulator.testing.stack.dissector_scene import AGREED_KEY, METER, knowledge
from emulator.testing.strategies.strategies import structs
from emulator.wire.codecs import U8, U16, Remaining
from emulator.wire.struct import Struct
from emulator.zcl.clusters.keep_alive import KEEP_ALIVE
from emulator.zcl.clusters.time import TIME
from emulator.zcl.data_types import DataType, TimeOfDay
from emulator.zcl.data_values import Collection, Member, Structure
from emulator.zcl.foundation.general_commands import (
    AttributeRecord,
    DiscoverCommandsResponse,
    ReadAttributes,
    ReadAttributesResponse,
    ReadRecord,
    ReportAttributes,
)
from emulator.zcl.primitives import ZclStatus
from emulator.zigbee.addresses import ClusterId, Endpoint, PanId, ProfileId
from emulator.zigbee.aps.commands import COMMANDS as APS_COMMANDS
from emulator.zigbee.aps.commands import TransportKey
from emulator.zigbee.aps.primitives import TransportKeyType
from emulator.zigbee.mac.frames import MacFrame, SuperframeSpecification
from emulator.zigbee.nwk.commands import COMMANDS as NWK_COMMANDS
from emulator.zigbee.nwk.commands import LinkStatus, LinkStatusEntry, RouteRecord
from emulator.zigbee.zdo.descriptors import SimpleDescriptor

HIDDEN = "(16 octets, not shown)"


class Sample(Struct):
    """A format of these tests, like R22 3.3."""

    small: U8
    pan: Annotated[PanId, U16.__metadata__[0]]
    octets: Remaining = b""


def text() -> FieldText:
    return knowledge().text


def value_text(data_type: DataType, value: object) -> str:
    """What stands for one attribute value."""
    report = ReportAttributes((AttributeRecord(0x1234, data_type, value),))
    return text().lines(report)[1].partition("value ")[2]


def test_each_field_has_a_line_with_its_name() -> None:
    assert text().lines(Sample(9, PanId(0x0BBF), b"\x01\xfe")) == [
        "small: 9",
        "PAN: 0x0BBF",
        "octets: 01 fe",
    ]


def test_numbers_of_two_digits_are_shown_in_hexadecimal_too() -> None:
    assert text().lines(Sample(30, PanId(0)))[0] == "small: 30 (0x1e)"


def test_addresses_have_the_names_of_their_devices() -> None:
    frame = MacFrame.decode(
        bytes.fromhex(
            "618c 07"  # data, PAN compression, ack request, short to extended; sequence number
            "bf0b a190785634 12db00 0000"  # PAN, destination EUI-64, source address
        )
    )

    lines = text().lines(frame)

    assert "destination extended: 00-DB-12-34-56-78-90-A1 (gsme)" in lines
    assert "source short: 0x0000 (hub)" in lines
    assert "flags: ack request, PAN id compression" in lines


def test_a_whole_octet_that_is_true_or_false_is_yes_or_no() -> None:
    answer = DiscoverCommandsResponse(complete=True, commands=(1, 12))

    assert text().lines(answer) == ["complete: yes", "commands: 1, 12 (0xc)"]


def test_flags_that_are_not_set_are_left_out() -> None:
    lines = text().lines(SuperframeSpecification(association_permit=True))

    assert lines[-1] == "flags: association permit"


def test_fields_to_skip_are_left_out() -> None:
    assert text().lines(Sample(1, PanId(2)), skip=frozenset({"pan"})) == ["small: 1"]


def test_repeated_parts_have_one_line_each() -> None:
    status = LinkStatus(
        1,
        first_frame=True,
        last_frame=True,
        reserved=False,
        entries=(
            LinkStatusEntry(METER.address, 1, reserved=False, outgoing_cost=3, reserved_high=False),
        ),
    )

    assert text().lines(status) == [
        "entry count: 1",
        "entries",
        "  - address 0x1A2B (gsme), incoming cost 1, outgoing cost 3",
        "flags: first frame, last frame",
    ]


def test_lists_of_addresses_have_names() -> None:
    assert text().lines(RouteRecord((0x1A2B, 0x0001))) == ["relays: 0x1A2B (gsme), 0x0001"]


def test_profiles_devices_and_clusters_have_names() -> None:
    descriptor = SimpleDescriptor(
        Endpoint(1), ProfileId(0x0109), 0x0501, 0, 0, (ClusterId(0x0800),), (ClusterId(0x9999),)
    )

    assert text().lines(descriptor) == [
        "endpoint: 1",
        "profile: Smart Energy (0x0109)",
        "device id: Metering Device (0x0501)",
        "version: 0",
        "input clusters: Key Establishment (0x0800)",
        "output clusters: 0x9999",
    ]


def test_attributes_have_names_values_and_units() -> None:
    record = ReadRecord(0x0000, ZclStatus.SUCCESS, DataType.UINT8, 10)

    lines = text().lines(ReadAttributesResponse((record,)), Meaning(KEEP_ALIVE.server))

    assert lines[1].endswith("attribute TcKeepAliveBase (0x0000), status success, data type uint8, "
                             "value 10 min")  # fmt: skip


def test_attributes_that_are_asked_for_have_names() -> None:
    lines = text().lines(ReadAttributes((0x0000, 0x7777)), Meaning(TIME.server))

    assert lines == ["attributes: Time (0x0000), 0x7777"]


@pytest.mark.parametrize(
    ("data_type", "value", "shown"),
    [
        (DataType.UTC, 0, "0 (2000-01-01 00:00:00 UTC)"),
        (DataType.EUI64, METER.eui64, "00-DB-12-34-56-78-90-A1 (gsme)"),
        (DataType.STRING, "a\nb", r"'a\nb'"),
        (DataType.UINT8, None, "no value"),
        (DataType.BOOL, True, "True"),
        (DataType.OCTSTR, b"", "(none)"),
        (
            DataType.TIME_OF_DAY,
            TimeOfDay(1, 2, 3, 4),
            "hours 1, minutes 2, seconds 3, hundredths 4",
        ),
        (DataType.ARRAY, Collection(DataType.UINT8, (1, 2)), "[1, 2]"),
        (DataType.STRUCT, Structure((Member(DataType.UINT8, 1),)), "(1)"),
    ],
)
def test_values_are_shown_by_their_type(data_type: DataType, value: object, shown: str) -> None:
    assert value_text(data_type, value) == shown


@pytest.mark.parametrize(
    ("data_type", "value"),
    [
        (DataType.KEY128, bytes(16)),
        (DataType.ARRAY, Collection(DataType.KEY128, (bytes(16),))),
        (DataType.STRUCT, Structure((Member(DataType.KEY128, bytes(16)),))),
        (DataType.OCTSTR, AGREED_KEY),
    ],
)
def test_values_that_are_keys_are_not_shown(data_type: DataType, value: object) -> None:
    assert HIDDEN in value_text(data_type, value)


def test_the_key_of_a_transport_key_is_not_shown() -> None:
    command = TransportKey(TransportKeyType.STANDARD_NETWORK_KEY, b"\xaa" * 16, 0)

    lines = text().lines(command)

    assert f"key: {HIDDEN}" in lines
    assert "aa" not in "".join(lines)


def test_octets_that_hold_a_known_key_are_not_shown() -> None:
    assert text().octets(b"\x00" + AGREED_KEY) == unshown(bytes(17))


@given(st.sampled_from([*NWK_COMMANDS.values(), *APS_COMMANDS.values()]).flatmap(structs))
def test_every_command_can_be_shown(command: Struct) -> None:
    assert all(line.strip() for line in text().lines(command))
