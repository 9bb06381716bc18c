"""The three ways to an install code, behind one face (MP121 4.16 in both texts, MP281)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from emulator.dcc.incidents.email_desk import CodeRequest, EmailDesk, Reply
from emulator.dcc.incidents.facts import (
    InstallCodeAsked,
    InstallCodeFact,
    InstallCodeGiven,
    InstallCodeNotFound,
    InstallCodeNotGiven,
    InstallCodeOverdue,
    InstallCodeReassigned,
    InstallCodeRefused,
    InstallCodeRequestClosed,
)
from emulator.dcc.incidents.held_codes import HeldCodes
from emulator.dcc.incidents.incident_desk import IncidentDesk
from emulator.dcc.incidents.primitives import (
    AnswerInstallCode,
    AskForInstallCode,
    CloseRequest,
    ReassignRequest,
)
from emulator.dcc.incidents.records import IncidentRefusal, Note, Regime
from emulator.dcc.inventory.statuses import Certainty
from emulator.dcc.registration import Registration
from emulator.kernel.identity import Eui64

Facts = Sequence[InstallCodeFact]
Step = AskForInstallCode | AnswerInstallCode | ReassignRequest | CloseRequest


class Way(Protocol):
    """How a gaining supplier comes by install codes."""

    def take(self, step: Step, moment: datetime) -> Facts:
        """What follows from a step of somebody."""
        ...

    def expire(self, moment: datetime) -> Facts:
        """What follows from silence until then."""
        ...

    def code(self, gainer: Eui64, device: Eui64) -> bytes | None:
        """The latest code that a supplier has for a device, None without."""
        ...

    @property
    def due(self) -> datetime | None:
        """When the next answer is due, None when none is awaited."""
        ...


class IncidentWay:
    """By incidents on the Self-Service Interface (regime `SSI`)."""

    def __init__(self, desk: IncidentDesk) -> None:
        self.desk = desk

    def take(self, step: Step, moment: datetime) -> Facts:
        """What follows from a step of somebody."""
        match step:
            case AskForInstallCode():
                return (self._ask(step, moment),)
            case AnswerInstallCode():
                return (self._answer(step, moment),)
            case ReassignRequest():
                return (self._reassign(step, moment),)
            case CloseRequest():
                return (self._close(step, moment),)

    def _ask(self, step: AskForInstallCode, moment: datetime) -> InstallCodeFact:
        incident = self.desk.raise_incident(step.gainer, step.device, moment)
        if isinstance(incident, IncidentRefusal):
            return _refused(Regime.SSI, step.gainer, incident)
        number, asked, due = incident.number, incident.assignee, incident.due.isoformat()
        return InstallCodeAsked(Regime.SSI.name, number, step.gainer, asked, step.device, due)

    def _reassign(self, step: ReassignRequest, moment: datetime) -> InstallCodeFact:
        moved = self.desk.reallocate(step.number, step.actor, step.to, moment)
        if isinstance(moved, IncidentRefusal):
            return _refused(Regime.SSI, step.actor, moved)
        return InstallCodeReassigned(step.number, step.to, moved.due.isoformat())

    def _close(self, step: CloseRequest, moment: datetime) -> InstallCodeFact:
        closed = self.desk.close(step.number, step.actor, step.outcome, moment)
        if isinstance(closed, IncidentRefusal):
            return _refused(Regime.SSI, step.actor, closed)
        return InstallCodeRequestClosed(step.number, step.outcome.name)

    def _answer(self, step: AnswerInstallCode, moment: datetime) -> InstallCodeFact:
        note = Note(
            author=step.party, moment=moment, text=step.text, install_code=step.install_code
        )
        incident = self.desk.add_note(step.number, note)
        if isinstance(incident, IncidentRefusal):
            return _refused(Regime.SSI, step.party, incident)
        if step.install_code is None:
            return _not_given(Regime.SSI, step, "a note without a code")
        gainer, device = incident.creator, incident.device
        return InstallCodeGiven(Regime.SSI.name, step.number, gainer, device, "note on an incident")

    def expire(self, moment: datetime) -> Facts:
        """What follows from silence until then."""
        return tuple(
            InstallCodeOverdue(Regime.SSI.name, each.number, each.creator, each.assignee, 1)
            for each in self.desk.expire(moment)
        )

    def code(self, gainer: Eui64, device: Eui64) -> bytes | None:
        """The latest code in incidents of a supplier about a device."""
        return self.desk.code(gainer, device)

    @property
    def due(self) -> datetime | None:
        """When the next answer is due."""
        return self.desk.due


class EmailWay:
    """By e-mail to former suppliers, the latest first, until one is the installer (`EMAIL`)."""

    def __init__(self, desk: EmailDesk, registration: Registration) -> None:
        self.desk = desk
        self._registration = registration
        self._mpxns: dict[tuple[Eui64, Eui64], str] = {}

    def take(self, step: Step, moment: datetime) -> Facts:
        """What follows from a step of somebody."""
        match step:
            case AskForInstallCode(gainer=gainer, device=device, mpxn=mpxn):
                self._mpxns[gainer, device] = mpxn
                return (self._ask_next(gainer, device, moment),)
            case AnswerInstallCode():
                return self._answer(step, moment)
            case ReassignRequest(actor=actor) | CloseRequest(actor=actor):
                reason = "an e-mail is neither reassigned nor closed"
                refusal = IncidentRefusal("MP121 annex C", reason, Certainty.INFERRED)
                return (_refused(Regime.EMAIL, actor, refusal),)

    def _ask_next(self, gainer: Eui64, device: Eui64, moment: datetime) -> InstallCodeFact:
        former = self._registration.former_suppliers(self._mpxns[gainer, device], moment)
        party = self.desk.next_to_ask(gainer, device, former)
        regime = Regime.EMAIL.name
        if party is None:
            return InstallCodeNotFound(regime, gainer, device, "no former supplier is left to ask")
        request = self.desk.ask(gainer, party, (device,), moment)
        if isinstance(request, IncidentRefusal):
            return _refused(Regime.EMAIL, gainer, request)
        due = request.due.isoformat()
        return InstallCodeAsked(regime, request.number, gainer, party, device, due)

    def _answer(self, step: AnswerInstallCode, moment: datetime) -> Facts:
        said = Reply(device=step.device, moment=moment, install_code=step.install_code)
        request = self.desk.reply(step.number, step.party, said)
        regime = Regime.EMAIL
        if isinstance(request, IncidentRefusal):
            return (_refused(regime, step.party, request),)
        if step.install_code is None:
            not_given = _not_given(regime, step, "not the installer")
            return (not_given, self._ask_next(request.gainer, step.device, moment))
        number, gainer = request.number, request.gainer
        return (InstallCodeGiven(regime.name, number, gainer, step.device, "e-mail"),)

    def expire(self, moment: datetime) -> Facts:
        """Silence is written down, and the next former supplier asked."""
        facts: list[InstallCodeFact] = []
        for request in self.desk.expire(moment):
            facts.append(_overdue_mail(request))
            facts += [
                self._ask_next(request.gainer, device, moment) for device in request.unanswered()
            ]
        return facts

    def code(self, gainer: Eui64, device: Eui64) -> bytes | None:
        """The latest code that a supplier was sent for a device."""
        return self.desk.code(gainer, device)

    @property
    def due(self) -> datetime | None:
        """When the next answer is due."""
        return self.desk.due


class HeldWay:
    """By looking into the inventory (regime `SMI`); nobody is asked and nobody waits."""

    def __init__(self, codes: HeldCodes) -> None:
        self.codes = codes
        self._read: dict[tuple[Eui64, Eui64], bytes] = {}

    def take(self, step: Step, moment: datetime) -> Facts:
        """What follows from a step of somebody."""
        match step:
            case AskForInstallCode(gainer=gainer, device=device, mpxn=mpxn):
                held = self.codes.read(gainer, device, mpxn, moment)
                if isinstance(held, IncidentRefusal):
                    return (_refused(Regime.SMI, gainer, held),)
                self._read[gainer, device] = held.install_code
                known = "supply point known" if held.association_known else "supply point claimed"
                return (InstallCodeGiven(Regime.SMI.name, 0, gainer, device, f"SMI, {known}"),)
            case AnswerInstallCode(party=party):
                return (_refused(Regime.SMI, party, _NOBODY_ASKED),)
            case ReassignRequest(actor=actor) | CloseRequest(actor=actor):
                return (_refused(Regime.SMI, actor, _NOBODY_ASKED),)

    def expire(self, moment: datetime) -> Facts:
        """Nothing is ever due."""
        del moment
        return ()

    def code(self, gainer: Eui64, device: Eui64) -> bytes | None:
        """The code that a supplier read for a device."""
        return self._read.get((gainer, device))

    @property
    def due(self) -> datetime | None:
        """Nothing is ever due."""
        return None


_NOBODY_ASKED = IncidentRefusal(
    "MP281", "nobody is asked for a code that is held", Certainty.INFERRED
)


def _refused(regime: Regime, party: Eui64, refusal: IncidentRefusal) -> InstallCodeRefused:
    verified = refusal.certainty.verified
    return InstallCodeRefused(regime.name, party, refusal.clause, refusal.reason, verified)


def _not_given(regime: Regime, step: AnswerInstallCode, reason: str) -> InstallCodeNotGiven:
    return InstallCodeNotGiven(regime.name, step.number, step.party, step.device, reason)


def _overdue_mail(request: CodeRequest) -> InstallCodeOverdue:
    return InstallCodeOverdue(
        Regime.EMAIL.name,
        request.number,
        request.gainer,
        request.asked,
        len(request.unanswered()),
    )
