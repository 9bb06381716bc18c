"""The steps by which a gaining supplier comes by an install code (SEC App. AC 4.16; MP121, MP281).

Days are working days of the calendar; while nobody acts, time passes for people and not for the
devices, which wait without power.
"""

from dataclasses import dataclass, field, replace

from emulator.dcc.incidents.email_desk import CodeRequest, EmailDesk, Reply
from emulator.dcc.incidents.held_codes import HeldCodes
from emulator.dcc.incidents.incident_desk import DeskParts, IncidentDesk
from emulator.dcc.incidents.notifications import Ledger, Occasion
from emulator.dcc.incidents.records import Incident, IncidentRefusal
from emulator.dcc.wan_coverage import Visit
from emulator.dcc.working_days import WorkingDays
from emulator.kernel.errors import LocalError
from emulator.kernel.identity import Eui64
from emulator.lab.installing.handover import switch_registration, take_over
from emulator.lab.installing.installation import Ask, Installation
from emulator.lab.installing.visits import (
    ask_for_coverage,
    begin,
    bring_wan,
    fit_hub_without_wan,
    leave_for,
)
from emulator.lab.lab import Lab
from emulator.lab.world.parties import GAINING_SUPPLIER, HELPDESK, SUPPLIER
from emulator.smart_energy.device import SmartEnergyDevice


@dataclass(frozen=True, slots=True)
class CodeRecovery:
    """A home that was left without SM WAN, and changed its supplier since.

    Args:
        work: what the gaining supplier does.
        meter: the electricity meter whose code it lacks.
    """

    work: Installation
    meter: SmartEnergyDevice
    ledger: Ledger = field(default_factory=Ledger)

    @property
    def calendar(self) -> WorkingDays:
        """The working days that the run counts."""
        return WorkingDays(self.work.side.settings.working_days)

    @property
    def device(self) -> Eui64:
        """The meter's identifier."""
        return self.meter.description.eui64

    @property
    def code(self) -> bytes:
        """The code as it is printed on the meter.

        Raises:
            LocalError: when the shipment has none for it.
        """
        printed = self.work.home.shipped(self.meter).install_code
        if printed is None:
            raise LocalError(f"{self.meter.name} has no install code")
        return printed.octets

    # Desks

    def incident_desk(self) -> IncidentDesk:
        """The DCC's desk for incidents."""
        parts = DeskParts(
            lookup=self.work.side.inventory.device,
            calendar=self.calendar,
            helpdesk=HELPDESK,
            ledger=self.ledger,
        )
        return IncidentDesk(parts, self.work.side.settings.incident)

    def email_desk(self) -> EmailDesk:
        """What suppliers write to each other."""
        return EmailDesk(self.calendar, self.ledger, self.work.side.settings.incident)

    def held_codes(self) -> HeldCodes:
        """The codes that the inventory holds."""
        side = self.work.side
        return HeldCodes(side.inventory, side.registration, side.settings.incident)

    # Steps

    def days_pass(self, working_days: int) -> None:
        """So many working days in which nobody acts."""
        now = self.work.side.moment.date()
        days = (self.calendar.after(now, working_days) - now).days
        leave_for(self.work, f"{days} d")

    def say(self, name: str, clause: str, holds: bool, detail: str = "") -> None:
        """A step that says what people did, and fails when it went otherwise."""
        self.work.lab.step(name, clause).expect(lambda: holds, detail)

    def told(self, party: Eui64, occasion: Occasion, clause: str) -> None:
        """A step that checks that a party was sent an e-mail of a kind."""
        sent = any(each.occasion is occasion for each in self.ledger.to(party))
        name = f"{self.work.side.names_of(party)} is told: {occasion.value}"
        self.say(name, clause, sent)

    def email(self, desk: EmailDesk, asked: Eui64) -> CodeRequest:
        """The gaining supplier writes to another (4.16 (a), alternative solution)."""
        request = desk.ask(GAINING_SUPPLIER, asked, (self.device,), self.work.side.moment)
        name = f"{self.work.side.names_of(asked)} is asked for the install code"
        good = isinstance(request, CodeRequest)
        due = f"due {request.due:%Y-%m-%d}" if isinstance(request, CodeRequest) else request.reason
        self.say(name, "SEC App. AC 4.16 (alternative) (a)", good, due)
        assert isinstance(request, CodeRequest)  # noqa: S101 - the step before has said so
        return request

    def reply(self, desk: EmailDesk, request: CodeRequest, code: bytes | None) -> None:
        """The asked party answers: with a code, or that it is not the installer (4.16 (b))."""
        answer = Reply(device=self.device, moment=self.work.side.moment, install_code=code)
        done = desk.reply(request.number, request.asked, answer)
        how = "sends a code" if code is not None else "is not the installer"
        punctual = desk.punctuality(request.number, self.device, self.work.side.moment)
        self.say(
            f"{self.work.side.names_of(request.asked)} {how}",
            "SEC App. AC 4.16 (alternative) (b)",
            isinstance(done, CodeRequest),
            punctual.value,
        )

    def raise_incident(self, desk: IncidentDesk) -> Incident:
        """The gaining supplier raises an incident, which goes to whoever pre-notified the meter."""
        raised = desk.raise_incident(GAINING_SUPPLIER, self.device, self.work.side.moment)
        good = isinstance(raised, Incident)
        detail = raised.reason if isinstance(raised, IncidentRefusal) else f"due {raised.due:%F}"
        self.say("an incident asks for the install code", "SEC App. AC 4.16 (a)", good, detail)
        assert isinstance(raised, Incident)  # noqa: S101 - the step before has said so
        return raised

    def finish(self, code: bytes) -> None:
        """With the code, the gaining supplier takes the meter over and commissions it.

        The meter still holds the certificates of the installing supplier (MP121 report 7), so the
        change of supplier party puts in the new ones before the meter obeys the new supplier.
        """
        self.work.log(self.meter, code)
        self.work.join_network(self.meter)
        take_over(self.work, self.meter, GAINING_SUPPLIER)
        self.work.commission(self.meter)
        self.work.set_mpxn(self.meter)


def strand(lab: Lab) -> CodeRecovery:
    """A home left without SM WAN by one supplier, gained by another, before the SM WAN arrives."""
    lab.home_needs("ESME")
    before = begin(lab)
    meter = before.home.device("ESME")
    ask_for_coverage(before, promised=True, covered=False)
    fit_hub_without_wan(before, Visit.REACTIVE)
    leave_for(before, "20 d")
    switch_registration(before, meter, GAINING_SUPPLIER)
    leave_for(before, "10 d")
    bring_wan(before)
    work = replace(before, supplier=before.side.names_of(GAINING_SUPPLIER))
    recovery = CodeRecovery(work, meter)
    recovery.work.associate(meter)
    asked = Ask(srv="8.1.1", clause="SEC App. AC 4.12(c)", target=recovery.device)
    work.refused("a meter that no hub knows is not commissioned", asked, "E5")
    return recovery


INSTALLER = SUPPLIER
"""Who installed the home: the supplier that pre-notified it."""
