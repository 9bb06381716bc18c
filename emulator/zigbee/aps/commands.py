"""APS command frames: the payloads of the security services (R22 4.4.11)."""

from typing import Annotated, ClassVar, Final

from emulator.kernel.errors import WireError
from emulator.kernel.identity import Eui64
from emulator.wire.codecs import U8, Eui64Field, Key128, OpenEnum, Remaining, UInt, When
from emulator.wire.struct import Struct
from emulator.zigbee.addresses import NwkField
from emulator.zigbee.aps.primitives import TransportKeyType, UpdateDeviceStatus


class CommandIdentifier(OpenEnum):
    """APS command identifiers (R22 Table 4-33)."""

    TRANSPORT_KEY = 0x05
    UPDATE_DEVICE = 0x06
    REMOVE_DEVICE = 0x07
    REQUEST_KEY = 0x08
    SWITCH_KEY = 0x09
    TUNNEL = 0x0E
    VERIFY_KEY = 0x0F
    CONFIRM_KEY = 0x10


class RequestKeyType(OpenEnum):
    """RequestKeyType (R22 Table 4-20)."""

    APPLICATION_LINK_KEY = 0x02
    TRUST_CENTRE_LINK_KEY = 0x04


_ADDRESSED_KEYS: Final = (
    TransportKeyType.STANDARD_NETWORK_KEY,
    TransportKeyType.TRUST_CENTRE_LINK_KEY,
)


class TransportKey(Struct):
    """Transport-Key (R22 4.4.11.1); the descriptor depends on the key type.

    `rest` is what a later revision appended, and the whole tail of a key type we do not know.
    """

    identifier: ClassVar[CommandIdentifier] = CommandIdentifier.TRANSPORT_KEY

    key_type: Annotated[TransportKeyType, UInt(1)]
    key: Key128
    sequence: Annotated[
        U8 | None, When(lambda x: x.key_type == TransportKeyType.STANDARD_NETWORK_KEY)
    ] = None
    destination: Annotated[Eui64 | None, UInt(8), When(lambda x: x.key_type in _ADDRESSED_KEYS)] = (
        None
    )
    source: Annotated[Eui64 | None, UInt(8), When(lambda x: x.key_type in _ADDRESSED_KEYS)] = None
    partner: Annotated[
        Eui64 | None,
        UInt(8),
        When(lambda x: x.key_type == TransportKeyType.APPLICATION_LINK_KEY),
    ] = None
    initiator: Annotated[
        U8 | None, When(lambda x: x.key_type == TransportKeyType.APPLICATION_LINK_KEY)
    ] = None
    rest: Remaining = b""


class UpdateDevice(Struct):
    """Update-Device (R22 4.4.11.2)."""

    identifier: ClassVar[CommandIdentifier] = CommandIdentifier.UPDATE_DEVICE

    device: Eui64Field
    device_address: NwkField
    status: Annotated[UpdateDeviceStatus, UInt(1)]
    rest: Remaining = b""


class RemoveDevice(Struct):
    """Remove-Device (R22 4.4.11.3)."""

    identifier: ClassVar[CommandIdentifier] = CommandIdentifier.REMOVE_DEVICE

    target: Eui64Field


class RequestKey(Struct):
    """Request-Key (R22 4.4.11.4)."""

    identifier: ClassVar[CommandIdentifier] = CommandIdentifier.REQUEST_KEY

    key_type: Annotated[RequestKeyType, UInt(1)]
    partner: Annotated[
        Eui64 | None, UInt(8), When(lambda x: x.key_type == RequestKeyType.APPLICATION_LINK_KEY)
    ] = None


class SwitchKey(Struct):
    """Switch-Key (R22 4.4.11.5)."""

    identifier: ClassVar[CommandIdentifier] = CommandIdentifier.SWITCH_KEY

    sequence: U8


class Tunnel(Struct):
    """Tunnel: a whole APS frame for a device that has no network key yet (R22 4.4.11.6)."""

    identifier: ClassVar[CommandIdentifier] = CommandIdentifier.TUNNEL

    destination: Eui64Field
    frame: Remaining


class VerifyKey(Struct):
    """Verify-Key (R22 4.4.11.7); `hash` is HMAC of 0x03 under the link key."""

    identifier: ClassVar[CommandIdentifier] = CommandIdentifier.VERIFY_KEY

    key_type: Annotated[TransportKeyType, UInt(1)]
    source: Eui64Field
    hash: Key128


class ConfirmKey(Struct):
    """Confirm-Key (R22 4.4.11.8)."""

    identifier: ClassVar[CommandIdentifier] = CommandIdentifier.CONFIRM_KEY

    status: U8
    key_type: Annotated[TransportKeyType, UInt(1)]
    destination: Eui64Field


Command = (
    TransportKey
    | UpdateDevice
    | RemoveDevice
    | RequestKey
    | SwitchKey
    | Tunnel
    | VerifyKey
    | ConfirmKey
)

COMMANDS: Final[dict[int, type[Command]]] = {
    each.identifier.value: each
    for each in (
        TransportKey,
        UpdateDevice,
        RemoveDevice,
        RequestKey,
        SwitchKey,
        Tunnel,
        VerifyKey,
        ConfirmKey,
    )
}


def encode_command(command: Command) -> bytes:
    """The payload of an APS command frame: identifier, then fields."""
    return bytes((command.identifier,)) + command.encode()


def decode_command(payload: bytes) -> Command:
    """The command that the payload of an APS command frame is.

    Raises:
        WireError: when it is empty, cut off, too long or of an unknown identifier.
    """
    if not payload:
        raise WireError("ApsCommand.identifier", 0, "1 octets wanted, 0 left")
    kind = COMMANDS.get(payload[0])
    if kind is None:
        raise WireError("ApsCommand.identifier", 0, f"{payload[0]:#04x} is no command we know")
    return kind.decode(payload[1:])
