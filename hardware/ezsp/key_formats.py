"""Parameters of the commands about keys and key establishment (Silicon Labs UG100)."""

from typing import Annotated

from emulator.wire.codecs import U8, U16, U32, Eui64Field, Fixed, Key128
from emulator.wire.struct import Struct


class InitialSecurity(Struct):
    """EmberInitialSecurityState (EZSP 13)."""

    bits: U16
    preconfigured_key: Key128
    network_key: Key128
    sequence: U8
    trust_centre: Eui64Field


class CurrentSecurity(Struct):
    """Answer to `getCurrentSecurityState` (EZSP 13)."""

    status: U8
    bits: U16
    trust_centre: Eui64Field


class KeyContext(Struct):
    """sl_zb_sec_man_context_t as EZSP 13 has it."""

    kind: U8
    index: U8
    derived: U16
    eui64: Eui64Field
    network: U8
    flags: U8
    permission: U32


class KeyAnswer(Struct):
    """Answer to `exportKey` (EZSP 13)."""

    key: Key128
    status: U32


class NetworkKeyInfo(Struct):
    """Answer to `getNetworkKeyInfo` (EZSP 13)."""

    status: U32
    key_set: U8
    alternate_set: U8
    sequence: U8
    alternate_sequence: U8
    counter: U32


class KeyMetadata(Struct):
    """sl_zb_sec_man_aps_key_metadata_t (EZSP 13)."""

    bits: U16
    outgoing: U32
    incoming: U32
    seconds_left: U16


class ImportLinkKey(Struct):
    """`importLinkKey` (EZSP 13)."""

    index: U8
    eui64: Eui64Field
    key: Key128


class LinkKeyByIndex(Struct):
    """Answer to `exportLinkKeyByIndex` (EZSP 13)."""

    eui64: Eui64Field
    key: Key128
    about: KeyMetadata
    status: U32


class LinkKeyByEui(Struct):
    """Answer to `exportLinkKeyByEui` (EZSP 13)."""

    key: Key128
    index: U8
    about: KeyMetadata
    status: U32


class ImportTransientKey(Struct):
    """`importTransientKey` (EZSP 13)."""

    eui64: Eui64Field
    key: Key128
    flags: U8


class TransientKey(Struct):
    """Answer to `exportTransientKeyByEui` and `exportTransientKeyByIndex` (EZSP 13)."""

    context: KeyContext
    key: Key128
    about: KeyMetadata
    status: U32


class PreinstalledData(Struct):
    """`setPreinstalledCbkeData`: authority's key, our certificate and private key (EZSP 13)."""

    authority: Annotated[bytes, Fixed(22)]
    certificate: Annotated[bytes, Fixed(48)]
    private_key: Annotated[bytes, Fixed(21)]


class Certificate(Struct):
    """Answer to `getCertificate` (EZSP 13)."""

    status: U8
    certificate: Annotated[bytes, Fixed(48)]


class Certificate283k1(Struct):
    """Answer to `getCertificate283k1` (EZSP 13)."""

    status: U8
    certificate: Annotated[bytes, Fixed(74)]


class PublicKey(Struct):
    """`generateCbkeKeysHandler`: our ephemeral key (EZSP 13)."""

    status: U8
    key: Annotated[bytes, Fixed(22)]


class PublicKey283k1(Struct):
    """`generateCbkeKeysHandler283k1`: our ephemeral key (EZSP 13)."""

    status: U8
    key: Annotated[bytes, Fixed(37)]


class CalculateSmacs(Struct):
    """`calculateSmacs`: what the partner sent (EZSP 13)."""

    initiator: U8
    certificate: Annotated[bytes, Fixed(48)]
    ephemeral: Annotated[bytes, Fixed(22)]


class CalculateSmacs283k1(Struct):
    """`calculateSmacs283k1`: what the partner sent (EZSP 13)."""

    initiator: U8
    certificate: Annotated[bytes, Fixed(74)]
    ephemeral: Annotated[bytes, Fixed(37)]


class Smacs(Struct):
    """`calculateSmacsHandler`: MACu and MACv (EZSP 13)."""

    status: U8
    initiator: Key128
    responder: Key128
