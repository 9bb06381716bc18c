from emulator.kernel.identity import Eui64
from emulator.lab.dissector.manner import HIDDEN, Manner, manners
from emulator.wire.struct import Struct
from emulator.zcl.cluster import Attribute
from emulator.zcl.data_types import DataType
from emulator.zcl.foundation.general_commands import ReadAttributes, ReadRecord
from emulator.zcl.primitives import ZclStatus
from emulator.zigbee.addresses import NwkAddress, PanId
from emulator.zigbee.aps.commands import TransportKey
from emulator.zigbee.mac.frames import Beacon, MacFrame, SuperframeSpecification
from emulator.zigbee.zdo.discovery_frames import ParentAnnce


def manner(form: type[Struct], name: str) -> Manner:
    return next(each for each in manners(form) if each.name == name)


def test_the_declared_type_tells_what_a_number_is() -> None:
    assert manner(MacFrame, "destination_pan").kind is PanId
    assert manner(MacFrame, "source_short").kind is NwkAddress
    assert manner(ParentAnnce, "children").kind is Eui64


def test_the_name_tells_what_a_plain_number_is() -> None:
    assert manner(ReadAttributes, "attributes").kind is Attribute
    assert manner(Beacon, "short_pending").kind is NwkAddress


def test_single_bits_are_flags() -> None:
    assert manner(MacFrame, "ack_request").flag
    assert not manner(MacFrame, "frame_version").flag


def test_key_octets_are_hidden() -> None:
    assert manner(TransportKey, "key").hidden
    assert not manner(TransportKey, "source").hidden
    assert {form for form, _ in HIDDEN} == {TransportKey}


def test_fields_that_are_absent_empty_or_reserved_say_nothing() -> None:
    owner = MacFrame.decode(bytes.fromhex("0200 07"))

    assert manner(MacFrame, "destination_pan").silent(None, owner)
    assert manner(MacFrame, "payload").silent(b"", owner)
    assert manner(MacFrame, "reserved").silent(0, owner)
    assert not manner(MacFrame, "reserved").silent(1, owner)
    assert not manner(MacFrame, "sequence").silent(0, owner)


def test_a_typed_value_that_is_there_speaks_even_when_it_is_no_value() -> None:
    value = manner(ReadRecord, "value")
    absent = ReadRecord(0, ZclStatus.UNSUPPORTED_ATTRIBUTE)
    nothing = ReadRecord(0, ZclStatus.SUCCESS, DataType.UINT8, None)

    assert value.silent(None, absent)
    assert not value.silent(None, nothing)


def test_a_format_inside_a_format_is_shown_field_by_field_unless_it_is_a_typed_value() -> None:
    inner = SuperframeSpecification()

    assert manner(Beacon, "superframe").holds(inner)
    assert not manner(ReadRecord, "value").holds(inner)
    assert not manner(Beacon, "payload").holds(b"")
