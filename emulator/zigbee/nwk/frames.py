"""NWK frames and what Zigbee puts into beacons (R22 3.3, 3.6.7)."""

from typing import Annotated, Final

from emulator.kernel.identity import Eui64
from emulator.wire.codecs import U8, Bits, Flag, Many, OpenEnum, UInt, When
from emulator.wire.struct import Struct
from emulator.zigbee.addresses import ExtendedPanIdField, NwkField

PROTOCOL_VERSION: Final = 2
"""nwkcProtocolVersion (R22 3.5.1)."""

ZIGBEE_PRO: Final = 2
"""Stack profile identifier of Zigbee PRO, the one Smart Energy runs on."""


class FrameType(OpenEnum):
    """Frame type (R22 3.3.1.1.1)."""

    DATA = 0
    COMMAND = 1
    INTER_PAN = 3


class DiscoverRoute(OpenEnum):
    """Whether a router may discover a route for the frame (R22 3.3.1.1.3)."""

    SUPPRESS = 0
    ENABLE = 1


class MulticastControl(Struct):
    """Multicast control field (R22 3.3.1.8)."""

    mode: Annotated[int, Bits(2)]
    non_member_radius: Annotated[int, Bits(3)]
    max_non_member_radius: Annotated[int, Bits(3)]


class SourceRoute(Struct):
    """Source route subframe (R22 3.3.1.9); `relays` starts with the one next to the destination."""

    relay_count: U8
    relay_index: U8
    relays: Annotated[tuple[int, ...], Many(UInt(2), count=lambda route: route.relay_count)] = ()


class NwkHeader(Struct):
    """General NWK frame header, up to the auxiliary header or the payload (R22 3.3.1)."""

    frame_type: Annotated[FrameType, Bits(2)]
    protocol_version: Annotated[int, Bits(4)]
    discover_route: Annotated[DiscoverRoute, Bits(2)]
    multicast: Flag
    security: Flag
    has_source_route: Flag
    has_destination_eui64: Flag
    has_source_eui64: Flag
    end_device_initiator: Flag
    reserved: Annotated[int, Bits(2)]
    destination: NwkField
    source: NwkField
    radius: U8
    sequence: U8
    destination_eui64: Annotated[
        Eui64 | None, UInt(8), When(lambda header: header.has_destination_eui64)
    ] = None
    source_eui64: Annotated[Eui64 | None, UInt(8), When(lambda header: header.has_source_eui64)] = (
        None
    )
    multicast_control: Annotated[MulticastControl | None, When(lambda header: header.multicast)] = (
        None
    )
    source_route: Annotated[SourceRoute | None, When(lambda header: header.has_source_route)] = None


class BeaconPayload(Struct):
    """What a Zigbee router's beacon tells (R22 3.6.7)."""

    protocol_id: U8
    stack_profile: Annotated[int, Bits(4)]
    protocol_version: Annotated[int, Bits(4)]
    reserved: Annotated[int, Bits(2)]
    router_capacity: Flag
    depth: Annotated[int, Bits(4)]
    end_device_capacity: Flag
    extended_pan_id: ExtendedPanIdField
    transmit_offset: Annotated[int, UInt(3)] = 0xFFFFFF
    update_id: U8 = 0
