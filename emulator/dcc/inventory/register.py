"""The steps of a change, inside one transaction of the database (SEC App. AC 4.9 to 4.15)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from emulator.dcc.inventory.database import Database, Values
from emulator.dcc.inventory.device_kinds import TYPE_2, DeviceKind
from emulator.dcc.inventory.guards import Situation
from emulator.dcc.inventory.joins import Join, join
from emulator.dcc.inventory.judgement import judge
from emulator.dcc.inventory.records import (
    DeviceRecord,
    InventoryRefusal,
    Move,
    PreNotification,
    StatusChange,
    Verdict,
)
from emulator.dcc.inventory.rows import (
    changed_device,
    device_record,
    history_of_change,
    history_of_listing,
    new_device,
    to_micros,
)
from emulator.dcc.inventory.settings import InventorySettings
from emulator.dcc.inventory.statements import Statements
from emulator.dcc.inventory.statuses import Certainty, SmiStatus
from emulator.dcc.inventory.triggers import Trigger
from emulator.kernel.errors import LocalError
from emulator.kernel.identity import Eui64, format_eui64

_HUB_MATTERS: Final = (Trigger.COMMISSION_DEVICE,)
_HUB_STEPS: Final = (SmiStatus.INSTALLED_NOT_COMMISSIONED, SmiStatus.COMMISSIONED)
NO_SUCH_DEVICE: Final = "DUIS: the device ID does not exist"


class Register:
    """Reads and writes devices; whoever calls it has begun a transaction."""

    def __init__(self, database: Database, settings: InventorySettings) -> None:
        self.texts = Statements(database)
        self._database = database
        self._settings = settings

    def run(self, text: str, values: Values) -> None:
        """Execute a statement."""
        self._database.run(text, values)

    def load(self, device: Eui64, text: str = "") -> DeviceRecord | None:
        """The device, None when it is not listed."""
        rows = self._database.rows(text or self.texts.device, {"key": format_eui64(device)})
        return device_record(rows[0]) if rows else None

    def several(self, text: str, values: Values) -> tuple[DeviceRecord, ...]:
        """The devices that a query gives."""
        return tuple(device_record(row) for row in self._database.rows(text, values))

    def situation(self, move: Move, text: str = "") -> Situation | InventoryRefusal:
        """All that a rule may look at for this move."""
        device = self.load(move.device, text)
        if device is None:
            if move.trigger is Trigger.COMMISSION_DEVICE:
                return not_listed(move.device, "SEC App. AC 4.12(a)")
            return not_listed(move.device)
        hub = partner = None
        if move.trigger in _HUB_MATTERS and device.hub is not None:
            hub = self.load(device.hub)
        if move.partner is not None:
            partner = self.load(move.partner)
        return Situation(move, device, hub, partner)

    def list_devices(
        self, told: Sequence[PreNotification], moment: datetime
    ) -> InventoryRefusal | None:
        """Add devices with the status they begin with; all, or none when one is refused."""
        refused = self._unfit(told)
        if refused is not None:
            return refused
        for each in told:
            status = None if each.kind in TYPE_2 else SmiStatus.PENDING
            self.run(self.texts.add_device, new_device(each, status, moment))
            self.run(self.texts.add_history, history_of_listing(each, status, moment))
        return None

    def transition(self, move: Move) -> Verdict:
        """Make a change of status, or say which rule it breaks."""
        situation = self.situation(move, self.texts.device_to_change)
        if isinstance(situation, InventoryRefusal):
            return situation
        _check_order(move.moment, situation.device)
        verdict = judge(situation, self._settings)
        if not isinstance(verdict, StatusChange):
            return verdict
        self.run(self.texts.change_status, changed_device(verdict, situation.device))
        self.run(self.texts.add_history, history_of_change(verdict, move.evidence))
        if verdict.kind is DeviceKind.CHF and verdict.after in _HUB_STEPS:
            return replace(verdict, also=self._advance_gpfs(move))
        return verdict

    def _advance_gpfs(self, move: Move) -> tuple[StatusChange, ...]:
        """Let the GPF of a hub follow it, where the settings say that it does."""
        if not self._settings.gpf_follows_hub:
            return ()
        verdicts = [
            self.transition(
                replace(move, device=device.device, trigger=Trigger.HUB_ADVANCED, to=None)
            )
            for device in self.several(self.texts.by_hub, {"key": format_eui64(move.device)})
            if device.kind is DeviceKind.GPF
        ]
        return tuple(each for each in verdicts if isinstance(each, StatusChange))

    def pair(self, target: Eui64, other: Eui64) -> tuple[Join, DeviceRecord] | InventoryRefusal:
        """Both ends of a Join Service that may go ahead (SEC App. AC 4.9, 4.10)."""
        into, added = self.load(target), self.load(other)
        if into is None:
            return not_listed(target)
        if added is None:
            return not_listed(other)
        pair = join(into.kind, added.kind)
        if pair is None:
            reason = f"{added.kind.value} into the log of {into.kind.value}"
            clause = "no Join Service for this pair"
            return InventoryRefusal(other, clause, reason, "E11", Certainty.INFERRED)
        if pair.target_commissioned and into.status is not SmiStatus.COMMISSIONED:
            state = "without status" if into.status is None else into.status.value
            reason = f"{into.kind.value} {format_eui64(target)} is {state}"
            return InventoryRefusal(other, pair.clause, reason, None, pair.certainty)
        return pair, added

    def associate(self, device: Eui64, partner: Eui64) -> None:
        """Remember that a device is in the log of another."""
        keys = {"key": format_eui64(device), "partner": format_eui64(partner)}
        if not self._database.rows(self.texts.associated, keys):
            row = {"device": format_eui64(device), "partner": format_eui64(partner)}
            self.run(self.texts.associate, row)

    def _unfit(self, told: Sequence[PreNotification]) -> InventoryRefusal | None:
        """Why these devices cannot be listed: an id that is listed, or that is told twice."""
        seen: set[Eui64] = set()
        for each in told:
            if each.device in seen:
                reason = "the same device id for two devices, like a CHF and its GPF"
                clause = "DUIS 5.4 SRV 12.2; DP316"
                return InventoryRefusal(each.device, clause, reason, "E120201", Certainty.SOURCED)
            seen.add(each.device)
            if self.load(each.device) is not None:
                return InventoryRefusal(
                    each.device, "DUIS 5.4 SRV 12.2", "already listed", None, Certainty.BACKGROUND
                )
        return None


def not_listed(device: Eui64, clause: str = NO_SUCH_DEVICE) -> InventoryRefusal:
    """The refusal for a device that the inventory does not list."""
    reason = f"{format_eui64(device)} is not listed"
    return InventoryRefusal(device, clause, reason, "E19", Certainty.SOURCED)


def _check_order(moment: datetime, device: DeviceRecord) -> None:
    if to_micros(moment) < to_micros(device.since):
        raise LocalError(
            f"{format_eui64(device.device)}: {moment.isoformat()} lies before its present status, "
            f"which began {device.since.isoformat()}"
        )
