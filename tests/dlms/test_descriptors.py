import pytest
from hypothesis import given

from emulator.dlms.data import NULL
from emulator.dlms.descriptors import (
    AccessKind,
    Descriptor,
    Selection,
    descriptor_octets,
    take_descriptor,
)
from emulator.kernel.errors import LocalError, WireError
from emulator.testing.strategies.dlms_values import descriptors

CLOCK = bytes.fromhex("00 00 01 00 00 FF")


@given(descriptors())
def test_a_descriptor_comes_back_and_tells_where_it_ends(descriptor: Descriptor) -> None:
    octets = descriptor_octets(descriptor)

    assert take_descriptor(octets + b"\x00", 0) == (descriptor, len(octets))


def test_a_get_names_class_object_and_attribute() -> None:
    taken, _ = take_descriptor(
        bytes.fromhex(
            "01"  # get
            "0008"  # class Clock
            "0000010000FF"  # 0-0:1.0.0.255
            "02"  # time
        ),
        0,
    )

    assert taken == Descriptor(AccessKind.GET, 8, CLOCK, 2)


@pytest.mark.parametrize("octets", ["", "06", "01 0008 0000010000FF", "04 0008 0000010000FF 02"])
def test_a_descriptor_of_unknown_kind_or_cut_off_is_refused(octets: str) -> None:
    with pytest.raises(WireError):
        take_descriptor(bytes.fromhex(octets), 0)


@pytest.mark.parametrize(
    "descriptor",
    [
        Descriptor(AccessKind.GET, 8, CLOCK, 2, Selection(1, NULL)),
        Descriptor(AccessKind.GET_WITH_SELECTION, 7, CLOCK, 2),
        Descriptor(AccessKind.GET, 8, CLOCK[:5], 2),
        Descriptor(AccessKind.GET, 0x10000, CLOCK, 2),
        Descriptor(AccessKind.GET, 8, CLOCK, 128),
        Descriptor(AccessKind.GET_WITH_SELECTION, 7, CLOCK, 2, Selection(256, NULL)),
    ],
)
def test_a_descriptor_that_does_not_fit_is_refused(descriptor: Descriptor) -> None:
    with pytest.raises(LocalError):
        descriptor_octets(descriptor)
