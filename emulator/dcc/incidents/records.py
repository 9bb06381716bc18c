"""Requests for install codes, what is said in them, and refusals (MP121 annex D, PIA 4)."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from emulator.dcc.inventory.statuses import Certainty
from emulator.kernel.identity import Eui64


class Regime(Enum):
    """How a gaining supplier asks for an install code; values say since when."""

    EMAIL = "e-mail between suppliers (MP121 alternative solution, implemented)"
    SSI = "incident on the Self-Service Interface (MP121 proposed solution)"
    SMI = "code held in the Smart Metering Inventory (MP281)"


class Outcome(Enum):
    """How a request ends."""

    COMMISSIONED = "the code was right and the device has smart functionality"
    METER_REPLACED = "no code; the device was replaced"
    WITHOUT_SMART = "no code; the consumer is left without smart functionality"
    WITHDRAWN = "the request was not pursued"


STRANDED = (Outcome.METER_REPLACED, Outcome.WITHOUT_SMART)
"""Outcomes of a request that brought no code (MP121 annex A 2.5)."""


class Punctuality(Enum):
    """Where an answer stands against its five working days."""

    OPEN = "not answered, and not due yet"
    IN_TIME = "answered in time"
    LATE = "answered, but after the time"
    OVERDUE = "not answered in time"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What somebody adds to an incident.

    Args:
        install_code: the code it contains, as its author meant it; the service management system
            does not look (MP121 PIA 4).
    """

    author: Eui64
    moment: datetime
    text: str = ""
    install_code: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """A "Request for Install Code".

    Args:
        assignee: who is to answer: at first the user that pre-notified the device.
        notified: when the assignee received the notification, from which its time counts.
        due: the end of that time.
        outcome: None while it is open.
    """

    number: int
    creator: Eui64
    device: Eui64
    assignee: Eui64
    created: datetime
    notified: datetime
    due: datetime
    notes: tuple[Note, ...] = ()
    outcome: Outcome | None = None
    closed: datetime | None = None


@dataclass(frozen=True, slots=True)
class IncidentRefusal:
    """What was asked is not allowed; nothing changed.

    Args:
        clause: the rule it breaks.
    """

    clause: str
    reason: str
    certainty: Certainty = Certainty.SOURCED
