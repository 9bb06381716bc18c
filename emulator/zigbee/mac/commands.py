"""MAC command frames (IEEE 802.15.4-2006 7.3): the payload after the header."""

from typing import Annotated, Final

from emulator.kernel.errors import WireError
from emulator.wire.codecs import U8, Bits, Flag, OpenEnum, Remaining, UInt
from emulator.wire.struct import Struct
from emulator.zigbee.addresses import NwkField, PanIdField
from emulator.zigbee.mac.primitives import AssociationStatus, CapabilityInformation


class CommandId(OpenEnum):
    """Command frame identifier (IEEE 802.15.4-2006 Table 82)."""

    ASSOCIATION_REQUEST = 0x01
    ASSOCIATION_RESPONSE = 0x02
    DISASSOCIATION_NOTIFICATION = 0x03
    DATA_REQUEST = 0x04
    PAN_ID_CONFLICT_NOTIFICATION = 0x05
    ORPHAN_NOTIFICATION = 0x06
    BEACON_REQUEST = 0x07
    COORDINATOR_REALIGNMENT = 0x08
    GTS_REQUEST = 0x09


class DisassociationReason(OpenEnum):
    """Disassociation reason (IEEE 802.15.4-2006 Table 84)."""

    COORDINATOR_WISHES = 0x01
    DEVICE_WISHES = 0x02


class AssociationRequest(Struct):
    """A device asks to associate (IEEE 802.15.4-2006 7.3.1)."""

    capability: CapabilityInformation


class AssociationResponse(Struct):
    """The answer (IEEE 802.15.4-2006 7.3.2); 0xFFFF when there is no address."""

    short_address: NwkField
    status: Annotated[AssociationStatus, UInt(1)]


class DisassociationNotification(Struct):
    """One side ends the association (IEEE 802.15.4-2006 7.3.3)."""

    reason: Annotated[DisassociationReason, UInt(1)]


class DataRequest(Struct):
    """A device asks its parent for what it holds (IEEE 802.15.4-2006 7.3.4)."""


class PanIdConflictNotification(Struct):
    """A device saw a second PAN of our identifier (IEEE 802.15.4-2006 7.3.5)."""


class OrphanNotification(Struct):
    """A device looks for the coordinator it lost (IEEE 802.15.4-2006 7.3.6)."""


class BeaconRequest(Struct):
    """An active scan asks every coordinator for its beacon (IEEE 802.15.4-2006 7.3.7)."""


class CoordinatorRealignment(Struct):
    """A coordinator tells an orphan, or everybody, its configuration (IEEE 802.15.4-2006 7.3.8)."""

    pan_id: PanIdField
    coordinator: NwkField
    channel: U8
    short_address: NwkField
    channel_page: Remaining = b""
    """One octet where the frame version is 2006 and the page is not the former one, else none."""


class GtsRequest(Struct):
    """A device asks for a guaranteed time slot (IEEE 802.15.4-2006 7.3.9)."""

    length: Annotated[int, Bits(4)]
    receive: Flag
    allocate: Flag
    reserved: Annotated[int, Bits(2)] = 0


Command = (
    AssociationRequest
    | AssociationResponse
    | DisassociationNotification
    | DataRequest
    | PanIdConflictNotification
    | OrphanNotification
    | BeaconRequest
    | CoordinatorRealignment
    | GtsRequest
)

_FORMATS: Final[dict[int, type[Command]]] = {
    CommandId.ASSOCIATION_REQUEST: AssociationRequest,
    CommandId.ASSOCIATION_RESPONSE: AssociationResponse,
    CommandId.DISASSOCIATION_NOTIFICATION: DisassociationNotification,
    CommandId.DATA_REQUEST: DataRequest,
    CommandId.PAN_ID_CONFLICT_NOTIFICATION: PanIdConflictNotification,
    CommandId.ORPHAN_NOTIFICATION: OrphanNotification,
    CommandId.BEACON_REQUEST: BeaconRequest,
    CommandId.COORDINATOR_REALIGNMENT: CoordinatorRealignment,
    CommandId.GTS_REQUEST: GtsRequest,
}
_IDS: Final = {form: bytes((command_id,)) for command_id, form in _FORMATS.items()}


def encode_command(command: Command) -> bytes:
    """The payload of the command frame: its identifier and its fields."""
    return _IDS[type(command)] + command.encode()


def decode_command(payload: bytes) -> Command:
    """The command that the payload of a command frame is.

    Raises:
        WireError: when it is none of the commands of IEEE 802.15.4-2006.
    """
    if not payload:
        raise WireError("Command.id", 0, "1 octet wanted, 0 left")
    form = _FORMATS.get(payload[0])
    if form is None:
        raise WireError("Command.id", 0, f"{payload[0]:#04x} is no command of Table 82")
    return form.decode(payload[1:])
