"""The Key Establishment cluster (ZSE 1.4 C.3.1): its attributes, commands and their payloads."""

from enum import IntEnum
from typing import Final

from emulator.wire.codecs import U8, U16, Key128, Remaining
from emulator.wire.struct import Struct
from emulator.zcl.cluster import Attribute, Cluster, ClusterSide, Command
from emulator.zcl.data_types import DataType
from emulator.zigbee.addresses import ClusterId


class KeyCommand(IntEnum):
    """Command identifiers, the same in both directions (ZSE 1.4 C.3.1.2)."""

    INITIATE = 0x00
    EPHEMERAL_DATA = 0x01
    CONFIRM_KEY = 0x02
    TERMINATE = 0x03


class InitiateKeyEstablishment(Struct):
    """Initiate Key Establishment Request and Response (ZSE 1.4 C.3.1.2).

    The suite decides the size of `identity`, the certificate.
    """

    suite: U16
    ephemeral_data_generate_time: U8
    confirm_key_generate_time: U8
    identity: Remaining


class EphemeralData(Struct):
    """Ephemeral Data Request and Response: a compressed public point (ZSE 1.4 C.3.1.2)."""

    ephemeral_data: Remaining


class ConfirmKeyData(Struct):
    """Confirm Key Data Request and Response: MACU or MACV (ZSE 1.4 C.3.1.2)."""

    secure_message_authentication_code: Key128


class TerminateKeyEstablishment(Struct):
    """Terminate Key Establishment, from either side; wait in seconds (ZSE 1.4 C.3.1.2)."""

    status: U8
    wait_time: U8
    suite: U16


_SERVER_ATTRIBUTES: Final = (Attribute(0x0000, "KeyEstablishmentSuite", DataType.ENUM16),)

_TO_SERVER: Final = (
    Command(KeyCommand.INITIATE, "InitiateKeyEstablishmentRequest", InitiateKeyEstablishment),
    Command(KeyCommand.EPHEMERAL_DATA, "EphemeralDataRequest", EphemeralData),
    Command(KeyCommand.CONFIRM_KEY, "ConfirmKeyDataRequest", ConfirmKeyData),
    Command(KeyCommand.TERMINATE, "TerminateKeyEstablishment", TerminateKeyEstablishment),
)

_CLIENT_ATTRIBUTES: Final = (Attribute(0x0000, "KeyEstablishmentSuite", DataType.ENUM16),)

_TO_CLIENT: Final = (
    Command(KeyCommand.INITIATE, "InitiateKeyEstablishmentResponse", InitiateKeyEstablishment),
    Command(KeyCommand.EPHEMERAL_DATA, "EphemeralDataResponse", EphemeralData),
    Command(KeyCommand.CONFIRM_KEY, "ConfirmKeyDataResponse", ConfirmKeyData),
    Command(KeyCommand.TERMINATE, "TerminateKeyEstablishment", TerminateKeyEstablishment),
)

KEY_ESTABLISHMENT: Final = Cluster(
    id=ClusterId(0x0800),
    name="Key Establishment",
    clause="ZSE 1.4 C.3.1",
    server=ClusterSide(attributes=_SERVER_ATTRIBUTES, receives=_TO_SERVER),
    client=ClusterSide(attributes=_CLIENT_ATTRIBUTES, receives=_TO_CLIENT),
)
