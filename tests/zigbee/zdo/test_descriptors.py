"""What a device says about itself, octet by octet (R22 2.3.2)."""

import pytest
from hypothesis import given

from emulator.kernel.errors import WireError
from emulator.testing.strategies.strategies import any_octets, structs
from emulator.wire.struct import Struct
from emulator.zigbee.addresses import SMART_ENERGY_PROFILE, ClusterId, Endpoint
from emulator.zigbee.mac.primitives import CapabilityInformation
from emulator.zigbee.nwk.primitives import DeviceType
from emulator.zigbee.zdo.descriptors import (
    BAND_GB_SUB_GHZ,
    EndpointDescription,
    NodeDescription,
    NodeDescriptor,
    PowerDescriptor,
    SimpleDescriptor,
)

METER = EndpointDescription(
    Endpoint(1),
    SMART_ENERGY_PROFILE,
    0x0501,
    0,
    (ClusterId(0x0800), ClusterId(0x0702)),
    (ClusterId(0x000A),),
)
FORMATS: tuple[type[Struct], ...] = (NodeDescriptor, PowerDescriptor, SimpleDescriptor)


def node(kind: DeviceType = DeviceType.ROUTER, *, trust_centre: bool = False) -> NodeDescription:
    return NodeDescription(
        kind, CapabilityInformation(), (METER,), manufacturer_code=0x10D4, trust_centre=trust_centre
    )


def test_node_descriptor_of_a_hub_that_is_the_trust_centre() -> None:
    octets = bytes.fromhex(
        "00"  # coordinator, neither complex nor user descriptor
        "40"  # 2.4 GHz: bit 3 of the five topmost bits
        "8e"  # full function, mains, receiver on, allocates
        "d410"  # manufacturer code
        "52"  # maximum buffer 82
        "8000"  # maximum incoming transfer 128
        "012c"  # revision 22 in bits 9 to 15, primary trust centre in bit 0
        "8000"  # maximum outgoing transfer 128
        "00"
    )

    assert node(DeviceType.COORDINATOR, trust_centre=True).node_descriptor.encode() == octets


@pytest.mark.parametrize(
    ("kind", "code"),
    [(DeviceType.COORDINATOR, 0), (DeviceType.ROUTER, 1), (DeviceType.END_DEVICE, 2)],
)
def test_logical_type_is_the_codes_of_table_2_29(kind: DeviceType, code: int) -> None:
    assert node(kind).node_descriptor.encode()[0] & 0b111 == code


def test_device_that_is_no_trust_centre_does_not_say_it_is() -> None:
    assert node().node_descriptor.server_mask & 1 == 0


def test_dual_band_hub_tells_both_bands() -> None:
    both = NodeDescription(
        DeviceType.COORDINATOR,
        CapabilityInformation(),
        (),
        frequency_band=0b01000 | BAND_GB_SUB_GHZ,
    )

    assert both.node_descriptor.encode()[1] == 0b11000_000


def test_simple_descriptor_lists_server_clusters_first() -> None:
    octets = bytes.fromhex(
        "01"  # endpoint
        "0901"  # Smart Energy
        "0105"  # metering device
        "00"  # version 0
        "02 0008 0207"  # two servers
        "01 0a00"  # one client
    )

    assert METER.simple_descriptor.encode() == octets
    assert SimpleDescriptor.decode(octets) == METER.simple_descriptor


def test_mains_powered_device_says_so() -> None:
    assert PowerDescriptor().encode() == bytes.fromhex("10 c1")


def test_endpoint_is_found_by_its_number() -> None:
    assert node().endpoint(Endpoint(1)) is METER
    assert node().endpoint(Endpoint(2)) is None


@pytest.mark.parametrize("kind", FORMATS)
def test_every_descriptor_survives_the_way_to_octets_and_back(kind: type[Struct]) -> None:
    @given(structs(kind))
    def survives(descriptor: Struct) -> None:
        assert kind.decode(descriptor.encode()) == descriptor

    survives()


@pytest.mark.parametrize("kind", FORMATS)
def test_any_octets_give_a_descriptor_or_a_wire_error(kind: type[Struct]) -> None:
    @given(any_octets())
    def total(octets: bytes) -> None:
        try:
            decoded = kind.decode(octets)
        except WireError:
            return
        assert decoded.encode() == octets

    total()
