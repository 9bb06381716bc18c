"""The recovery of install codes as a machine on the clock of a run (SEC App. AC 4.16)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar, Final

from emulator.dcc.incidents.email_desk import EmailDesk
from emulator.dcc.incidents.facts import InstallCodeFact
from emulator.dcc.incidents.held_codes import HeldCodes
from emulator.dcc.incidents.incident_desk import DeskParts, IncidentDesk
from emulator.dcc.incidents.notifications import Ledger
from emulator.dcc.incidents.primitives import (
    AnswerInstallCode,
    AskForInstallCode,
    CloseRequest,
    ReassignRequest,
)
from emulator.dcc.incidents.records import Regime
from emulator.dcc.incidents.settings import IncidentSettings
from emulator.dcc.incidents.ways import EmailWay, HeldWay, IncidentWay, Step, Way
from emulator.dcc.inventory.inventory import Inventory
from emulator.dcc.registration import Registration
from emulator.dcc.working_days import WorkingDays
from emulator.kernel.identity import Eui64
from emulator.kernel.units import Calendar, Instant

_MICROSECOND: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What the recovery of install codes looks at.

    Args:
        helpdesk: the user that the DCC's helpdesk is.
    """

    inventory: Inventory
    registration: Registration
    helpdesk: Eui64
    working_days: WorkingDays
    calendar: Calendar


class InstallCodeRecovery:
    """Asks, waits, and gives up, as the regime has it; what happens are facts of the trace."""

    accepts: ClassVar[tuple[type, ...]] = (
        AskForInstallCode,
        AnswerInstallCode,
        ReassignRequest,
        CloseRequest,
    )

    def __init__(
        self,
        regime: Regime,
        surroundings: Surroundings,
        settings: IncidentSettings | None = None,
    ) -> None:
        self.regime = regime
        self.ledger = Ledger()
        self._calendar = surroundings.calendar
        self.way = self._open(surroundings, settings or IncidentSettings())
        """Where requests stand, to be looked at; what changes them comes as an event."""

    def handle(self, event: Step, now: Instant) -> Sequence[InstallCodeFact]:
        """What follows from a step of somebody."""
        return self.way.take(event, self._calendar.moment(now))

    def wake(self, now: Instant) -> Sequence[InstallCodeFact]:
        """What follows from silence until now."""
        return self.way.expire(self._calendar.moment(now))

    @property
    def deadline(self) -> Instant | None:
        """When the next answer is due."""
        due = self.way.due
        return None if due is None else Instant((due - self._calendar.start) // _MICROSECOND)

    def code(self, gainer: Eui64, device: Eui64) -> bytes | None:
        """The latest code that a supplier has for a device, None without."""
        return self.way.code(gainer, device)

    def _open(self, surroundings: Surroundings, settings: IncidentSettings) -> Way:
        if self.regime is Regime.SMI:
            codes = HeldCodes(surroundings.inventory, surroundings.registration, settings)
            return HeldWay(codes)
        if self.regime is Regime.EMAIL:
            desk = EmailDesk(surroundings.working_days, self.ledger, settings)
            return EmailWay(desk, surroundings.registration)
        parts = DeskParts(
            lookup=surroundings.inventory.device,
            calendar=surroundings.working_days,
            helpdesk=surroundings.helpdesk,
            ledger=self.ledger,
        )
        return IncidentWay(IncidentDesk(parts, settings))
