"""Suppliers, a helpdesk and pre-notified devices, as tests of install code requests want them."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Final

from emulator.dcc.incidents.incident_desk import Answer, DeskParts, IncidentDesk
from emulator.dcc.incidents.notifications import Ledger
from emulator.dcc.incidents.records import Incident, IncidentRefusal, Note
from emulator.dcc.incidents.settings import IncidentSettings
from emulator.dcc.inventory.device_kinds import DeviceKind
from emulator.dcc.inventory.statuses import SmiStatus
from emulator.dcc.working_days import WorkingDays
from emulator.kernel.identity import Eui64
from emulator.testing.scenes.inventory_scene import ESME, GAINER, INSTALLER, device_record

MONDAY: Final = datetime(2026, 1, 5, 10, tzinfo=UTC)
DUE: Final = datetime(2026, 1, 13, tzinfo=UTC)
"""The end of the fifth working day after that Monday."""
HELPDESK: Final = Eui64(0x90B3D51F30000001)
THIRD: Final = Eui64(0x90B3D51F30030001)
CODE: Final = bytes.fromhex("83FED3407A939723A5C639B26916D505")
CALENDAR: Final = WorkingDays()


def day(number: float) -> datetime:
    """So many days after the Monday."""
    return MONDAY + timedelta(days=number)


class Scene:
    """An incident desk, its e-mails, and an inventory of one meter.

    Args:
        status: of the meter.
        kind: what it is, if no electricity meter.
    """

    def __init__(
        self,
        status: SmiStatus | None = SmiStatus.PENDING,
        kind: DeviceKind = DeviceKind.ESME,
        settings: IncidentSettings | None = None,
    ) -> None:
        self.ledger = Ledger()
        self.devices = {ESME: device_record(kind, status, device=ESME)}
        parts = DeskParts(
            lookup=self.devices.get, calendar=CALENDAR, helpdesk=HELPDESK, ledger=self.ledger
        )
        self.desk = IncidentDesk(parts, settings)

    def fill(self, devices: Iterable[Eui64]) -> None:
        """List more meters, all pre-notified like the first."""
        self.devices.update(dict.fromkeys(devices, self.devices[ESME]))

    def raised(self, creator: Eui64 = GAINER, at: datetime = MONDAY) -> Incident:
        """An incident about the meter."""
        return accepted(self.desk.raise_incident(creator, ESME, at))

    def note(
        self,
        number: int,
        author: Eui64 = INSTALLER,
        at: datetime = MONDAY,
        code: bytes | None = None,
    ) -> Answer:
        """A note on an incident, by its assignee unless said otherwise."""
        text = "here it is" if code else "will look into it"
        note = Note(author=author, moment=at, text=text, install_code=code)
        return self.desk.add_note(number, note)


def accepted(answer: Answer) -> Incident:
    """The answer, which is an incident."""
    if isinstance(answer, Incident):
        return answer
    raise AssertionError(answer)


def denied(answer: object) -> IncidentRefusal:
    """The answer, which is a refusal."""
    if isinstance(answer, IncidentRefusal):
        return answer
    raise AssertionError(answer)
