"""Install codes asked for by e-mail (MP121 alternative 4.16; SEC release of February 2022).

The gaining supplier writes to the losing supplier and to former ones, for as many devices as it
likes; whoever is asked has five working days to send a code or to say that it is not the installer.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from emulator.dcc.incidents.clock import Deadlines
from emulator.dcc.incidents.notifications import Ledger, Notification, Occasion
from emulator.dcc.incidents.records import IncidentRefusal, Punctuality
from emulator.dcc.incidents.settings import IncidentSettings
from emulator.dcc.inventory.statuses import Certainty
from emulator.dcc.working_days import WorkingDays
from emulator.kernel.identity import Eui64, format_eui64


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What the party that was asked says of one device.

    Args:
        install_code: the code, None when it confirms that it is not the installer.
    """

    device: Eui64
    moment: datetime
    install_code: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeRequest:
    """One e-mail that asks for install codes.

    Args:
        received: when the party that is asked has it, from which its time counts.
        due: the end of that time.
    """

    number: int
    gainer: Eui64
    asked: Eui64
    devices: tuple[Eui64, ...]
    received: datetime
    due: datetime
    replies: tuple[Reply, ...] = field(default=())

    def unanswered(self) -> tuple[Eui64, ...]:
        """The devices that nothing was said about yet."""
        said = {reply.device for reply in self.replies}
        return tuple(device for device in self.devices if device not in said)

    def reply(self, device: Eui64) -> Reply | None:
        """The latest word on a device, None without."""
        found = [reply for reply in self.replies if reply.device == device]
        return found[-1] if found else None


class EmailDesk:
    """What suppliers ask each other, and when an answer is late; no system checks any of it."""

    def __init__(
        self, calendar: WorkingDays, ledger: Ledger, settings: IncidentSettings | None = None
    ) -> None:
        self.settings = settings or IncidentSettings()
        self._ledger = ledger
        self._requests: dict[int, CodeRequest] = {}
        self._about: dict[tuple[Eui64, Eui64], list[int]] = {}
        self._deadlines = Deadlines(calendar, self.settings.working_days, self._due_of_unanswered)

    def __len__(self) -> int:
        return len(self._requests)

    def ask(
        self, gainer: Eui64, asked: Eui64, devices: Sequence[Eui64], moment: datetime
    ) -> CodeRequest | IncidentRefusal:
        """Write to a losing or former supplier (4.16 (a)); each device counts once."""
        if not devices:
            return IncidentRefusal(
                "SEC App. AC 4.16 (alternative) (a)", "no device is named", Certainty.INFERRED
            )
        number = len(self._requests) + 1
        received = moment + self.settings.email_delay
        self._ledger.add(Notification(moment, asked, Occasion.CODE_ASKED, number))
        request = CodeRequest(
            number=number,
            gainer=gainer,
            asked=asked,
            devices=tuple(dict.fromkeys(devices)),
            received=received,
            due=self._deadlines.start(number, received),
        )
        self._requests[number] = request
        for device in request.devices:
            self._about.setdefault((gainer, device), []).append(number)
        return request

    def reply(self, number: int, party: Eui64, reply: Reply) -> CodeRequest | IncidentRefusal:
        """Send a code, or confirm not to be the installer (4.16 (b))."""
        request = self._requests.get(number)
        clause = "SEC App. AC 4.16 (alternative) (b)"
        if request is None:
            return IncidentRefusal("no such request", f"request {number}", Certainty.INFERRED)
        if party != request.asked:
            return IncidentRefusal(clause, f"{format_eui64(party)} was not asked")
        if reply.device not in request.devices:
            return IncidentRefusal(clause, f"{format_eui64(reply.device)} was not asked about")
        coded = reply.install_code is not None
        occasion = Occasion.CODE_SENT if coded else Occasion.NOT_THE_INSTALLER
        self._ledger.add(Notification(reply.moment, request.gainer, occasion, number))
        self._requests[number] = replace(request, replies=(*request.replies, reply))
        return self._requests[number]

    def request(self, number: int) -> CodeRequest:
        """A request that was made."""
        return self._requests[number]

    def requests(self) -> tuple[CodeRequest, ...]:
        """All of them, by number."""
        return tuple(self._requests.values())

    def code(self, gainer: Eui64, device: Eui64) -> bytes | None:
        """The latest code that a supplier was sent for a device, None without."""
        replies = (self._requests[each].reply(device) for each in self._asked(gainer, device))
        found = [reply for reply in replies if reply is not None and reply.install_code is not None]
        return max(found, key=lambda reply: reply.moment).install_code if found else None

    def next_to_ask(self, gainer: Eui64, device: Eui64, former: Sequence[Eui64]) -> Eui64 | None:
        """The next of the former suppliers, latest first, that was not asked for the device yet."""
        asked = {self._requests[number].asked for number in self._asked(gainer, device)}
        return next((party for party in former if party not in asked), None)

    def punctuality(self, number: int, device: Eui64, moment: datetime) -> Punctuality:
        """Where the answer about one device stands against its time, as seen at a moment."""
        request = self._requests[number]
        replies = [reply for reply in request.replies if reply.device == device]
        if not replies:
            return Punctuality.OVERDUE if moment >= request.due else Punctuality.OPEN
        return Punctuality.IN_TIME if replies[0].moment < request.due else Punctuality.LATE

    @property
    def due(self) -> datetime | None:
        """When the next request is due that is not answered in full, None when none is."""
        return self._deadlines.next

    def expire(self, moment: datetime) -> tuple[CodeRequest, ...]:
        """Requests not answered in full in time, each once."""
        return tuple(self._requests[number] for number in self._deadlines.passed(moment))

    def _asked(self, gainer: Eui64, device: Eui64) -> Sequence[int]:
        """The requests of a supplier about a device."""
        return self._about.get((gainer, device), ())

    def _due_of_unanswered(self, number: int) -> datetime | None:
        request = self._requests[number]
        return request.due if request.unanswered() else None
