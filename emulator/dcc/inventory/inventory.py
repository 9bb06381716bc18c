"""The Smart Metering Inventory: devices, statuses and their history, in a database.

Nothing here reads a clock: every change says its moment. A change and the line of history that
says what it rests on are one commit (SEC App. AC 4.13; SEC glossary, "Smart Metering Inventory").
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import TracebackType
from typing import Self

from emulator.dcc.inventory.database import IN_MEMORY, Database, Values
from emulator.dcc.inventory.device_kinds import TYPE_1, DeviceKind
from emulator.dcc.inventory.evidence import Evidence, LocalResponse, UserRequest, WanResponse
from emulator.dcc.inventory.judgement import objection
from emulator.dcc.inventory.records import (
    DeviceRecord,
    HistoryEntry,
    InventoryRefusal,
    Model,
    Move,
    PreNotification,
    StatusChange,
    Unchanged,
    Verdict,
)
from emulator.dcc.inventory.register import Register, not_listed
from emulator.dcc.inventory.rows import (
    details_of,
    history_entry,
    history_of_mpxn,
    history_of_removal,
    to_micros,
)
from emulator.dcc.inventory.settings import InventorySettings
from emulator.dcc.inventory.statuses import Certainty, CplStatus, SmiStatus
from emulator.dcc.inventory.triggers import Trigger
from emulator.kernel.identity import Eui64, format_eui64


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What users tell of a device besides its status; None leaves a field as it is."""

    mpxn: str | None = None
    export_mpxn: str | None = None
    uprn: str | None = None
    postcode: str | None = None
    firmware: str | None = None


class Inventory:
    """The Smart Metering Inventory.

    A refusal that the rules know is a value (`InventoryRefusal`), and then nothing changed.
    """

    def __init__(self, database: Database, settings: InventorySettings) -> None:
        self.settings = settings
        self._database = database
        self._register = Register(database, settings)
        self._read: dict[Eui64, DeviceRecord | None] = {}
        """Devices as they were read since the last change; of a database of our own only."""
        self._read_after = 0

    @classmethod
    def open(cls, url: str = IN_MEMORY, settings: InventorySettings | None = None) -> Self:
        """The inventory in the database at `url`, which is made when it is new.

        Raises:
            UsageError: when the URL names no database this project knows, or one of another format.
            EnvironmentFault: when the database cannot be opened.
        """
        return cls(Database(url), settings or InventorySettings())

    def close(self) -> None:
        """Close the database."""
        self._read.clear()
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    # What it knows.

    def device(self, device: Eui64) -> DeviceRecord | None:
        """The device, None when it is not listed."""
        database = self._database
        if self._read_after != database.changes or not database.own:
            self._read.clear()
            self._read_after = database.changes
        if device not in self._read:
            with database.transaction():
                self._read[device] = self._register.load(device)
        return self._read[device]

    def history(self, device: Eui64) -> tuple[HistoryEntry, ...]:
        """Every line about the device, oldest first; also of one that was removed."""
        with self._database.transaction():
            rows = self._database.rows(self._register.texts.history, {"key": format_eui64(device)})
        return tuple(history_entry(row) for row in rows)

    def by_mpxn(self, mpxn: str) -> tuple[DeviceRecord, ...]:
        """The meters of a supply point, and with an export MPAN those that export there."""
        return self._several(self._register.texts.by_mpxn, mpxn)

    def by_uprn(self, uprn: str) -> tuple[DeviceRecord, ...]:
        """The devices at a property."""
        return self._several(self._register.texts.by_uprn, uprn)

    def by_postcode(self, postcode: str) -> tuple[DeviceRecord, ...]:
        """The devices at the properties of a postcode."""
        return self._several(self._register.texts.by_postcode, postcode)

    def by_hub(self, hub: Eui64) -> tuple[DeviceRecord, ...]:
        """The devices that belong to a CHF, without itself."""
        return self._several(self._register.texts.by_hub, format_eui64(hub))

    def partners(self, device: Eui64) -> tuple[DeviceRecord, ...]:
        """The devices whose logs it was added to."""
        return self._several(self._register.texts.partners, format_eui64(device))

    def members(self, device: Eui64) -> tuple[DeviceRecord, ...]:
        """The devices that were added to its log."""
        return self._several(self._register.texts.members, format_eui64(device))

    def associated_type_1(self, device: Eui64) -> tuple[Eui64, ...]:
        """Type 1 devices in the log of a meter, as the alert on its decommissioning lists them."""
        return tuple(each.device for each in self.members(device) if each.kind in TYPE_1)

    def snapshot(self) -> tuple[DeviceRecord, ...]:
        """Every listed device, by EUI-64."""
        with self._database.transaction():
            return self._register.several(self._register.texts.all, {})

    def counts(self) -> dict[tuple[DeviceKind, SmiStatus | None], int]:
        """How many devices of each kind have each status."""
        with self._database.transaction():
            rows = self._database.rows(self._register.texts.counts, {})
        return {
            (
                DeviceKind(row.kind),
                None if row.status is None else SmiStatus(row.status),
            ): row.devices
            for row in rows
        }

    # Whether a request may go ahead.

    def objection(self, move: Move) -> InventoryRefusal | None:
        """Why the request behind a move must be refused before anything is sent, None if not.

        For Commission Device this is SEC App. AC 4.12 (a) to (c): the DCC asks it before it sends
        the Command. The move needs no evidence yet.
        """
        with self._database.transaction():
            situation = self._register.situation(move)
        if isinstance(situation, InventoryRefusal):
            return situation
        return objection(situation)

    def join_objection(self, target: Eui64, other: Eui64) -> InventoryRefusal | None:
        """Why `other` must not be added to the log of `target` (SEC App. AC 4.9, 4.10)."""
        with self._database.transaction():
            found = self._register.pair(target, other)
        return found if isinstance(found, InventoryRefusal) else None

    # What changes it.

    def pre_notify(
        self, told: Sequence[PreNotification], moment: datetime
    ) -> tuple[DeviceRecord, ...] | InventoryRefusal:
        """List devices that a user tells of, all or none of them (DUIS 5.4, SRV 12.2)."""
        with self._database.transaction():
            refused = self._register.list_devices(told, moment)
            if refused is not None:
                return refused
            found = [self._register.load(each.device) for each in told]
        return tuple(each for each in found if each is not None)

    def transition(self, move: Move) -> Verdict:
        """Make a change of status, or say which rule it breaks; one commit.

        Raises:
            LocalError: when the moment lies before the present status began, or has no time zone.
        """
        with self._database.transaction():
            return self._register.transition(move)

    def join(self, target: Eui64, other: Eui64, evidence: Evidence, moment: datetime) -> Verdict:
        """Record that `other` was added to the log of `target`, as a response says.

        For a Type 1 device or a GPF this is what commissions it (SEC App. AC 4.9, 4.10).
        """
        with self._database.transaction():
            found = self._register.pair(target, other)
            if isinstance(found, InventoryRefusal):
                return found
            pair, added = found
            verdict: Verdict = Unchanged(other, added.status, pair.clause)
            if pair.commissions:
                move = Move(
                    device=other,
                    trigger=Trigger.JOIN_SERVICE,
                    moment=moment,
                    evidence=evidence,
                    partner=target,
                )
                verdict = self._register.transition(move)
            if not isinstance(verdict, InventoryRefusal):
                self._register.associate(other, target)
            return verdict

    def unjoin(self, target: Eui64, other: Eui64) -> None:
        """Record that `other` is no longer in the log of `target` (SRV 8.8.1, 8.8.2)."""
        keys = {"key": format_eui64(other), "partner": format_eui64(target)}
        self._write(self._register.texts.dissociate, keys)

    def set_hub(self, device: Eui64, hub: Eui64 | None) -> None:
        """Say which CHF a device belongs to; None for none."""
        text = None if hub is None else format_eui64(hub)
        self._write(self._register.texts.set_hub, {"key": format_eui64(device), "new_hub": text})

    def replace_hub(self, old: Eui64, new: Eui64) -> None:
        """Say that the devices of one CHF belong to another now, but for GPFs (SRV 8.12.1)."""
        keys = {"key": format_eui64(old), "new_hub": format_eui64(new)}
        self._write(self._register.texts.move_hub, keys)

    def set_details(self, device: Eui64, details: Details) -> DeviceRecord | InventoryRefusal:
        """Write what users tell of a device (SRV 8.4, 6.20.1, 8.14.1)."""
        with self._database.transaction():
            known = self._register.load(device)
            if known is None:
                return not_listed(device)
            told = replace(
                known,
                mpxn=_either(details.mpxn, known.mpxn),
                export_mpxn=_either(details.export_mpxn, known.export_mpxn),
                uprn=_either(details.uprn, known.uprn),
                postcode=_either(details.postcode, known.postcode),
                model=replace(
                    known.model, firmware=_either(details.firmware, known.model.firmware)
                ),
            )
            self._register.run(self._register.texts.set_details, details_of(told))
            return told

    def confirm_mpxn(
        self, device: Eui64, evidence: WanResponse | LocalResponse, moment: datetime
    ) -> InventoryRefusal | None:
        """Record that a meter was told its MPxN (SRV 6.20.1), as SEC App. AC 4.14 asks."""
        with self._database.transaction():
            known = self._register.load(device)
            if known is None:
                return not_listed(device)
            if not evidence.successful:
                reason = "the response does not say successful execution"
                return InventoryRefusal(
                    device, "SEC App. AC 4.14", reason, None, Certainty.INFERRED
                )
            line = history_of_mpxn(known, evidence, moment)
            self._register.run(self._register.texts.add_history, line)
        return None

    def mpxn_outstanding(self, moment: datetime) -> tuple[DeviceRecord, ...]:
        """Meters commissioned a while ago whose MPxN nobody set since; SMETS1 is exempt (4.14)."""
        before = to_micros(moment - self.settings.mpxn_soon)
        with self._database.transaction():
            return self._register.several(self._register.texts.mpxn_outstanding, {"moment": before})

    def remove(self, device: Eui64, user: Eui64, moment: datetime) -> InventoryRefusal | None:
        """Take a device off the inventory; its history stays (DUIS 5.4, SRV 8.4)."""
        with self._database.transaction():
            known = self._register.load(device)
            if known is None:
                return not_listed(device)
            if known.status not in self.settings.removable:
                state = "without status" if known.status is None else known.status.value
                clause = "a device in use is not removed (SRV 8.4)"
                return InventoryRefusal(device, clause, state, None, Certainty.WEAK)
            line = history_of_removal(known, UserRequest("8.4", user, moment))
            self._register.run(self._register.texts.add_history, line)
            for text in (
                self._register.texts.dissociate_all,
                self._register.texts.forget_install_code,
                self._register.texts.remove_device,
            ):
                self._register.run(text, {"key": format_eui64(device)})
        return None

    # The Certified Products List, and install codes where a regime keeps them here.

    def cpl_status(self, model: Model) -> CplStatus | None:
        """The status of a product, None when it was never listed."""
        with self._database.transaction():
            rows = self._database.rows(self._register.texts.product, _product(model))
        return CplStatus(rows[0].status) if rows else None

    def set_cpl_status(
        self, model: Model, status: CplStatus, moment: datetime
    ) -> tuple[StatusChange, ...]:
        """Change the status of a product, and suspend or restore every device of that model."""
        active = status is CplStatus.ACTIVE
        product = _product(model)
        trigger = Trigger.MODEL_RESTORED if active else Trigger.MODEL_SUSPENDED
        with self._database.transaction():
            self._register.run(self._register.texts.forget_product, product)
            listed = product | {"status": status.value}
            self._register.run(self._register.texts.add_product, listed)
            devices = self._register.several(self._register.texts.by_model, product)
            verdicts = [
                self._register.transition(Move(device=each.device, trigger=trigger, moment=moment))
                for each in devices
                if each.status is not None
            ]
        return tuple(each for each in verdicts if isinstance(each, StatusChange))

    def keep_install_code(self, device: Eui64, code: bytes) -> InventoryRefusal | None:
        """Hold the install code of a listed device (regime `smi`, MP281)."""
        key = {"key": format_eui64(device)}
        with self._database.transaction():
            if self._register.load(device) is None:
                return not_listed(device)
            self._register.run(self._register.texts.forget_install_code, key)
            self._register.run(
                self._register.texts.add_install_code,
                {"device": format_eui64(device), "install_code": code},
            )
        return None

    def install_code(self, device: Eui64) -> bytes | None:
        """The install code held for a device, None without; who may ask is not settled here."""
        with self._database.transaction():
            rows = self._database.rows(
                self._register.texts.install_code, {"key": format_eui64(device)}
            )
        return bytes(rows[0].install_code) if rows else None

    def _several(self, text: str, key: str) -> tuple[DeviceRecord, ...]:
        with self._database.transaction():
            return self._register.several(text, {"key": key})

    def _write(self, text: str, values: Values) -> None:
        with self._database.transaction():
            self._register.run(text, values)


def _either(told: str | None, known: str) -> str:
    return known if told is None else told


def _product(model: Model) -> dict[str, object]:
    return {
        "manufacturer": model.manufacturer,
        "model": model.model,
        "firmware": model.firmware,
    }
