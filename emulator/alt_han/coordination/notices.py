"""Whom the coordinator owes which notice, by when and how (DCP 400 6.15 to 6.17)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from emulator.alt_han.coordination.actions import Channel, Notify, Occasion
from emulator.alt_han.coordination.settings import CoordinationSettings
from emulator.alt_han.refusal import Refusal
from emulator.dcc.working_days import WorkingDays


class Punctuality(Enum):
    """Where a notice stands against its time."""

    OPEN = "open"
    IN_TIME = "in time"
    LATE = "late"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something that somebody must be told.

    Args:
        number: from 1; 0 before it is in a book.
        party: who.
        since: when it arose.
        due: the end of its time; None where the clause gives none.
        sent: when it was told, None before.
        channel: how it was told.
    """

    number: int = 0
    party: str
    mpan: str
    occasion: Occasion
    clause: str
    since: datetime
    due: datetime | None = None
    sent: datetime | None = None
    channel: Channel | None = None

    def punctuality(self, now: datetime) -> Punctuality:
        """Where it stands, as seen at a moment."""
        if self.sent is not None:
            late = self.due is not None and self.sent > self.due
            return Punctuality.LATE if late else Punctuality.IN_TIME
        overdue = self.due is not None and now > self.due
        return Punctuality.OVERDUE if overdue else Punctuality.OPEN


class NoticeBook:
    """Every notice of one coordination."""

    def __init__(self, calendar: WorkingDays, settings: CoordinationSettings) -> None:
        self._calendar = calendar
        self._settings = settings
        self._notices: list[Notice] = []
        self._otherwise: set[str] = set()

    def __iter__(self) -> Iterator[Notice]:
        return iter(self._notices)

    def agree(self, party: str) -> None:
        """Let a party be told in another way than MM00023 (6.17: the pilot)."""
        self._otherwise.add(party)

    def owe_supplier(self, party: str, mpan: str, occasion: Occasion, now: datetime) -> Notice:
        """The registered supplier has to be told (6.15)."""
        clause = "DCP 400 6.15"
        return self._owe(
            Notice(party=party, mpan=mpan, occasion=occasion, clause=clause, since=now)
        )

    def owe_distributor(self, party: str, mpan: str, occasion: Occasion, now: datetime) -> Notice:
        """The distributor has to be told (6.16, 6.17)."""
        urgent = occasion is Occasion.CATEGORY_A
        due = (
            now + self._settings.telephone
            if urgent
            else self._calendar.deadline(now, self._settings.category_b_days)
        )
        clause = "DCP 400 6.16" if urgent else "DCP 400 6.17"
        return self._owe(
            Notice(party=party, mpan=mpan, occasion=occasion, clause=clause, since=now, due=due)
        )

    def send(self, notify: Notify, now: datetime) -> Notice | Refusal:
        """Tell a party; a refusal when that is not the way, or there is nothing to tell."""
        if not 1 <= notify.number <= len(self._notices):
            return Refusal("DCP 400 6.15", f"no notice {notify.number} is owed")
        notice = self._notices[notify.number - 1]
        if notice.sent is not None:
            return Refusal(notice.clause, f"notice {notify.number} was sent already")
        problem = self._wrong_way(notice, notify.channel)
        if problem is not None:
            return problem
        sent = replace(notice, sent=now, channel=notify.channel)
        self._notices[notify.number - 1] = sent
        return sent

    def owed(self, party: str = "") -> tuple[Notice, ...]:
        """What is not told yet, to a party or to anyone."""
        return tuple(
            each for each in self._notices if each.sent is None and party in ("", each.party)
        )

    def _wrong_way(self, notice: Notice, channel: Channel) -> Refusal | None:
        if notice.occasion is Occasion.CATEGORY_A and channel is not Channel.TELEPHONE:
            return Refusal("DCP 400 6.16", "a Category A situation is told by telephone")
        if (
            notice.occasion is Occasion.CATEGORY_B
            and channel is not Channel.MM00023
            and notice.party not in self._otherwise
        ):
            reason = f"{notice.party} has not agreed to another way than {Channel.MM00023.value}"
            return Refusal("DCP 400 6.17", reason)
        return None

    def _owe(self, notice: Notice) -> Notice:
        numbered = replace(notice, number=len(self._notices) + 1)
        self._notices.append(numbered)
        return numbered
