"""Defects of alerts: missing, doubled, wrong, for somebody else (GBCS 9.2.2, 16)."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from struct import Struct
from typing import Final

from devices.faulty.rewriting import protected_again, rewritten
from devices.faulty.wrapping import Sending, around
from emulator.cosem.moments import date_time_octets, moment_of
from emulator.dcc.alert_reading import DATED_CODES, alert_code
from emulator.dlms.data import Data
from emulator.dlms.notification import DataNotification
from emulator.equipment.request import RemoteParties
from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.gbz import GbzPayload
from emulator.gbcs.gbz_alert import FutureDatedOutcome
from emulator.gbcs.payload import Payload, decode_payload
from emulator.gbcs.protection.message_protection import Protection
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs_device.primitives import MessageRequest
from emulator.kernel.errors import WireError
from emulator.smart_energy.device import Applications

Change = Callable[[Message, Protection], Message | None]
_HOUR: Final = timedelta(hours=1)
_OTHER_EVENT: Final = 0x8F72
"""Firmware was received: an alert that tells of no command."""
_NAMED: Final = Struct(">HQ")
"""Message code and counter, before the item that waited."""


def _alerting(remote: RemoteParties, good: Applications, change: Change) -> Applications:
    """Applications with other alerts; answers go as they are."""

    def outgoing(message: Message, protection: Protection) -> Message | None:
        return change(message, protection) if message.cra is Cra.ALERT else message

    return rewritten(remote, good, outgoing=outgoing)


def _dated(message: Message) -> bool:
    """Whether an alert tells of a command that waited."""
    return alert_code(decode_payload(message)) in DATED_CODES


def alerts_missing(remote: RemoteParties, good: Applications) -> Applications:
    """Never tells anything by itself (against GBCS 16.2)."""
    return _alerting(remote, good, lambda _message, _protection: None)


def alert_twice(_: RemoteParties, good: Applications) -> Applications:
    """Sends every alert a second time (against GBCS 16.2)."""

    def twice(sent: MessageRequest) -> Sequence[MessageRequest]:
        try:
            alert = Message.decode(sent.octets).cra is Cra.ALERT
        except WireError:
            alert = False
        return (sent, sent) if alert else (sent,)

    return around(good, lambda machine: Sending(machine, twice))


def alert_signature_wrong(remote: RemoteParties, good: Applications) -> Applications:
    """Signs its alerts before it fills in their time (against GBCS 6.2)."""

    def spoilt(message: Message, _: Protection) -> Message:
        signature = message.signature or b""
        return replace(message, signature=signature[:-1] + bytes((signature[-1] ^ 1,)))

    return _alerting(remote, good, lambda m, p: spoilt(m, p) if m.signature else m)


def alert_unsigned(remote: RemoteParties, good: Applications) -> Applications:
    """Sends alerts that have to be signed with a MAC (against GBCS 6.2)."""

    def maced(message: Message, protection: Protection) -> Message:
        return protection.protect(message, signed=False, maced=True)

    return _alerting(remote, good, maced)


def alert_to_another(remote: RemoteParties, good: Applications) -> Applications:
    """Sends what is for its supplier to the access control broker (against GBCS 16.2)."""
    broker = remote.keys.with_role(RemotePartyRole.ACCESS_CONTROL_BROKER)[0]

    def addressed(message: Message, protection: Protection) -> Message:
        return protected_again(replace(message, recipient=broker), protection)

    return _alerting(remote, good, addressed)


def alert_counter_repeats(remote: RemoteParties, good: Applications) -> Applications:
    """Sends every alert under the same counter (against GBCS 4.3.1)."""

    def counted(message: Message, protection: Protection) -> Message:
        return protected_again(replace(message, counter=1), protection)

    return _alerting(remote, good, counted)


def alert_in_local_time(remote: RemoteParties, good: Applications) -> Applications:
    """Tells British Summer Time for UTC in alerts (against GBCS 16.2)."""

    def local(message: Message, protection: Protection) -> Message:
        told = _an_hour_on(decode_payload(message))
        return protected_again(replace(message, payload=told.encode()), protection)

    return _alerting(remote, good, local)


def _an_hour_on(payload: Payload) -> Payload:
    match payload:
        case DataNotification():
            octets = _part(payload, 1)
            moment = moment_of(octets) if isinstance(octets, bytes) else None
            if moment is None or not isinstance(octets, bytes):
                return payload
            return _with_part(payload, 1, date_time_octets(moment + _HOUR, octets[-1]))
        case GbzPayload() if payload.alert is not None:
            later = payload.alert.time + int(_HOUR.total_seconds())
            return replace(payload, alert=replace(payload.alert, time=later))
        case _:
            return payload


def dated_alerts_missing(remote: RemoteParties, good: Applications) -> Applications:
    """Does not tell what became of a command that waited (against GBCS 9.2.2)."""
    return _alerting(remote, good, lambda message, _: None if _dated(message) else message)


def dated_alert_code_wrong(remote: RemoteParties, good: Applications) -> Applications:
    """Tells of a command that waited under the code of another event (against GBCS 9.2.2)."""

    def coded(message: Message, protection: Protection) -> Message:
        payload = decode_payload(message)
        if not _dated(message):
            return message
        if isinstance(payload, DataNotification):
            told: Payload = _with_part(payload, 0, _OTHER_EVENT)
        elif isinstance(payload, GbzPayload) and payload.alert is not None:
            told = replace(payload, alert=replace(payload.alert, code=_OTHER_EVENT))
        else:
            return message
        return protected_again(replace(message, payload=told.encode()), protection)

    return _alerting(remote, good, coded)


def dated_alert_names_another(remote: RemoteParties, good: Applications) -> Applications:
    """Names another command than the one that waited (against GBCS 16.2)."""

    def named(message: Message, protection: Protection) -> Message:
        payload = decode_payload(message)
        if not _dated(message):
            return message
        told = _naming_the_next(payload)
        return protected_again(replace(message, payload=told.encode()), protection)

    return _alerting(remote, good, named)


def _naming_the_next(payload: Payload) -> Payload:
    if isinstance(payload, DataNotification):
        octets = _part(payload, 2)
        if isinstance(octets, bytes):
            code, counter = _NAMED.unpack_from(octets)
            named = _NAMED.pack(code, counter + 1) + octets[_NAMED.size :]
            return _with_part(payload, 2, named)
    if isinstance(payload, GbzPayload) and payload.alert is not None:
        content = payload.alert.content
        if isinstance(content, FutureDatedOutcome):
            other = replace(content, counter=content.counter + 1)
            return replace(payload, alert=replace(payload.alert, content=other))
    return payload


def _part(payload: DataNotification, place: int) -> object:
    """The value of one part of a notification."""
    parts = payload.body.value
    part = parts[place] if isinstance(parts, tuple) else None
    return part.value if isinstance(part, Data) else None


def _with_part(payload: DataNotification, place: int, value: int | bytes) -> DataNotification:
    """A notification with another value in one of its parts."""
    parts = payload.body.value
    if not isinstance(parts, tuple):
        return payload
    changed = tuple(
        each._replace(value=value) if at == place and isinstance(each, Data) else each
        for at, each in enumerate(parts)
    )
    return replace(payload, body=payload.body._replace(value=changed))
