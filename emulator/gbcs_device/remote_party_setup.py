"""What the remote-party side of a device is made from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from emulator.gbcs.block_transfer import BlockTransferSettings
from emulator.gbcs.payload import PayloadKind
from emulator.gbcs.protection.agreement import KeyAgreement
from emulator.gbcs.protection.key_store import Credential, KeyStore
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs_device.device_clock import DeviceClock
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.gbcs_device.execution import Executor
from emulator.gbcs_device.settings import RemotePartySettings
from emulator.gbcs_device.trust_anchors import TrustAnchors, trust_anchors
from emulator.kernel.identity import Eui64
from emulator.kernel.streams import Stream
from emulator.kernel.units import Calendar

FIRST_FIRMWARE: Final = bytes.fromhex("00000001")
"""Version of the firmware a device leaves the factory with, unless told otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemotePartySetup:
    """One device, as it leaves the factory.

    Args:
        kind: of device.
        eui64: its name in messages.
        own: its keys, one to sign with and one to agree with, with certificates.
        anchors: the cells and what is in them.
        clock: its own; executors that tell the time have the same one.
        stream: what new keys are drawn from.
        executors: who executes DLMS and GBZ payloads; ASN.1 payloads need none.
        firmware: version of what runs, 4 octets.
        settings: how strict it is.
        blocks: how long messages travel.
        agreement: knows the secrets it shares, where its own private key is not known.
        known: certificates that told trust anchors are seeded from.
        housemates: other devices behind the same link, whose messages it does not look at.
    """

    kind: DeviceKind
    eui64: Eui64
    own: tuple[Credential, ...]
    anchors: TrustAnchors
    stream: Stream
    clock: DeviceClock = field(default_factory=lambda: DeviceClock(Calendar()))
    executors: Mapping[PayloadKind, Executor] = field(default_factory=dict)
    firmware: bytes = FIRST_FIRMWARE
    settings: RemotePartySettings = field(default_factory=RemotePartySettings)
    blocks: BlockTransferSettings = field(default_factory=BlockTransferSettings)
    agreement: KeyAgreement | None = None
    known: KeyStore | None = None
    housemates: frozenset[Eui64] = frozenset()


def remote_party_setup(
    kind: DeviceKind,
    eui64: Eui64,
    keys: KeyStore,
    stream: Stream,
    *,
    parties: Mapping[RemotePartyRole, Eui64] | None = None,
) -> RemotePartySetup:
    """A device with its own keys and the cells of its kind out of one key store.

    Args:
        kind: of device.
        eui64: whose keys in the store are its own.
        keys: of the device and of remote parties, with root and issuing authorities.
        stream: what new keys are drawn from.
        parties: who stands in the cells of a role; the first of that role unless given.
    """
    return RemotePartySetup(
        kind=kind,
        eui64=eui64,
        own=tuple(each for each in keys if each.eui64 == eui64),
        anchors=trust_anchors(kind, keys, parties=parties),
        stream=stream,
    )
