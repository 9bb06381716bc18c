"""Whether a change of status is in order: the table and its guards, applied to one situation."""

from emulator.dcc.inventory.guards import Situation, refusal
from emulator.dcc.inventory.records import (
    InventoryRefusal,
    StatusChange,
    Unchanged,
    Verdict,
)
from emulator.dcc.inventory.settings import InventorySettings
from emulator.dcc.inventory.statuses import Certainty, SmiStatus
from emulator.dcc.inventory.transitions import (
    PROOFS,
    After,
    Transition,
    bar,
    serves,
    transitions,
)
from emulator.dcc.inventory.triggers import Trigger
from emulator.kernel.errors import LocalError

UNLISTED = "SEC App. AC: the change is not listed"


def judge(situation: Situation, settings: InventorySettings) -> Verdict:
    """What the move comes to, evidence included (SEC App. AC 4.9 to 4.15)."""
    line = _line(situation)
    if isinstance(line, InventoryRefusal):
        return line
    for guard in line.guards:
        refused = refusal(guard, situation)
        if refused is not None:
            return refused
    return _outcome(line, situation, settings)


def objection(situation: Situation) -> InventoryRefusal | None:
    """Why the request behind the move must not go ahead, before there is any evidence.

    SEC App. AC 4.12 asks this before a Command is sent, 4.9 and 4.10 before a Join Service.
    """
    line = _line(situation)
    if isinstance(line, InventoryRefusal):
        return line
    for guard in line.guards:
        if guard not in PROOFS:
            refused = refusal(guard, situation)
            if refused is not None:
                return refused
    return None


def _line(situation: Situation) -> Transition | InventoryRefusal:
    move, device = situation.move, situation.device
    lines = transitions(move.trigger, device.kind, device.status)
    if move.trigger is Trigger.STATUS_UPDATED:
        lines = tuple(line for line in lines if line.after is move.to)
    if lines:
        return lines[0]
    return _unlisted(situation)


def _unlisted(situation: Situation) -> InventoryRefusal:
    move, device = situation.move, situation.device
    state = "without status" if device.status is None else device.status.value
    reason = f"{device.kind.value} {state}: {move.trigger.value}"
    if move.to is not None:
        reason += f" to {move.to.value}"
    barred = bar(move.trigger, device.kind, device.status)
    if barred is not None:
        return InventoryRefusal(device.device, barred.clause, reason, barred.code, barred.certainty)
    code = "E5" if serves(move.trigger, device.kind) else "E11"
    return InventoryRefusal(device.device, UNLISTED, reason, code, Certainty.INFERRED)


def _outcome(line: Transition, situation: Situation, settings: InventorySettings) -> Verdict:
    move, device = situation.move, situation.device
    after = _after(line, situation, settings)
    if after is None:
        return Unchanged(device.device, device.status, line.clause)
    return StatusChange(
        device=device.device,
        kind=device.kind,
        before=device.status,
        after=after,
        moment=move.moment,
        trigger=move.trigger,
        clause=line.clause,
        certainty=line.certainty,
    )


def _after(line: Transition, situation: Situation, settings: InventorySettings) -> SmiStatus | None:
    if line.after is After.UNCHANGED:
        return None
    if line.trigger is Trigger.KEY_ESTABLISHED and not settings.joined_means_installed:
        return None
    if line.after is After.RESUMED:
        if situation.device.resumes is None:
            raise LocalError("a suspended device without the status it resumes")
        return situation.device.resumes
    return line.after
