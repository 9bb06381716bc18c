"""What a user may see and do on the Self-Service Interface (MP121 PIA 4, annex A; SRV 8.2).

Everything here runs in the laboratory's loop and gives plain values, as JSON has them: pages and
programs are told the same. Who may do what is said by the incident desk and by the request matrix,
not here. Who a person at the keyboard is, is believed: the tester plays every party.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any, Final

from emulator.dcc.incidents.email_desk import EmailDesk
from emulator.dcc.incidents.facts import InstallCodeFact, InstallCodeNotFound, InstallCodeRefused
from emulator.dcc.incidents.incident_desk import IncidentDesk
from emulator.dcc.incidents.notifications import Notification
from emulator.dcc.incidents.primitives import (
    AnswerInstallCode,
    AskForInstallCode,
    CloseRequest,
    ReassignRequest,
)
from emulator.dcc.incidents.records import IncidentRefusal, Outcome, Regime
from emulator.dcc.incidents.recovery import InstallCodeRecovery, Surroundings
from emulator.dcc.incidents.ways import EmailWay, HeldWay, IncidentWay, Step
from emulator.dcc.inventory.records import DeviceRecord
from emulator.dcc.users import User, UserStatus
from emulator.dcc.working_days import WorkingDays
from emulator.gbcs.service_requests.catalogue import service_request
from emulator.kernel.identity import Eui64, format_eui64
from emulator.kernel.node import Node
from emulator.kernel.trace import Record, plain
from emulator.lab.installing.installation import Installation
from emulator.lab.self_service.lookups import Lookup, found_devices
from emulator.lab.self_service.outbox import letter
from emulator.lab.self_service.records import code_request, device, history, incident
from emulator.lab.world.parties import HELPDESK

NODE_NAME: Final = "SSI"
HELPDESK_NAME: Final = "DCC helpdesk"
_READ_INVENTORY: Final = "8.2"

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Refusal:
    """What somebody wants is not for them, or not so.

    Args:
        status: of HTTP: 403 not for them, 404 not there, 409 not in this state.
        clause: what it is founded on.
    """

    status: int
    reason: str
    clause: str = ""


FORBIDDEN: Final = 403
NOT_FOUND: Final = 404
CONFLICT: Final = 409


class Portal:
    """The Self-Service Interface of a DCC.

    Args:
        work: the home whose DCC it is.
        regime: how install codes are asked for.
    """

    def __init__(self, work: Installation, regime: Regime) -> None:
        self.regime: Final = regime
        self._side = work.side
        self._supplier = work.supplier
        world = self._side.dcc.world
        self.recovery: Final = InstallCodeRecovery(
            regime,
            Surroundings(
                inventory=self._side.inventory,
                registration=self._side.registration,
                helpdesk=HELPDESK,
                working_days=WorkingDays(self._side.settings.working_days),
                calendar=world.calendar,
            ),
            self._side.settings.incident,
        )
        lab = work.lab
        self._node = Node(NODE_NAME, (self.recovery,), lab.scheduler, lab.trace)
        self._heard: list[InstallCodeFact] = []
        lab.trace.listen(self._note)

    # Who is there

    def parties(self) -> tuple[tuple[Eui64, str], ...]:
        """Everybody who can sign in, and what they are called."""
        users = ((user.eui64, user.name) for user in self._side.dcc.world.users)
        return (*users, (HELPDESK, HELPDESK_NAME))

    def name(self, eui64: Eui64) -> str:
        """What a party or a device is called."""
        if eui64 == HELPDESK:
            return HELPDESK_NAME
        if eui64 == self._side.supplier:
            return self._supplier
        return self._side.names_of(eui64)

    def party(self, text: str) -> Eui64 | None:
        """Who is called so, by name or identifier."""
        wanted = text.strip().lower()
        for eui64, name in self.parties():
            if wanted in (name.lower(), format_eui64(eui64).lower()):
                return eui64
        return None

    def send_mail(self, send: Callable[[EmailMessage], None], address: str) -> None:
        """Give the e-mails of this interface to `send`, from now on.

        Args:
            send: is called in the loop.
            address: of the pages.
        """

        def told(notification: Notification) -> None:
            number = len(self.recovery.ledger)
            place = f"{address}/ssi/requests/{notification.about}"
            send(letter(notification, number, self.name(notification.recipient), place))

        self.recovery.ledger.listen(told)

    def mail(self, who: Eui64) -> tuple[Document, ...]:
        """The e-mails that somebody was sent, the latest first."""
        return tuple(
            {
                "moment": each.moment.isoformat(timespec="seconds").replace("+00:00", "Z"),
                "occasion": each.occasion.value,
                "about": each.about,
            }
            for each in reversed(self.recovery.ledger.to(who))
        )

    # The inventory

    def devices(self, who: Eui64, lookup: Lookup) -> tuple[Document, ...] | Refusal:
        """Devices by what is known of them, as SRV 8.2 finds them."""
        refused = self._may_read(who)
        if refused is not None:
            return refused
        return tuple(map(self._device, found_devices(self._side.inventory, lookup)))

    def device(self, who: Eui64, eui64: Eui64) -> Document | Refusal:
        """A device with its history."""
        refused = self._may_read(who)
        if refused is not None:
            return refused
        known = self._side.inventory.device(eui64)
        if known is None:
            return Refusal(NOT_FOUND, f"{format_eui64(eui64)} is not in the inventory")
        lines = self._side.inventory.history(eui64)
        may_hold = self.regime is Regime.SMI and known.notifier == who
        return {**self._device(known), "history": history(lines), "may_hold": may_hold}

    # Install codes

    def requests(self, who: Eui64) -> tuple[Document, ...]:
        """The incidents or e-mails that somebody may see, the latest first."""
        desk = self._desk()
        numbers = range(0 if desk is None else len(desk), 0, -1)
        found = (self.request(who, number) for number in numbers)
        return tuple(each for each in found if not isinstance(each, Refusal))

    def request(self, who: Eui64, number: int) -> Document | Refusal:
        """An incident or an e-mail."""
        desk = self._desk()
        if desk is None or not 1 <= number <= len(desk):
            return Refusal(NOT_FOUND, f"there is no request {number}")
        if isinstance(desk, EmailDesk):
            mail = desk.request(number)
            if who not in (mail.gainer, mail.asked):
                told = "an e-mail is for who wrote it and for who got it"
                return Refusal(FORBIDDEN, told, "MP121 annex C")
            return code_request(mail, desk, who, self._side.moment, self.name)
        one = desk.read(number, who)
        if isinstance(one, IncidentRefusal):
            return Refusal(FORBIDDEN, one.reason, one.clause)
        return incident(one, desk, who, self._side.moment, self.name)

    def ask(self, who: Eui64, eui64: Eui64, mpxn: str) -> Document | Refusal:
        """Ask for the install code of a device."""
        return self._step(AskForInstallCode(gainer=who, device=eui64, mpxn=mpxn))

    def answer(self, who: Eui64, number: int, text: str, code: bytes | None) -> Document | Refusal:
        """Add a note to an incident, or answer an e-mail."""
        desk = self._desk()
        if desk is None or not 1 <= number <= len(desk):
            return Refusal(NOT_FOUND, f"there is no request {number}")
        if isinstance(desk, EmailDesk):
            about = desk.request(number).devices[0]
        else:
            about = desk.incidents()[number - 1].device
        return self._step(AnswerInstallCode(number, who, about, code, text))

    def reassign(self, who: Eui64, number: int, to: Eui64) -> Document | Refusal:
        """Give an incident to another user."""
        return self._step(ReassignRequest(number, who, to))

    def close(self, who: Eui64, number: int, outcome: Outcome) -> Document | Refusal:
        """End an incident."""
        return self._step(CloseRequest(number, who, outcome))

    def hold(self, who: Eui64, eui64: Eui64, code: bytes) -> Document | Refusal:
        """Have the inventory hold a code (MP281)."""
        if not isinstance(self.recovery.way, HeldWay):
            return Refusal(CONFLICT, "the inventory holds codes in regime smi only", "MP281")
        refused = self.recovery.way.codes.hold(who, eui64, code)
        if refused is not None:
            return Refusal(FORBIDDEN, refused.reason, refused.clause)
        return {"held": format_eui64(eui64)}

    def code(self, who: Eui64, eui64: Eui64) -> str:
        """The code that somebody has got for a device, in hexadecimal; empty without."""
        code = self.recovery.code(who, eui64)
        return "" if code is None else code.hex().upper()

    # Inside

    def _may_read(self, who: Eui64) -> Refusal | None:
        """The inventory is read by who may send SRV 8.2, and by the helpdesk."""
        if who == HELPDESK:
            return None
        user = self._side.dcc.world.users.find(who)
        if user is None or user.status is not UserStatus.ACTIVE:
            return Refusal(FORBIDDEN, "not an active user of the DCC", "DUIS E3")
        if _may_send(user):
            return None
        reason = f"{user.name} may not read the inventory"
        return Refusal(FORBIDDEN, reason, "DUIS 5.4 request matrix, SRV 8.2")

    def _step(self, step: Step) -> Document | Refusal:
        """What follows at once from what somebody does."""
        self._heard.clear()
        self._node.post(step)
        facts, self._heard = self._heard, []
        for fact in facts:
            if isinstance(fact, InstallCodeRefused):
                return Refusal(FORBIDDEN, fact.reason, fact.clause)
        told = [{"kind": fact.kind, **_shown(plain(fact))} for fact in facts]
        if any(isinstance(fact, InstallCodeNotFound) for fact in facts) and len(facts) == 1:
            return Refusal(CONFLICT, "there is no former supplier to ask", "MP121 annex C")
        return {"happened": told}

    def _desk(self) -> IncidentDesk | EmailDesk | None:
        """Where requests stand; there are none where the inventory holds the codes."""
        way = self.recovery.way
        return way.desk if isinstance(way, IncidentWay | EmailWay) else None

    def _device(self, record: DeviceRecord) -> Document:
        return device(record, self.name, self._side.dcc.world.hub_of(record))

    def _note(self, record: Record) -> None:
        if record.node == NODE_NAME:
            self._heard.append(record.fact)  # type: ignore[arg-type]  # this node has no other facts


def _may_send(user: User) -> bool:
    allowed = service_request(_READ_INVENTORY).user_roles
    return any(role.value in allowed for role in user.roles)


def _shown(fact: Mapping[str, Any]) -> dict[str, Any]:
    """A fact with identifiers as people write them."""
    ids = ("gainer", "asked", "device", "party")
    return {k: format_eui64(Eui64(v)) if k in ids else v for k, v in fact.items()}
