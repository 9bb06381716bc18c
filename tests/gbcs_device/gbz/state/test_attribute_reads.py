"""Attributes are answered in the order in which they were asked for."""

from dataclasses import replace

import pytest

from emulator.gbcs.gbz_component import AdditionalHeader, GbzComponent
from emulator.gbcs_device.gbz.state.attribute_reads import (
    all_read,
    attributes_asked_for,
    is_read,
    read_attributes,
)
from emulator.kernel.errors import WireError
from emulator.testing.scenes.gbz_scene import component, filled, meter, read
from emulator.zcl.foundation.header import ZclHeader
from emulator.zcl.payloads.metering import GetSampledData
from emulator.zcl.primitives import ZclStatus

READ = read(0x0702, 0x0301, 0x0302)
FAILED = ZclStatus(0xC0)


@pytest.mark.parametrize(
    "other",
    [
        component(0x0702, filled(GetSampledData)),
        replace(READ, header=ZclHeader.decode(bytes.fromhex("08 00 00"))),
        replace(READ, header=ZclHeader.decode(bytes.fromhex("00 00 02"))),
        replace(READ, header=ZclHeader.decode(bytes.fromhex("04 1234 00 00"))),
        replace(READ, additional_header=AdditionalHeader(0, 0)),
    ],
    ids=["cluster command", "to client", "write", "manufacturer", "encrypted"],
)
def test_only_a_plain_read_of_the_server_is_one(other: GbzComponent) -> None:
    assert is_read(READ)
    assert not is_read(other)


def test_identifiers_keep_their_order() -> None:
    assert attributes_asked_for(READ) == (0x0301, 0x0302)
    with pytest.raises(WireError):
        attributes_asked_for(replace(READ, payload=b"\x01"))


def test_a_fault_takes_the_place_of_one_value() -> None:
    store = meter().store

    response = read_attributes(store, 0x0702, (0x0301, 0x0302, 0x7777), {1: FAILED})

    assert [(each.attribute, int(each.status), each.value) for each in response.records] == [
        (0x0301, 0, 1),
        (0x0302, 0xC0, None),
        (0x7777, 0x86, None),
    ]


def test_all_are_read_or_not() -> None:
    store = meter().store

    assert all_read(read_attributes(store, 0x0702, (0x0301, 0x0302), {}))
    assert not all_read(read_attributes(store, 0x0702, (0x0301, 0x0302), {0: FAILED}))
