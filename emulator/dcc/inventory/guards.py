"""What must hold besides status and kind (SEC App. AC 4.9, 4.10, 4.12(c), 4.13)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from emulator.dcc.inventory.device_kinds import DeviceKind, Generation
from emulator.dcc.inventory.evidence import LocalResponse, WanContact, WanResponse
from emulator.dcc.inventory.joins import join
from emulator.dcc.inventory.records import DeviceRecord, InventoryRefusal, Move
from emulator.dcc.inventory.statuses import Certainty, SmiStatus
from emulator.dcc.inventory.transitions import Guard
from emulator.gbcs.envelope import Cra, Message
from emulator.kernel.errors import WireError
from emulator.kernel.identity import format_eui64

COMMISSION_CODES: Final = {DeviceKind.ESME: 0x0062, DeviceKind.GSME: 0x007F}
"""Message codes of the response to Commission Device: Set Clock (GBCS ECS70, GCS28)."""


@dataclass(frozen=True, slots=True)
class Situation:
    """All that a rule may look at.

    Args:
        hub: the CHF of the device's smart metering system, None when it is unknown or not listed.
        partner: the device whose log it joins, None when it is unknown or not listed.
    """

    move: Move
    device: DeviceRecord
    hub: DeviceRecord | None = None
    partner: DeviceRecord | None = None


def refusal(guard: Guard, situation: Situation) -> InventoryRefusal | None:
    """Why the guard does not hold, None when it does."""
    return _CHECKS[guard](situation)


def _refuse(situation: Situation, clause: str, reason: str) -> InventoryRefusal:
    return InventoryRefusal(situation.move.device, clause, reason, None, Certainty.SOURCED)


def _hub_commissioned(situation: Situation) -> InventoryRefusal | None:
    hub, clause = situation.hub, "SEC App. AC 4.12(c)"
    if hub is None:
        return _refuse(situation, clause, "no CHF of its smart metering system is listed")
    if hub.status is not SmiStatus.COMMISSIONED:
        state = "no status" if hub.status is None else hub.status.value
        return _refuse(situation, clause, f"its CHF {format_eui64(hub.device)} is {state}")
    return None


def _partner_commissioned(situation: Situation) -> InventoryRefusal | None:
    kind, partner = situation.device.kind, situation.partner
    clause = "SEC App. AC 4.10" if kind is DeviceKind.GPF else "SEC App. AC 4.9"
    if partner is None:
        return _refuse(situation, clause, "the device whose log it would join is not listed")
    pair = join(partner.kind, kind)
    if pair is None or not pair.commissions:
        reason = f"joining the log of a {partner.kind.value} does not commission a {kind.value}"
        return _refuse(situation, clause, reason)
    if partner.status is not SmiStatus.COMMISSIONED:
        state = "no status" if partner.status is None else partner.status.value
        reason = f"{partner.kind.value} {format_eui64(partner.device)} is {state}"
        return _refuse(situation, clause, reason)
    return None


def _success_over_wan(situation: Situation) -> InventoryRefusal | None:
    evidence, clause = situation.move.evidence, "SEC App. AC 4.13"
    if not isinstance(evidence, WanResponse):
        return _refuse(situation, clause, "no response over the SM WAN")
    if not evidence.successful:
        return _refuse(situation, clause, "the response does not say successful execution")
    if evidence.hub != situation.device.hub:
        reason = f"the response came through {format_eui64(evidence.hub)}, not its own CHF"
        return _refuse(situation, clause, reason)
    if situation.device.generation is Generation.SMETS1:
        return None
    doubt = _doubt_of_response(evidence.message, situation.device)
    return None if doubt is None else _refuse(situation, clause, doubt)


def _doubt_of_response(octets: bytes, device: DeviceRecord) -> str | None:
    """Why the octets are no response of the device to Commission Device."""
    try:
        message = Message.decode(octets)
    except WireError as error:
        return f"the response is no GBCS message: {error}"
    if message.cra is not Cra.RESPONSE or message.originator != device.device:
        return "the message is no response of this device"
    code = message.other_information.message_code
    expected = COMMISSION_CODES.get(device.kind)
    if expected is not None and code != expected:
        return f"message code {code:04X}, expected {expected:04X}"
    return None


def _success(situation: Situation) -> InventoryRefusal | None:
    evidence = situation.move.evidence
    if isinstance(evidence, WanResponse | LocalResponse) and evidence.successful:
        return None
    clause = "the status follows a response that says successful execution"
    return InventoryRefusal(
        situation.move.device, clause, "no such response", None, Certainty.INFERRED
    )


def _heard_on_wan(situation: Situation) -> InventoryRefusal | None:
    evidence = situation.move.evidence
    if isinstance(evidence, WanContact) and evidence.hub == situation.move.device:
        return None
    clause = "a hub is commissioned by its own contact on the SM WAN"
    return InventoryRefusal(
        situation.move.device, clause, "no such contact", None, Certainty.INFERRED
    )


_CHECKS: Final[dict[Guard, Callable[[Situation], InventoryRefusal | None]]] = {
    Guard.HUB_COMMISSIONED: _hub_commissioned,
    Guard.PARTNER_COMMISSIONED: _partner_commissioned,
    Guard.SUCCESS_OVER_WAN: _success_over_wan,
    Guard.SUCCESS: _success,
    Guard.HEARD_ON_WAN: _heard_on_wan,
}
