import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from emulator.kernel.errors import WireError
from emulator.testing.strategies.strategies import any_octets, structs
from emulator.wire.struct import Struct
from emulator.zigbee.nwk.frames import (
    BeaconPayload,
    DiscoverRoute,
    FrameType,
    MulticastControl,
    NwkHeader,
    SourceRoute,
)

VECTORS = tomllib.loads(
    (Path(__file__).parents[2] / "vectors" / "nwk.toml").read_text(encoding="utf-8")
)
FORMATS = (NwkHeader, SourceRoute, MulticastControl, BeaconPayload)


@pytest.mark.parametrize("vector", VECTORS["frames"], ids=lambda vector: str(vector["source"]))
def test_header_of_a_frame_heard_on_a_real_network(vector: dict[str, Any]) -> None:
    header, _ = NwkHeader.take(bytes.fromhex(vector["octets"]))

    assert header.frame_type is FrameType.DATA
    assert header.protocol_version == 2
    assert header.security
    assert header.discover_route is DiscoverRoute.SUPPRESS
    assert (header.destination, header.source) == (vector["destination"], vector["origin"])
    assert (header.radius, header.sequence) == (vector["radius"], vector["sequence"])
    relays = () if header.source_route is None else header.source_route.relays
    assert list(relays) == vector["relays"]


@pytest.mark.parametrize("vector", VECTORS["beacons"], ids=lambda vector: str(vector["source"]))
def test_beacon_payload_of_a_real_network(vector: dict[str, Any]) -> None:
    beacon = BeaconPayload.decode(bytes.fromhex(vector["octets"]))

    assert (beacon.protocol_id, beacon.stack_profile, beacon.protocol_version) == (0, 2, 2)
    assert beacon.router_capacity
    assert beacon.end_device_capacity
    assert beacon.depth == vector["depth"]
    assert beacon.extended_pan_id == int(vector["extended_pan_id"], 16)
    assert (beacon.transmit_offset, beacon.update_id) == (0xFFFFFF, 0)


def test_header_with_every_optional_field() -> None:
    octets = bytes.fromhex(
        "493f"  # command, version 2, discover enabled; every flag up to end device initiator
        "fdff"  # destination
        "3412"  # source
        "1e"  # radius
        "07"  # sequence
        "0807060504030201"  # destination EUI-64
        "1817161514131211"  # source EUI-64
        "2e"  # multicast mode 2, radius 3, longest radius 1
        "0201cdab5634"  # two relays, index 1
    )

    header = NwkHeader.decode(octets)

    assert header.frame_type is FrameType.COMMAND
    assert header.destination_eui64 == 0x0102030405060708
    assert header.source_eui64 == 0x1112131415161718
    assert header.multicast_control == MulticastControl(2, 3, 1)
    assert header.source_route == SourceRoute(2, 1, (0xABCD, 0x3456))
    assert header.end_device_initiator
    assert header.encode() == octets


@pytest.mark.parametrize("cls", FORMATS, ids=lambda cls: cls.__name__)
def test_what_is_encoded_decodes(cls: type[Struct]) -> None:
    @given(structs(cls))
    def holds(value: Struct) -> None:
        assert cls.decode(value.encode()) == value

    holds()


@pytest.mark.parametrize("cls", FORMATS, ids=lambda cls: cls.__name__)
def test_any_octets_are_a_value_or_a_wire_error(cls: type[Struct]) -> None:
    @given(any_octets())
    def holds(octets: bytes) -> None:
        try:
            value, after = cls.take(octets)
        except WireError:
            return
        assert value.encode() == octets[:after]

    holds()
