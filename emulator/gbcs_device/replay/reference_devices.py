"""The devices of the reference set, played from the remote parties' side (RTDS 4.5.0).

Nobody has the private keys of these devices. What they share with a remote party follows from that
party's private key; only signatures cannot be made, so the devices here sign with a key of their
own, and their signatures differ from those of the set.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from types import MappingProxyType
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, derive_private_key

from emulator.cosem.server.members import MeterVariant, object_members
from emulator.dlms.access import AccessRequest
from emulator.gbcs.asn1.tlv import Lengths
from emulator.gbcs.envelope import Message
from emulator.gbcs.payload import Payload, PayloadKind
from emulator.gbcs.protection.agreement import StoredKeyAgreement
from emulator.gbcs.protection.key_store import Credential, KeyStore, KeyUse
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs_device.cosem.device_objects import (
    MeterMake,
    communications_hub,
    electricity_meter,
    standalone_load_controller,
    stored_token_key,
)
from emulator.gbcs_device.device_clock import DeviceClock
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.gbcs_device.gbz.executor import GbzExecutor
from emulator.gbcs_device.gbz.state.as_shipped import GPF, GSME
from emulator.gbcs_device.gbz.state.store import MeterStore
from emulator.gbcs_device.hub_device_log import HubDeviceLog
from emulator.gbcs_device.remote_party_machine import RemotePartyMachine
from emulator.gbcs_device.remote_party_setup import remote_party_setup
from emulator.gbcs_device.seeding import Seedable
from emulator.gbcs_device.settings import RemotePartySettings
from emulator.kernel.identity import Eui64
from emulator.kernel.streams import Streams
from emulator.kernel.units import Calendar

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
"""What the devices of the set are (RTDS 4.5.0)."""

CALENDAR: Final = Calendar(datetime(2015, 1, 1, tzinfo=UTC))
"""The time at which the set was made to play."""
_EXTENDED_PAN_ID: Final = 0x00DB1234567890A2
"""A hub that formed its own network names it after itself (GBCS 1.0 page 125)."""
_TWIN: Final = "TWIN"
_SIGNING_NUMBER: Final = 1
"""Any private key serves: nobody can check the signatures."""
_SETTINGS: Final = RemotePartySettings(
    check_validity=False,
    check_paths=False,
    join_certificate_names_partner=False,
    lengths=Lengths.LONG,
    whole_message=0x1_0000,
)
"""Certificates of the set are not valid at its time, and its messages come whole."""


@dataclass(frozen=True, slots=True)
class PlayedDevice:
    """One device of the set: its state lives on from command to command.

    Args:
        kind: of device.
        eui64: its name.
        clock: of the device.
        executors: hold its objects.
    """

    kind: DeviceKind
    eui64: Eui64
    clock: DeviceClock
    executors: Mapping[PayloadKind, Seedable]

    def machine(
        self, keys: KeyStore, agreement: StoredKeyAgreement, command: Message
    ) -> RemotePartyMachine:
        """Its remote-party side, with the parties of a command in its cells and no counter met."""
        information = command.other_information
        parties = {}
        for party in (command.originator, information.supplementary_party):
            role = None if party is None else keys.role(party)
            if party is not None and role is not None:
                parties[RemotePartyRole(role)] = party
        made = remote_party_setup(
            self.kind, self.eui64, keys, Streams(0).stream("replay", "keys"), parties=parties
        )
        return RemotePartyMachine(
            replace(
                made,
                own=tuple(map(_signing, made.own)),
                clock=self.clock,
                executors=self.executors,
                settings=_SETTINGS,
                agreement=agreement,
                known=keys,
            )
        )


def played_device(eui64: Eui64, variant: MeterVariant, keys: KeyStore) -> PlayedDevice | None:
    """A device of the set as it left its factory; None when the set has no such device.

    Args:
        eui64: its name.
        variant: of an electricity meter.
        keys: of the set; among them those of suppliers for tokens.
    """
    kind = KINDS.get(eui64)
    if kind is None:
        return None
    clock = DeviceClock(CALENDAR)
    executors: dict[PayloadKind, Seedable] = {}
    match kind:
        case DeviceKind.ESME:
            make = MeterMake(variant=variant, token_key=stored_token_key(keys, eui64))
            executors[PayloadKind.DLMS] = electricity_meter(eui64, clock, make)
        case DeviceKind.CHF:
            executors[PayloadKind.DLMS] = communications_hub(eui64, HubDeviceLog(_EXTENDED_PAN_ID))
        case DeviceKind.SAPC:
            executors[PayloadKind.DLMS] = standalone_load_controller(eui64, clock)
        case DeviceKind.GSME | DeviceKind.GPF:
            values = GSME if kind is DeviceKind.GSME else GPF
            executors[PayloadKind.GBZ] = GbzExecutor(MeterStore(values))
        case _:
            pass
    return PlayedDevice(kind, eui64, clock, executors)


def meter_variant(name: str, command: Payload) -> MeterVariant:
    """The variant of electricity meter that a command of the set is for.

    Args:
        name: of the pair; the set tells some twin element meters by it.
        command: its payload; objects that only one variant has tell that.
    """
    if isinstance(command, AccessRequest):
        for variant in (MeterVariant.POLYPHASE, MeterVariant.TWIN_ELEMENT):
            only = _only_of(variant)
            if any((item.class_id, item.obis) in only for item in command.descriptors):
                return variant
    return MeterVariant.TWIN_ELEMENT if _TWIN in name else MeterVariant.SINGLE_ELEMENT


@cache
def _only_of(variant: MeterVariant) -> frozenset[tuple[int, bytes]]:
    return frozenset(
        (each.class_id, each.obis) for each in object_members() if each.variants == {variant}
    )


def _signing(credential: Credential) -> Credential:
    if credential.use is not KeyUse.DIGITAL_SIGNATURE:
        return credential
    return replace(credential, private_key=derive_private_key(_SIGNING_NUMBER, SECP256R1()))
