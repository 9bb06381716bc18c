"""Defects of protection: what is not checked, and what is trusted without reason (GBCS 6, 13)."""

from dataclasses import replace

from devices.faulty.refitting import refitted
from devices.faulty.rewriting import protected_again, rewritten
from devices.faulty.wrapping import Hanging, around
from emulator.equipment.request import RemoteParties
from emulator.gbcs.asn1.firmware import ActivateFirmwareCommand
from emulator.gbcs.asn1.payload import Asn1Payload
from emulator.gbcs.envelope import Message
from emulator.gbcs.payload import PayloadKind, decode_payload
from emulator.gbcs.protection.key_store import KeyUse
from emulator.gbcs.protection.message_protection import Protection
from emulator.gbcs.protection.signature import verifies
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs.use_cases.catalogue import known_use_case
from emulator.gbcs_device.asn1.executor import Asn1Executor
from emulator.gbcs_device.asn1.handling import Belongings
from emulator.gbcs_device.authority import permitted_roles
from emulator.gbcs_device.execution import Executor
from emulator.gbcs_device.remote_party_machine import RemotePartyMachine
from emulator.gbcs_device.settings import RemotePartySettings
from emulator.kernel.errors import WireError
from emulator.smart_energy.device import Applications


def mac_unchecked(remote: RemoteParties, good: Applications) -> Applications:
    """Takes any MAC for right (against GBCS 6.2.4)."""

    def incoming(message: Message, _: RemotePartyMachine, protection: Protection) -> Message:
        return message if message.mac is None else replace(message, mac=protection.mac(message))

    return rewritten(remote, good, incoming=incoming)


def signature_unchecked(remote: RemoteParties, good: Applications) -> Applications:
    """Takes any signature for right (against GBCS 6.2.4)."""

    def incoming(message: Message, _: RemotePartyMachine, protection: Protection) -> Message:
        if not message.signature or message.mac != protection.mac(message):
            return message
        return protected_again(message, protection)

    return rewritten(remote, good, incoming=incoming)


def certificate_unchecked(remote: RemoteParties, good: Applications) -> Applications:
    """Takes a signature of any supplier for that of its own (against GBCS 6.2.4)."""

    def incoming(message: Message, _: RemotePartyMachine, protection: Protection) -> Message:
        if message.mac is not None and message.mac != protection.mac(message):
            return message
        for party in remote.keys.with_role(RemotePartyRole.SUPPLIER):
            held = remote.keys.find(party, KeyUse.DIGITAL_SIGNATURE)
            signature = message.signature or b""
            if held and signature and verifies(held.public_key, signature, message.signed_region):
                return protected_again(message, protection)
        return message

    return rewritten(remote, good, incoming=incoming)


def recipient_unchecked(remote: RemoteParties, good: Applications) -> Applications:
    """Acts on commands for other devices (against GBCS 6.2.4)."""

    def incoming(message: Message, own: RemotePartyMachine, protection: Protection) -> Message:
        if message.recipient == own.identity.eui64:
            return message
        return protected_again(replace(message, recipient=own.identity.eui64), protection)

    return rewritten(remote, good, incoming=incoming)


def authority_unchecked(remote: RemoteParties, good: Applications) -> Applications:
    """Lets a network operator do what only a supplier may (against GBCS 6.2.4)."""

    def incoming(message: Message, own: RemotePartyMachine, protection: Protection) -> Message:
        anchors = own.identity.anchors
        supplier = anchors.party(RemotePartyRole.SUPPLIER)
        operator = anchors.party(RemotePartyRole.NETWORK_OPERATOR)
        found = known_use_case(message.other_information.message_code)
        if supplier is None or message.originator != operator or found is None:
            return message
        if RemotePartyRole.NETWORK_OPERATOR in permitted_roles(found):
            return message
        return protected_again(replace(message, originator=supplier), protection)

    return rewritten(remote, good, incoming=incoming)


def stranger_unchecked(remote: RemoteParties, good: Applications) -> Applications:
    """Takes a party that stands in no cell for its supplier (against GBCS 6.2.4)."""

    def incoming(message: Message, own: RemotePartyMachine, protection: Protection) -> Message:
        anchors = own.identity.anchors
        supplier = anchors.party(RemotePartyRole.SUPPLIER)
        if supplier is None or anchors.roles_of(message.originator):
            return message
        return protected_again(replace(message, originator=supplier), protection)

    return rewritten(remote, good, incoming=incoming)


def format_unchecked(remote: RemoteParties, good: Applications) -> Applications:
    """Leaves aside octets after the end of a payload (against GBCS 7.2)."""

    def incoming(message: Message, _: RemotePartyMachine, protection: Protection) -> Message:
        try:
            decode_payload(message)
        except WireError:
            return protected_again(replace(message, payload=message.payload[:-1]), protection)
        return message

    return rewritten(remote, good, incoming=incoming)


def trust_anchor_unchecked(_: RemoteParties, good: Applications) -> Applications:
    """Puts any certificate into its cells, whoever issued it (against GBCS 13.3)."""

    def careless(machine: RemotePartyMachine, _: Executor) -> Executor:
        return Asn1Executor(
            Belongings(
                identity=machine.identity,
                firmware=machine.firmware,
                clock=machine.clock,
                settings=RemotePartySettings(check_paths=False),
            )
        )

    return refitted(good, careless, PayloadKind.ASN1)


def image_hash_unchecked(remote: RemoteParties, good: Applications) -> Applications:
    """Activates the image it holds, whatever hash the command names (against GBCS 11.2)."""

    def incoming(message: Message, own: RemotePartyMachine, protection: Protection) -> Message:
        payload = decode_payload(message)
        held = own.firmware.held
        if not isinstance(payload, Asn1Payload) or held is None:
            return message
        asked = payload.value
        if not isinstance(asked, ActivateFirmwareCommand):
            return message
        named = replace(payload, value=replace(asked, image_hash=held.image_hash))
        return protected_again(replace(message, payload=named.encode()), protection)

    return rewritten(remote, good, incoming=incoming)


def garbage_hangs(_: RemoteParties, good: Applications) -> Applications:
    """Hangs when something arrives that is no message (against GBCS 6.2.4)."""
    return around(good, Hanging)
