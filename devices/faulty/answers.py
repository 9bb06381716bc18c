"""Defects of answers: heading, protection, results of items, secrecy, length (GBCS 6, 7, 8)."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from devices.faulty.rewriting import protected_again, rewritten
from devices.faulty.wrapping import Sending, Slow, WithoutBlocks, around
from emulator.cosem.moments import date_time_octets, moment_of
from emulator.dlms.access import AccessResponse, AccessResult, Outcome
from emulator.dlms.data import NULL
from emulator.equipment.request import RemoteParties
from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.gbz import GbzPayload
from emulator.gbcs.payload import PayloadKind, decode_payload, payload_kind
from emulator.gbcs.protection.encryption import SensitiveData
from emulator.gbcs.protection.key_store import KeyUse
from emulator.gbcs.protection.message_protection import Protection
from emulator.gbcs.protection.signature import sign
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs.sensitive_payload import change_blocks
from emulator.gbcs_device.primitives import MessageRequest
from emulator.gbcs_device.remote_party_machine import RemotePartyMachine
from emulator.kernel.errors import WireError
from emulator.kernel.units import minutes
from emulator.smart_energy.device import Applications

_HOUR: Final = timedelta(hours=1)
_SLOWLY: Final = minutes(5)
Change = Callable[[Message, Protection], Message | None]
Items = Callable[[AccessResponse], AccessResponse]


def _answering(remote: RemoteParties, good: Applications, change: Change) -> Applications:
    """Applications with other answers; alerts go as they are."""

    def outgoing(message: Message, protection: Protection) -> Message | None:
        return change(message, protection) if message.cra is Cra.RESPONSE else message

    return rewritten(remote, good, outgoing=outgoing)


def _with_items(remote: RemoteParties, good: Applications, change: Items) -> Applications:
    """Applications that answer DLMS items otherwise."""

    def changed(message: Message, protection: Protection) -> Message:
        payload = decode_payload(message)
        if not isinstance(payload, AccessResponse):
            return message
        return protected_again(replace(message, payload=change(payload).encode()), protection)

    return _answering(remote, good, changed)


def never_answers(remote: RemoteParties, good: Applications) -> Applications:
    """Carries out commands and keeps silent (against GBCS 7.2)."""
    return _answering(remote, good, lambda _message, _protection: None)


def answer_slow(_: RemoteParties, good: Applications) -> Applications:
    """Takes five minutes for every answer (against SEC H13.1)."""

    def slow(machine: RemotePartyMachine) -> Slow:
        return Slow(machine, _SLOWLY)

    return around(good, slow)


def answer_twice(_: RemoteParties, good: Applications) -> Applications:
    """Sends every answer a second time (against GBCS 7.2)."""

    def twice(sent: MessageRequest) -> Sequence[MessageRequest]:
        return (sent, sent) if _cra(sent) is Cra.RESPONSE else (sent,)

    return around(good, lambda machine: Sending(machine, twice))


def _cra(sent: MessageRequest) -> Cra | None:
    try:
        return Message.decode(sent.octets).cra
    except WireError:
        return None


def answer_cut(_: RemoteParties, good: Applications) -> Applications:
    """Sends answers without their last octet (against GBCS 7.2)."""

    def cut(sent: MessageRequest) -> Sequence[MessageRequest]:
        return (replace(sent, octets=sent.octets[:-1]),)

    return around(good, lambda machine: Sending(machine, cut))


def answer_too_long(remote: RemoteParties, good: Applications) -> Applications:
    """Lets an octet follow the payload of its answers (against GBCS 7.2)."""

    def longer(message: Message, protection: Protection) -> Message:
        return protected_again(replace(message, payload=message.payload + b"\x00"), protection)

    return _answering(remote, good, longer)


def answer_mac_wrong(remote: RemoteParties, good: Applications) -> Applications:
    """Protects its answers with a wrong MAC (against GBCS 6.2)."""

    def wrong(message: Message, _: Protection) -> Message:
        return message if message.mac is None else replace(message, mac=bytes(len(message.mac)))

    return _answering(remote, good, wrong)


def answer_signature_wrong(remote: RemoteParties, good: Applications) -> Applications:
    """Signs its answers with a key that is not its own (against GBCS 6.2)."""
    supplier = remote.keys.with_role(RemotePartyRole.SUPPLIER)[0]
    other = remote.keys.find(supplier, KeyUse.DIGITAL_SIGNATURE)

    def signed(message: Message, _: Protection) -> Message:
        if not message.signature or other is None or other.private_key is None:
            return message
        return replace(message, signature=sign(other.private_key, message.signed_region))

    return _answering(remote, good, signed)


def answer_counter_wrong(remote: RemoteParties, good: Applications) -> Applications:
    """Answers under a counter of its own in place of the command's (against GBCS 7.2)."""

    def counted(message: Message, protection: Protection) -> Message:
        return protected_again(replace(message, counter=message.counter + 1), protection)

    return _answering(remote, good, counted)


def answer_code_wrong(remote: RemoteParties, good: Applications) -> Applications:
    """Answers under the message code of another use case (against GBCS 7.2)."""

    def coded(message: Message, protection: Protection) -> Message:
        other = message.other_information.message_code ^ 1
        told = replace(message.other_information, message_code=other)
        return protected_again(replace(message, other_information=told), protection)

    return _answering(remote, good, coded)


def answer_names_another(remote: RemoteParties, good: Applications) -> Applications:
    """Answers under the name of another device (against GBCS 7.2)."""

    def named(message: Message, _: Protection) -> Message:
        return replace(message, originator=type(message.originator)(message.originator ^ 1))

    return _answering(remote, good, named)


def answer_to_another(remote: RemoteParties, good: Applications) -> Applications:
    """Addresses its answers to the access control broker (against GBCS 7.2)."""
    broker = remote.keys.with_role(RemotePartyRole.ACCESS_CONTROL_BROKER)[0]

    def addressed(message: Message, protection: Protection) -> Message:
        return protected_again(replace(message, recipient=broker), protection)

    return _answering(remote, good, addressed)


def answer_undated(remote: RemoteParties, good: Applications) -> Applications:
    """Never tells its time in an answer (against GBCS 7.2.6)."""

    def undated(message: Message, protection: Protection) -> Message:
        return protected_again(replace(message, date_time=b""), protection)

    return _answering(remote, good, undated)


def answer_in_local_time(remote: RemoteParties, good: Applications) -> Applications:
    """Tells British Summer Time for UTC (against GBCS 7.2.6)."""

    def local(message: Message, protection: Protection) -> Message:
        moment = moment_of(message.date_time) if message.date_time else None
        if moment is None:
            return message
        told = date_time_octets(moment + _HOUR, message.date_time[-1])
        return protected_again(replace(message, date_time=told), protection)

    return _answering(remote, good, local)


def sensitive_in_clear(remote: RemoteParties, good: Applications) -> Applications:
    """Encrypts nothing, whoever could read it (against GBCS 8.4)."""

    def clear(message: Message, protection: Protection) -> Message:
        decrypt = SensitiveData(message, protection.agreement).decrypt
        plain = change_blocks(decode_payload(message), decrypt)
        if isinstance(plain, GbzPayload):
            bare = tuple(replace(each, additional_header=None) for each in plain.components)
            plain = replace(plain, components=bare)
        return protected_again(replace(message, payload=plain.encode()), protection)

    return _answering(remote, good, clear)


def results_reversed(remote: RemoteParties, good: Applications) -> Applications:
    """Tells the results of DLMS items from the last to the first (against GBCS 7.2)."""

    def turned(told: AccessResponse) -> AccessResponse:
        return replace(told, outcomes=told.outcomes[::-1], data=told.data[::-1])

    return _with_items(remote, good, turned)


def goes_on_after_error(remote: RemoteParties, good: Applications) -> Applications:
    """Says of the items after one that failed that they were done (against GBCS 7.2)."""

    def done(told: AccessResponse) -> AccessResponse:
        results = tuple(
            replace_result(each, AccessResult.SUCCESS)
            if each.result == AccessResult.OTHER_REASON
            else each
            for each in told.outcomes
        )
        return replace(told, outcomes=results)

    return _with_items(remote, good, done)


def stops_after_error(remote: RemoteParties, good: Applications) -> Applications:
    """Leaves out of its answer what comes after an item that failed (against GBCS 7.2)."""

    def stopped(told: AccessResponse) -> AccessResponse:
        for place, each in enumerate(told.outcomes, 1):
            if each.result != AccessResult.SUCCESS:
                return replace(told, outcomes=told.outcomes[:place], data=told.data[:place])
        return told

    return _with_items(remote, good, stopped)


def fault_code_wrong(remote: RemoteParties, good: Applications) -> Applications:
    """Says that an item whose hardware failed does not exist (against GBCS 7.2)."""

    def other(told: AccessResponse) -> AccessResponse:
        results = tuple(
            replace_result(each, AccessResult.OBJECT_UNDEFINED)
            if each.result == AccessResult.HARDWARE_FAULT
            else each
            for each in told.outcomes
        )
        return replace(told, outcomes=results)

    return _with_items(remote, good, other)


def value_missing(remote: RemoteParties, good: Applications) -> Applications:
    """Answers an item with success and without its value (against GBCS use-case annex)."""

    def emptied(told: AccessResponse) -> AccessResponse:
        return replace(told, data=(NULL, *told.data[1:])) if told.data else told

    return _with_items(remote, good, emptied)


def replace_result(outcome: Outcome, result: int) -> Outcome:
    """An outcome with another result."""
    return outcome._replace(result=result)


def gbz_length_off(remote: RemoteParties, good: Applications) -> Applications:
    """Sends GBZ answers one octet shorter than their lengths say (against GBCS 7.2)."""

    def shorter(message: Message, protection: Protection) -> Message:
        if payload_kind(message.payload) is not PayloadKind.GBZ:
            return message
        return protected_again(replace(message, payload=message.payload[:-1]), protection)

    return _answering(remote, good, shorter)


def blocks_refused(_: RemoteParties, good: Applications) -> Applications:
    """Takes no command that comes in blocks (against GBCS 7.2.11)."""
    return around(good, WithoutBlocks)
