"""Incidents of the type "Request for Install Code" (MP121 proposed 4.16; annex A; PIA 4).

The Self-Service Interface and the DCC's service management system in one: they know the inventory,
not the registration, so they cannot tell whether the creator of an incident is the supplier of the
device. That weakness is kept, not mended.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from emulator.dcc.incidents.clock import Deadlines
from emulator.dcc.incidents.notifications import Ledger, Notification, Occasion
from emulator.dcc.incidents.permissions import PERMISSIONS, Action, Part
from emulator.dcc.incidents.records import Incident, IncidentRefusal, Note, Outcome, Punctuality
from emulator.dcc.incidents.settings import IncidentSettings
from emulator.dcc.inventory.device_kinds import TYPE_1
from emulator.dcc.inventory.records import DeviceRecord
from emulator.dcc.inventory.statuses import Certainty
from emulator.dcc.working_days import WorkingDays
from emulator.kernel.identity import Eui64, format_eui64

Lookup = Callable[[Eui64], DeviceRecord | None]
"""What the inventory says of a device: `Inventory.device`, or a table of what it said."""

Answer = Incident | IncidentRefusal


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskParts:
    """What an incident desk needs.

    Args:
        lookup: devices of the inventory.
        helpdesk: the user that the DCC's helpdesk is.
        ledger: where its e-mails go.
    """

    lookup: Lookup
    calendar: WorkingDays
    helpdesk: Eui64
    ledger: Ledger


class IncidentDesk:
    """Incidents, from the request to its end."""

    def __init__(self, parts: DeskParts, settings: IncidentSettings | None = None) -> None:
        self.settings = settings or IncidentSettings()
        self._parts = parts
        self._incidents: dict[int, Incident] = {}
        self._numbers: dict[tuple[Eui64, Eui64], tuple[int, ...]] = {}
        self._deadlines = Deadlines(
            parts.calendar, self.settings.working_days, self._due_of_unanswered
        )

    def __len__(self) -> int:
        return len(self._incidents)

    def raise_incident(self, creator: Eui64, device: Eui64 | None, moment: datetime) -> Answer:
        """Ask for the install code of a device; whoever pre-notified it is to answer.

        Args:
            creator: any user; that it is the gaining supplier is taken on trust (MP121 PIA 4).
            device: its id, which the interface insists on.
            moment: when it is raised.
        """
        if device is None:
            return IncidentRefusal("MP121 PIA 4: the Device ID is mandatory", "no device id")
        known = self._parts.lookup(device)
        if known is None:
            reason = f"{format_eui64(device)} is not in the inventory"
            return IncidentRefusal("MP121 PIA 4: the device exists in the SMI", reason)
        refused = self._unsuitable(known)
        if refused is not None:
            return refused
        number = len(self._incidents) + 1
        notified = self._assign(number, known.notifier, moment)
        incident = Incident(
            number=number,
            creator=creator,
            device=device,
            assignee=known.notifier,
            created=moment,
            notified=notified,
            due=self._deadlines.start(number, notified),
        )
        self._incidents[number] = incident
        about = (creator, device)
        self._numbers[about] = (*self._numbers.get(about, ()), number)
        return incident

    def read(self, number: int, reader: Eui64) -> Answer:
        """The incident, for those whom it concerns."""
        return self._permitted(number, reader, Action.READ)

    def add_note(self, number: int, note: Note) -> Answer:
        """Add a note; its creator is told when another user adds one, whatever it says."""
        incident = self._permitted(number, note.author, Action.ADD_NOTE)
        if isinstance(incident, IncidentRefusal):
            return incident
        if incident.outcome is not None:
            return _is_closed(incident)
        if note.author != incident.creator:
            self._tell(incident.creator, Occasion.NOTE_ADDED, number, note.moment)
        elif self.settings.creator_notes_reach_assignee:
            self._tell(incident.assignee, Occasion.NOTE_ADDED, number, note.moment)
        return self._keep(replace(incident, notes=(*incident.notes, note)))

    def reallocate(self, number: int, actor: Eui64, to: Eui64, moment: datetime) -> Answer:
        """Assign the incident to another user, whose time begins with its own notification."""
        incident = self._permitted(number, actor, Action.REALLOCATE)
        if isinstance(incident, IncidentRefusal):
            return incident
        if incident.outcome is not None:
            return _is_closed(incident)
        notified = self._assign(number, to, moment)
        due = self._deadlines.start(number, notified)
        return self._keep(replace(incident, assignee=to, notified=notified, due=due))

    def close(self, number: int, actor: Eui64, outcome: Outcome, moment: datetime) -> Answer:
        """End the incident, which its creator alone may (MP121 annex A 2.4)."""
        incident = self._permitted(number, actor, Action.CLOSE)
        if isinstance(incident, IncidentRefusal):
            return incident
        if incident.outcome is not None:
            return _is_closed(incident)
        return self._keep(replace(incident, outcome=outcome, closed=moment))

    def codes(self, number: int, reader: Eui64) -> tuple[bytes, ...] | IncidentRefusal:
        """The codes that notes of others contain, as the reader finds them, oldest first."""
        incident = self.read(number, reader)
        if isinstance(incident, IncidentRefusal):
            return incident
        return tuple(
            note.install_code
            for note in incident.notes
            if note.install_code is not None and note.author != incident.creator
        )

    def code(self, creator: Eui64, device: Eui64) -> bytes | None:
        """The latest code in the incidents of a user about a device, None without."""
        latest = None
        for number in self._numbers.get((creator, device), ()):
            found = self.codes(number, creator)
            if not isinstance(found, IncidentRefusal) and found:
                latest = found[-1]
        return latest

    def punctuality(self, number: int, moment: datetime) -> Punctuality:
        """Where the answer of the assignee stands against its time, as seen at a moment."""
        incident = self._incidents[number]
        answer = self._answered(incident)
        if answer is None:
            return Punctuality.OVERDUE if moment >= incident.due else Punctuality.OPEN
        return Punctuality.IN_TIME if answer < incident.due else Punctuality.LATE

    @property
    def due(self) -> datetime | None:
        """When the next unanswered incident is due, None when none is."""
        return self._deadlines.next

    def expire(self, moment: datetime) -> tuple[Incident, ...]:
        """Incidents that nobody answered in time, each once."""
        return tuple(self._incidents[number] for number in self._deadlines.passed(moment))

    def incidents(self) -> tuple[Incident, ...]:
        """All of them, by number."""
        return tuple(self._incidents.values())

    def _unsuitable(self, device: DeviceRecord) -> IncidentRefusal | None:
        if self.settings.type_1_only and device.kind not in TYPE_1:
            reason = f"{device.kind.value} is no Type 1 Device"
            return IncidentRefusal("SEC App. AC 4.16", reason, Certainty.INFERRED)
        if device.status not in self.settings.appropriate:
            state = "without status" if device.status is None else device.status.value
            clause = "MP121 PIA 4: the device is in an appropriate state"
            return IncidentRefusal(clause, f"it is {state}", Certainty.INFERRED)
        return None

    def _permitted(self, number: int, actor: Eui64, action: Action) -> Answer:
        incident = self._incidents.get(number)
        if incident is None:
            return IncidentRefusal("no such incident", f"incident {number}", Certainty.INFERRED)
        part = self.part(incident, actor)
        permission = PERMISSIONS[part, action]
        if permission.allowed:
            return incident
        reason = f"{part.value} wants to {action.value}"
        return IncidentRefusal(permission.clause, reason, permission.certainty)

    def part(self, incident: Incident, actor: Eui64) -> Part:
        """What a user is to an incident."""
        if actor == incident.creator:
            return Part.CREATOR
        if actor == incident.assignee:
            return Part.ASSIGNEE
        return Part.HELPDESK if actor == self._parts.helpdesk else Part.STRANGER

    def _assign(self, number: int, to: Eui64, moment: datetime) -> datetime:
        """Tell a user of its incident; gives when it has received that."""
        self._tell(to, Occasion.ASSIGNED, number, moment)
        return moment + self.settings.email_delay

    def _tell(self, user: Eui64, occasion: Occasion, number: int, moment: datetime) -> None:
        self._parts.ledger.add(Notification(moment, user, occasion, number))

    def _keep(self, incident: Incident) -> Incident:
        self._incidents[incident.number] = incident
        return incident

    def _answered(self, incident: Incident) -> datetime | None:
        """When the assignee gave what counts as an answer."""
        for note in incident.notes:
            counts = note.install_code is not None or self.settings.note_without_code_answers
            if note.author == incident.assignee and counts and note.moment >= incident.notified:
                return note.moment
        return None

    def _due_of_unanswered(self, number: int) -> datetime | None:
        incident = self._incidents[number]
        answered = self._answered(incident)
        if incident.outcome is not None or (answered is not None and answered < incident.due):
            return None
        return incident.due


def _is_closed(incident: Incident) -> IncidentRefusal:
    return IncidentRefusal(
        "a closed incident stays as it is", f"incident {incident.number}", Certainty.INFERRED
    )
