"""Devices of the Reference Test Data Set, played without their private keys.

Secrets come from the remote parties' private keys; signatures are made with keys that stand in, so
their 64 octets are never those of the set.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Final

from emulator.gbcs.asn1.tlv import Lengths
from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.protection.agreement import StoredKeyAgreement
from emulator.gbcs.protection.key_store import KeyStore
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs_device.device_clock import DeviceClock
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.gbcs_device.own_keys import with_stand_in_key
from emulator.gbcs_device.remote_party_machine import RemotePartyMachine
from emulator.gbcs_device.remote_party_setup import remote_party_setup
from emulator.gbcs_device.settings import RemotePartySettings
from emulator.kernel.identity import Eui64
from emulator.kernel.streams import Streams
from emulator.kernel.units import Calendar
from emulator.testing.judges.reference_data import reference_messages

REFERENCE_MOMENT: Final = datetime(2015, 1, 1, tzinfo=UTC)
"""The time that devices of the set have."""
REFERENCE_SUPPLIER: Final = Eui64(0x90B3D51F30010000)
KINDS: Final[Mapping[Eui64, DeviceKind]] = MappingProxyType(
    {
        Eui64(0x00DB1234567890A0): DeviceKind.ESME,
        Eui64(0x00DB1234567890A1): DeviceKind.GSME,
        Eui64(0x00DB1234567890A2): DeviceKind.CHF,
        Eui64(0x00DB1234567890A3): DeviceKind.GPF,
        Eui64(0x00DB1234567890A4): DeviceKind.PPMID,
        Eui64(0x00DB1234567890A5): DeviceKind.HCALCS,
        Eui64(0x00DB1234567890A6): DeviceKind.SAPC,
    }
)
"""The devices of the set."""


def reference_device(eui64: Eui64, keys: KeyStore) -> RemotePartyMachine:
    """A device of the set: its certificates have run out, and it writes ASN.1 lengths long.

    Args:
        eui64: one of the set's devices.
        keys: certificates and keys of the set.
    """
    stream = Streams(1).stream("reference device", "stand-in keys")
    parties = {RemotePartyRole.SUPPLIER: REFERENCE_SUPPLIER}
    made = remote_party_setup(KINDS[eui64], eui64, keys, stream, parties=parties)
    return RemotePartyMachine(
        replace(
            made,
            own=tuple(with_stand_in_key(each, stream) for each in made.own),
            clock=DeviceClock(Calendar(REFERENCE_MOMENT)),
            settings=RemotePartySettings(
                check_validity=False,
                lengths=Lengths.LONG,
                join_certificate_names_partner=False,
            ),
            agreement=StoredKeyAgreement(keys),
            known=keys,
        )
    )


def reference_pairs() -> list[tuple[str, Message, Message]]:
    """Every command of the set with its response, by name."""
    messages = {each.name: each.octets for each in reference_messages()}
    pairs = []
    for name, octets in messages.items():
        answer = messages.get(name.replace("_COMMAND_", "_RESPONSE_"))
        if "_COMMAND_" not in name or answer is None:
            continue
        command = Message.decode(octets)
        if command.cra is Cra.COMMAND and command.signature is not None:
            pairs.append((name, command, Message.decode(answer)))
    return pairs
