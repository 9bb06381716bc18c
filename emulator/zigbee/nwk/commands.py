"""NWK command frames (R22 3.4).

Octets after the fields of a command are ignored: later revisions append to some of them.
"""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Final

from emulator.kernel.errors import WireError
from emulator.kernel.identity import Eui64
from emulator.wire.codecs import I8, U8, Bits, Flag, Many, OpenEnum, Remaining, UInt, When
from emulator.wire.struct import Struct
from emulator.zigbee.addresses import ExtendedPanIdField, NwkField
from emulator.zigbee.mac.primitives import AssociationStatus, CapabilityInformation
from emulator.zigbee.nwk.primitives import NetworkStatusCode


class CommandIdentifier(OpenEnum):
    """NWK command identifiers (R22 3.4)."""

    ROUTE_REQUEST = 0x01
    ROUTE_REPLY = 0x02
    NETWORK_STATUS = 0x03
    LEAVE = 0x04
    ROUTE_RECORD = 0x05
    REJOIN_REQUEST = 0x06
    REJOIN_RESPONSE = 0x07
    LINK_STATUS = 0x08
    NETWORK_REPORT = 0x09
    NETWORK_UPDATE = 0x0A
    END_DEVICE_TIMEOUT_REQUEST = 0x0B
    END_DEVICE_TIMEOUT_RESPONSE = 0x0C
    LINK_POWER_DELTA = 0x0D


class RouteRequest(Struct):
    """Route request (R22 3.4.1)."""

    identifier: ClassVar = CommandIdentifier.ROUTE_REQUEST

    reserved: Annotated[int, Bits(3)]
    many_to_one: Annotated[int, Bits(2)]
    has_destination_eui64: Flag
    multicast: Flag
    reserved_high: Flag
    route_request_id: U8
    destination: NwkField
    path_cost: U8
    destination_eui64: Annotated[
        Eui64 | None, UInt(8), When(lambda request: request.has_destination_eui64)
    ] = None


class RouteReply(Struct):
    """Route reply (R22 3.4.2)."""

    identifier: ClassVar = CommandIdentifier.ROUTE_REPLY

    reserved: Annotated[int, Bits(4)]
    has_originator_eui64: Flag
    has_responder_eui64: Flag
    multicast: Flag
    reserved_high: Flag
    route_request_id: U8
    originator: NwkField
    responder: NwkField
    path_cost: U8
    originator_eui64: Annotated[
        Eui64 | None, UInt(8), When(lambda reply: reply.has_originator_eui64)
    ] = None
    responder_eui64: Annotated[
        Eui64 | None, UInt(8), When(lambda reply: reply.has_responder_eui64)
    ] = None


class NetworkStatus(Struct):
    """Network status (R22 3.4.3); `address` is the destination that could not be reached."""

    identifier: ClassVar = CommandIdentifier.NETWORK_STATUS

    status: Annotated[NetworkStatusCode, UInt(1)]
    address: NwkField


class Leave(Struct):
    """Leave (R22 3.4.4): an announcement, or with `request` an order to go."""

    identifier: ClassVar = CommandIdentifier.LEAVE

    reserved: Annotated[int, Bits(5)] = 0
    rejoin: Flag = False
    request: Flag = False
    remove_children: Flag = False


class RouteRecord(Struct):
    """Route record (R22 3.4.5)."""

    identifier: ClassVar = CommandIdentifier.ROUTE_RECORD

    relays: Annotated[tuple[int, ...], Many(UInt(2), prefix=1)] = ()


class RejoinRequest(Struct):
    """Rejoin request (R22 3.4.6)."""

    identifier: ClassVar = CommandIdentifier.REJOIN_REQUEST

    capability: CapabilityInformation


class RejoinResponse(Struct):
    """Rejoin response (R22 3.4.7)."""

    identifier: ClassVar = CommandIdentifier.REJOIN_RESPONSE

    nwk_address: NwkField
    status: Annotated[AssociationStatus, UInt(1)]


class LinkStatusEntry(Struct):
    """What the sender of a link status knows of one neighbour (R22 3.4.8.3.2)."""

    address: NwkField
    incoming_cost: Annotated[int, Bits(3)]
    reserved: Flag
    outgoing_cost: Annotated[int, Bits(3)]
    reserved_high: Flag


class LinkStatus(Struct):
    """Link status (R22 3.4.8)."""

    identifier: ClassVar = CommandIdentifier.LINK_STATUS

    entry_count: Annotated[int, Bits(5)]
    first_frame: Flag
    last_frame: Flag
    reserved: Flag
    entries: Annotated[
        tuple[LinkStatusEntry, ...], Many(LinkStatusEntry, count=lambda status: status.entry_count)
    ] = ()


class NetworkReport(Struct):
    """Network report (R22 3.4.9); identifier 0 is a PAN identifier conflict."""

    identifier: ClassVar = CommandIdentifier.NETWORK_REPORT

    information_count: Annotated[int, Bits(5)]
    report: Annotated[int, Bits(3)]
    extended_pan_id: ExtendedPanIdField
    information: Remaining = b""


class NetworkUpdate(Struct):
    """Network update (R22 3.4.10); identifier 0 is a PAN identifier update."""

    identifier: ClassVar = CommandIdentifier.NETWORK_UPDATE

    information_count: Annotated[int, Bits(5)]
    update: Annotated[int, Bits(3)]
    extended_pan_id: ExtendedPanIdField
    update_id: U8
    information: Remaining = b""


class TimeoutStatus(OpenEnum):
    """Status of an end device timeout response (R22 3.4.12.3.1)."""

    SUCCESS = 0x00
    INCORRECT_VALUE = 0x01
    UNSUPPORTED_FEATURE = 0x02


class EndDeviceTimeoutRequest(Struct):
    """End device timeout request (R22 3.4.11)."""

    identifier: ClassVar = CommandIdentifier.END_DEVICE_TIMEOUT_REQUEST

    timeout: U8
    configuration: U8 = 0


class EndDeviceTimeoutResponse(Struct):
    """End device timeout response with the parent information (R22 3.4.12)."""

    identifier: ClassVar = CommandIdentifier.END_DEVICE_TIMEOUT_RESPONSE

    status: Annotated[TimeoutStatus, UInt(1)]
    keep_alive_by_poll: Flag
    keep_alive_by_request: Flag
    power_negotiation: Flag = False
    reserved: Annotated[int, Bits(5)] = 0


class PowerDeltaKind(OpenEnum):
    """What a link power delta asks for (R22 Table 3-63)."""

    NOTIFICATION = 0
    REQUEST = 1
    RESPONSE = 2


class PowerDelta(Struct):
    """By how much one device should change its transmit power, in dB (R22 3.4.13)."""

    address: NwkField
    delta: I8


class LinkPowerDelta(Struct):
    """Link power delta (R22 3.4.13)."""

    identifier: ClassVar = CommandIdentifier.LINK_POWER_DELTA

    kind: Annotated[PowerDeltaKind, Bits(2)]
    reserved: Annotated[int, Bits(6)]
    deltas: Annotated[tuple[PowerDelta, ...], Many(PowerDelta, prefix=1)] = ()


@dataclass(frozen=True, slots=True)
class UnknownCommand:
    """A command that R22 does not list."""

    identifier: int
    body: bytes


KnownCommand = (
    RouteRequest
    | RouteReply
    | NetworkStatus
    | Leave
    | RouteRecord
    | RejoinRequest
    | RejoinResponse
    | LinkStatus
    | NetworkReport
    | NetworkUpdate
    | EndDeviceTimeoutRequest
    | EndDeviceTimeoutResponse
    | LinkPowerDelta
)

Command = KnownCommand | UnknownCommand

COMMANDS: Final[dict[int, type[KnownCommand]]] = {
    each.identifier: each
    for each in (
        RouteRequest,
        RouteReply,
        NetworkStatus,
        Leave,
        RouteRecord,
        RejoinRequest,
        RejoinResponse,
        LinkStatus,
        NetworkReport,
        NetworkUpdate,
        EndDeviceTimeoutRequest,
        EndDeviceTimeoutResponse,
        LinkPowerDelta,
    )
}


def decode_command(payload: bytes) -> Command:
    """The command that the payload of a NWK command frame is.

    Raises:
        WireError: when the octets end before the command does.
    """
    if not payload:
        raise WireError("NwkCommand.identifier", 0, "1 octets wanted, 0 left")
    declared = COMMANDS.get(payload[0])
    if declared is None:
        return UnknownCommand(payload[0], payload[1:])
    return declared.take(payload, 1)[0]


def encode_command(command: KnownCommand) -> bytes:
    """The payload of a command frame: identifier and fields."""
    return bytes((command.identifier,)) + command.encode()
