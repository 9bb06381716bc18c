"""What the inventory holds about a device, and what it answers (SEC App. AC, DUIS 5.4)."""

from dataclasses import dataclass
from datetime import datetime

from emulator.dcc.inventory.device_kinds import DeviceKind, Generation
from emulator.dcc.inventory.evidence import Evidence
from emulator.dcc.inventory.statuses import Certainty, SmiStatus
from emulator.dcc.inventory.triggers import Trigger
from emulator.kernel.identity import Eui64


@dataclass(frozen=True, slots=True)
class Model:
    """Which product a device is: what the Certified Products List speaks of."""

    manufacturer: str = ""
    model: str = ""
    firmware: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreNotification:
    """A device that a user tells the DCC of (DUIS 5.4, SRV 12.2).

    Args:
        notifier: the user that tells; the DCC takes it for the installing supplier (MP121 PIA 4).
        hub: for a GPF, the CHF it is in.
    """

    device: Eui64
    kind: DeviceKind
    notifier: Eui64
    model: Model = Model()
    generation: Generation = Generation.SMETS2
    hub: Eui64 | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceRecord:
    """One device as the inventory knows it.

    Args:
        status: None for a Type 2 device (SEC App. AC 4.15).
        since: when the status began; for a Type 2 device, when it was listed.
        resumes: the status that returns when a suspension ends.
        hub: the CHF of its smart metering system.
        mpxn: MPAN or MPRN, empty while none is known.
        export_mpxn: MPAN of export, empty while none is known.
        uprn: unique property reference number, empty while none is known.
    """

    device: Eui64
    kind: DeviceKind
    generation: Generation
    status: SmiStatus | None
    since: datetime
    resumes: SmiStatus | None
    model: Model
    notifier: Eui64
    notified: datetime
    commissioned: datetime | None
    hub: Eui64 | None
    mpxn: str
    export_mpxn: str
    uprn: str
    postcode: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A wish to change the status of a device.

    Args:
        moment: when the DCC acts; the new status begins then.
        evidence: what the change rests on.
        to: the status asked for, where the trigger leaves a choice (SRV 8.4).
        partner: the device whose log it was added to (Join Service).
    """

    device: Eui64
    trigger: Trigger
    moment: datetime
    evidence: Evidence | None = None
    to: SmiStatus | None = None
    partner: Eui64 | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusChange:
    """A device has a new status.

    Args:
        clause: the rule that gives it.
        also: changes of other devices that follow from this one, in the same commit.
    """

    device: Eui64
    kind: DeviceKind
    before: SmiStatus | None
    after: SmiStatus
    moment: datetime
    trigger: Trigger
    clause: str
    certainty: Certainty
    also: "tuple[StatusChange, ...]" = ()


@dataclass(frozen=True, slots=True)
class Unchanged:
    """What was asked is in order and leaves the status as it is."""

    device: Eui64
    status: SmiStatus | None
    clause: str


@dataclass(frozen=True, slots=True)
class InventoryRefusal:
    """What was asked breaks a rule; nothing changed.

    Args:
        clause: the rule it breaks.
        reason: what was there and what was expected.
        code: the DCC response code, None where no source gives one.
        certainty: of the rule.
    """

    device: Eui64
    clause: str
    reason: str
    code: str | None
    certainty: Certainty


Verdict = StatusChange | Unchanged | InventoryRefusal


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """One line of the history of a device; lines are added and never changed.

    Args:
        number: of the line within the inventory, rising.
        after: None where a device without status was listed, or a device was removed.
        event: the trigger's name, or `listed`, `removed`.
        evidence: kind of what it rested on, empty without.
        source: the hub or user it came from, empty without.
        message: the message it rested on, empty without.
        received: when the evidence came.
    """

    number: int
    device: Eui64
    before: SmiStatus | None
    after: SmiStatus | None
    moment: datetime
    event: str
    clause: str
    certainty: Certainty
    evidence: str
    source: str
    message: bytes
    received: datetime | None
