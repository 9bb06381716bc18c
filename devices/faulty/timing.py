"""Defects of dates and clocks: too early, too late, not taken back, wrongly trusted (GBCS 9)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Final

from devices.faulty.refitting import Stubborn, WholeExecutor, refitted
from devices.faulty.rewriting import protected_again, rewritten
from devices.faulty.wrapping import Drifting, Untimely, around
from emulator.dlms.access import AccessResponse
from emulator.dlms.data import unsigned
from emulator.equipment.request import RemoteParties
from emulator.gbcs.asn1.codes import DeviceTimeStatus
from emulator.gbcs.asn1.gas_clock import SetTimeResponse
from emulator.gbcs.asn1.payload import Asn1Payload
from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.payload import Payload, PayloadKind, decode_payload
from emulator.gbcs.protection.message_protection import Protection
from emulator.gbcs_device.execution import Executor
from emulator.gbcs_device.remote_party_machine import RemotePartyMachine
from emulator.kernel.units import minutes
from emulator.smart_energy.device import Applications

_EARLY: Final = minutes(1)
_LATE: Final = minutes(15)
_HOURLY: Final = timedelta(seconds=5)
_SET_CLOCK: Final = (0x0062, 0x007F)
"""ECS70 and GCS28."""


def date_early(_: RemoteParties, good: Applications) -> Applications:
    """Carries out what waits a minute before its date (against GBCS 9.2.2)."""
    return around(good, lambda machine: Untimely(machine, early=_EARLY))


def date_late(_: RemoteParties, good: Applications) -> Applications:
    """Carries out what waits a quarter of an hour after its date (against GBCS 9.2.2)."""
    return around(good, lambda machine: Untimely(machine, late=_LATE))


def cancellation_ignored(_: RemoteParties, good: Applications) -> Applications:
    """Carries out what waited although it was taken back (against GBCS 9.2.2)."""

    def stubborn(_: RemotePartyMachine, executor: Executor) -> Executor:
        return Stubborn(executor) if isinstance(executor, WholeExecutor) else executor

    return refitted(good, stubborn, *PayloadKind)


def clock_drifts(_: RemoteParties, good: Applications) -> Applications:
    """Gains two minutes a day, and does not follow the hub (against GBCS 9.1)."""
    return around(good, lambda machine: Drifting(machine, _HOURLY))


def clock_always_reliable(remote: RemoteParties, good: Applications) -> Applications:
    """Trusts its time also when the hub's was outside the window (against GBCS 9.1.3)."""
    return _telling(remote, good, DeviceTimeStatus.RELIABLE)


def clock_never_reliable(remote: RemoteParties, good: Applications) -> Applications:
    """Never trusts its time, also when it has just taken the hub's (against GBCS 9.1.3)."""
    return _telling(remote, good, DeviceTimeStatus.UNRELIABLE)


def _telling(remote: RemoteParties, good: Applications, status: DeviceTimeStatus) -> Applications:
    """Applications that tell this status when their clock was set."""

    def outgoing(message: Message, protection: Protection) -> Message:
        code = message.other_information.message_code
        if message.cra is not Cra.RESPONSE or code not in _SET_CLOCK:
            return message
        told = _WITH_STATUS[code == _SET_CLOCK[0]](decode_payload(message), status)
        return protected_again(replace(message, payload=told.encode()), protection)

    return rewritten(remote, good, outgoing=outgoing)


def _in_dlms(payload: Payload, status: DeviceTimeStatus) -> Payload:
    if not isinstance(payload, AccessResponse):
        return payload
    return replace(payload, data=(*payload.data[:-1], unsigned(int(status))))


def _in_asn1(payload: Payload, status: DeviceTimeStatus) -> Payload:
    if not isinstance(payload, Asn1Payload) or not isinstance(payload.value, SetTimeResponse):
        return payload
    return replace(payload, value=replace(payload.value, status=int(status)))


_WITH_STATUS: Final[dict[bool, Callable[[Payload, DeviceTimeStatus], Payload]]] = {
    True: _in_dlms,
    False: _in_asn1,
}
