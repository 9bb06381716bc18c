"""What commands touch: COSEM objects and ZCL attributes as coverage names them."""

from dataclasses import replace

import pytest

from emulator.bench.cases.command_maker import example_values
from emulator.bench.cases.touched import touched_by
from emulator.dlms.access import AccessRequest
from emulator.gbcs.asn1.payload import Asn1Payload
from emulator.gbcs.commands.build import command_payload
from emulator.gbcs.commands.heading import CommandHeading
from emulator.gbcs.gbz import GbzPayload
from emulator.gbcs.payload import Payload
from emulator.gbcs.use_cases.catalogue import use_case
from emulator.kernel.identity import Eui64
from emulator.kernel.units import DEFAULT_START


def touched(code: int, **values: object) -> tuple[str, ...]:
    return touched_by(payload(code, **values), use_case(code))


def payload(code: int, **values: object) -> Payload:
    heading = CommandHeading(
        originator=Eui64(1), recipient=Eui64(2), counter=1, issued=DEFAULT_START
    )
    return command_payload(use_case(code), values, heading)


def test_dlms_items_are_named_by_class_logical_name_and_member() -> None:
    assert touched(0x0026)[:2] == ("3/1-0:2.8.0.255/attribute 2", "3/1-0:2.8.0.255/attribute 3")
    assert touched(0x001D) == ("9/0-0:10.0.100.255/method 1",)


def test_what_data_protection_hands_out_is_named_by_the_record() -> None:
    found = touched(0x0027)

    assert found[0] == "30/0-0:43.2.8.255/method 1"
    assert "1/0-0:94.44.34.10/attribute 2" in found


@pytest.mark.parametrize("code", [0x11E, 0x001F])
def test_what_the_record_names_counts_only_where_data_protection_hands_it_out(code: int) -> None:
    request = payload(code, **dict(example_values(use_case(code))))
    assert isinstance(request, AccessRequest)

    found = touched_by(request, use_case(0x0027))

    assert len(found) == len({(each.obis, each.member) for each in request.descriptors})


def test_a_zcl_read_whose_attributes_cannot_be_told_touches_none() -> None:
    reads = payload(0x0074)
    assert isinstance(reads, GbzPayload)
    odd = tuple(replace(each, payload=each.payload + b"\x00") for each in reads.components)

    assert touched_by(replace(reads, components=odd), use_case(0x0074)) == ()


def test_zcl_reads_are_named_by_attribute_and_other_commands_by_number() -> None:
    assert "0x0702/attribute 0x0302" in touched(0x0074)
    assert touched(0x0071, message="Reset") == ("0x0703/command 0x00",)


def test_asn1_has_no_objects() -> None:
    assert isinstance(payload(0x0008, authorising_role="SUPPLIER", roles=["ROOT"]), Asn1Payload)
    assert touched(0x0008, authorising_role="SUPPLIER", roles=["ROOT"]) == ()
