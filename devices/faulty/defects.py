"""Realistic defects, one each; but for that the device is as good as it was (GBCS 4, 6, 7)."""

from dataclasses import replace

from devices.faulty.forgetting import forgetting
from devices.faulty.rewriting import protected_again, rewritten
from emulator.dcc.alert_reading import DATED_CODES, alert_code
from emulator.dlms.access import AccessResponse
from emulator.equipment.request import RemoteParties
from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.payload import PayloadKind, decode_payload, payload_kind
from emulator.gbcs.protection.message_protection import Protection
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs_device.remote_party_machine import RemotePartyMachine
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
        if supplier is None or message.originator != operator:
            return message
        return protected_again(replace(message, originator=supplier), protection)

    return rewritten(remote, good, incoming=incoming)


def counter_unchecked(remote: RemoteParties, good: Applications) -> Applications:
    """Acts on a command again when it comes again (against GBCS 4.3.1)."""

    def incoming(message: Message, own: RemotePartyMachine, _: Protection) -> Message:
        anchors = own.identity.anchors
        anchors.restore({**anchors.snapshot(), "counters": []})
        return message

    return rewritten(remote, good, incoming=incoming)


def counter_lost(_: RemoteParties, good: Applications) -> Applications:
    """Loses the counters of its remote parties with its power (against GBCS 4.3.1)."""
    return forgetting(good)


def format_unchecked(remote: RemoteParties, good: Applications) -> Applications:
    """Leaves aside octets after the end of a payload (against GBCS 7.2)."""

    def incoming(message: Message, _: RemotePartyMachine, protection: Protection) -> Message:
        try:
            decode_payload(message)
        except WireError:
            return protected_again(replace(message, payload=message.payload[:-1]), protection)
        return message

    return rewritten(remote, good, incoming=incoming)


def never_answers(remote: RemoteParties, good: Applications) -> Applications:
    """Carries out commands and keeps silent (against GBCS 7.2)."""

    def outgoing(message: Message, _: Protection) -> Message | None:
        return None if message.cra is Cra.RESPONSE else message

    return rewritten(remote, good, outgoing=outgoing)


def alerts_missing(remote: RemoteParties, good: Applications) -> Applications:
    """Never tells anything by itself (against GBCS 16)."""

    def outgoing(message: Message, _: Protection) -> Message | None:
        return None if message.cra is Cra.ALERT else message

    return rewritten(remote, good, outgoing=outgoing)


def dated_alerts_missing(remote: RemoteParties, good: Applications) -> Applications:
    """Does not tell what became of a command that waited (against GBCS 9.2.2)."""

    def outgoing(message: Message, _: Protection) -> Message | None:
        if message.cra is not Cra.ALERT:
            return message
        return None if alert_code(decode_payload(message)) in DATED_CODES else message

    return rewritten(remote, good, outgoing=outgoing)


def results_reversed(remote: RemoteParties, good: Applications) -> Applications:
    """Tells the results of DLMS items from the last to the first (against GBCS 7.2)."""

    def outgoing(message: Message, protection: Protection) -> Message:
        payload = decode_payload(message)
        if not isinstance(payload, AccessResponse):
            return message
        turned = replace(payload, outcomes=payload.outcomes[::-1], data=payload.data[::-1])
        return protected_again(replace(message, payload=turned.encode()), protection)

    return rewritten(remote, good, outgoing=outgoing)


def gbz_length_off(remote: RemoteParties, good: Applications) -> Applications:
    """Sends GBZ answers one octet shorter than their lengths say (against GBCS 7.2.10)."""

    def outgoing(message: Message, protection: Protection) -> Message:
        is_gbz = payload_kind(message.payload) is PayloadKind.GBZ
        if message.cra is not Cra.RESPONSE or not is_gbz:
            return message
        return protected_again(replace(message, payload=message.payload[:-1]), protection)

    return rewritten(remote, good, outgoing=outgoing)


def answer_mac_wrong(remote: RemoteParties, good: Applications) -> Applications:
    """Protects its answers with a wrong MAC (against GBCS 6.2)."""

    def outgoing(message: Message, _: Protection) -> Message:
        if message.cra is not Cra.RESPONSE or message.mac is None:
            return message
        return replace(message, mac=bytes(len(message.mac)))

    return rewritten(remote, good, outgoing=outgoing)


def answer_counter_wrong(remote: RemoteParties, good: Applications) -> Applications:
    """Answers under a counter of its own in place of the command's (against GBCS 7.2)."""

    def outgoing(message: Message, protection: Protection) -> Message:
        if message.cra is not Cra.RESPONSE:
            return message
        return protected_again(replace(message, counter=message.counter + 1), protection)

    return rewritten(remote, good, outgoing=outgoing)
