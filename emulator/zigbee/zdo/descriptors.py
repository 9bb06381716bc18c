"""What a device says about itself: node, power and simple descriptors (R22 2.3.2)."""

from dataclasses import dataclass, field, replace
from typing import Annotated, Final, Self

from emulator.wire.codecs import U8, U16, Bits, Flag, Many, OpenEnum, UInt
from emulator.wire.struct import Struct
from emulator.zigbee.addresses import ClusterId, Endpoint, ProfileId
from emulator.zigbee.mac.primitives import CapabilityInformation
from emulator.zigbee.nwk.primitives import DeviceType

STACK_REVISION: Final = 22
"""Compliance revision in the server mask (R22 Table 2-33)."""
BAND_2400_MHZ: Final = 0b01000
"""Frequency band bit 3: 2400 to 2483.5 MHz (R22 Table 2-31)."""
BAND_GB_SUB_GHZ: Final = 0b10000
"""Frequency band bit 4: the European 863 to 876 and 915 to 921 MHz FSK bands (R22 Table 2-31)."""


class LogicalType(OpenEnum):
    """Logical type of a node (R22 Table 2-29)."""

    COORDINATOR = 0
    ROUTER = 1
    END_DEVICE = 2


class NodeDescriptor(Struct):
    """Node descriptor (R22 Table 2-28)."""

    logical_type: Annotated[LogicalType, Bits(3)]
    complex_descriptor: Flag
    user_descriptor: Flag
    reserved: Annotated[int, Bits(3)]
    aps_flags: Annotated[int, Bits(3)]
    frequency_band: Annotated[int, Bits(5)]
    capability: CapabilityInformation
    manufacturer_code: U16
    max_buffer_size: U8
    max_incoming_transfer: U16
    server_mask: U16
    max_outgoing_transfer: U16
    descriptor_capability: U8


class PowerDescriptor(Struct):
    """Node power descriptor (R22 Table 2-35); bits of the sources: mains, rechargeable, battery."""

    mode: Annotated[int, Bits(4)] = 0
    available_sources: Annotated[int, Bits(4)] = 0b0001
    current_source: Annotated[int, Bits(4)] = 0b0001
    level: Annotated[int, Bits(4)] = 0b1100


class SimpleDescriptor(Struct):
    """Simple descriptor of one endpoint (R22 Table 2-39)."""

    endpoint: Annotated[Endpoint, UInt(1)]
    profile: Annotated[ProfileId, UInt(2)]
    device_id: U16
    version: Annotated[int, Bits(4)]
    reserved: Annotated[int, Bits(4)]
    input_clusters: Annotated[tuple[ClusterId, ...], Many(UInt(2), prefix=1)]
    output_clusters: Annotated[tuple[ClusterId, ...], Many(UInt(2), prefix=1)]


@dataclass(frozen=True, slots=True)
class EndpointDescription:
    """An endpoint of ours as a device declares it.

    Args:
        input_clusters: those it serves.
        output_clusters: those it is a client of.
        active: whether it is there now; one that is not is in no list.
    """

    endpoint: Endpoint
    profile: ProfileId
    device_id: int
    version: int
    input_clusters: tuple[ClusterId, ...]
    output_clusters: tuple[ClusterId, ...]
    active: bool = True

    @property
    def simple_descriptor(self) -> SimpleDescriptor:
        """The descriptor as it goes on the air."""
        return SimpleDescriptor(
            self.endpoint,
            self.profile,
            self.device_id,
            self.version,
            0,
            self.input_clusters,
            self.output_clusters,
        )


@dataclass(frozen=True, slots=True)
class NodeDescription:
    """A node of ours as a device declares it.

    Args:
        device_type: coordinator, router or end device.
        capability: what it is able to, as it says when it joins.
        endpoints: in the order in which they are listed.
        manufacturer_code: of whoever made it.
        trust_centre: whether it is the primary trust centre.
        frequency_band: bits of R22 Table 2-31.
        max_buffer_size: octets of one NSDU.
        max_transfer: octets of one fragmented message in each direction (ZSE 1.4 5.3: 128).
        power: power descriptor.
    """

    device_type: DeviceType
    capability: CapabilityInformation
    endpoints: tuple[EndpointDescription, ...]
    manufacturer_code: int = 0
    trust_centre: bool = False
    frequency_band: int = BAND_2400_MHZ
    max_buffer_size: int = 82
    max_transfer: int = 128
    power: PowerDescriptor = field(default_factory=PowerDescriptor)

    @property
    def node_descriptor(self) -> NodeDescriptor:
        """The descriptor as it goes on the air."""
        return NodeDescriptor(
            LogicalType(self.device_type.value),
            complex_descriptor=False,
            user_descriptor=False,
            reserved=0,
            aps_flags=0,
            frequency_band=self.frequency_band,
            capability=self.capability,
            manufacturer_code=self.manufacturer_code,
            max_buffer_size=self.max_buffer_size,
            max_incoming_transfer=self.max_transfer,
            server_mask=STACK_REVISION << 9 | self.trust_centre,
            max_outgoing_transfer=self.max_transfer,
            descriptor_capability=0,
        )

    @property
    def active_endpoints(self) -> tuple[EndpointDescription, ...]:
        """Those that are there now."""
        return tuple(each for each in self.endpoints if each.active)

    def endpoint(self, number: Endpoint) -> EndpointDescription | None:
        """The endpoint of that number, if it is active."""
        return next((each for each in self.active_endpoints if each.endpoint == number), None)

    def activated(self, number: Endpoint, *, active: bool) -> Self:
        """The same node with that endpoint there, or not."""
        endpoints = (
            replace(each, active=active) if each.endpoint == number else each
            for each in self.endpoints
        )
        return replace(self, endpoints=tuple(endpoints))
