"""The tariff switching table of a supply, as a display reads it part by part (ZSE 1.4 Annex D).

A display asks for the parts of a calendar when its head is another than that of the calendar it
has; special days, which a supplier may change by themselves, whenever it looks.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from emulator.kernel.errors import UsageError
from emulator.metering.quantities import DAY
from emulator.metering.tariff_calendar import TariffCalendar
from emulator.wire.struct import Struct
from emulator.zcl.payloads.calendar import (
    GetDayProfiles,
    GetSeasons,
    GetSpecialDays,
    GetWeekProfiles,
    PublishCalendar,
    PublishDayProfile,
    PublishSeasons,
    PublishSpecialDays,
    PublishWeekProfile,
)
from emulator.zcl.published_calendar import executable_calendar

_SECOND: Final = 1_000_000
_TARIFF: Final = 0
_DAYS, _WEEKS, _SEASONS, _SPECIAL_DAYS = range(1, 5)
"""Commands to the server that ask for parts, and to the client that tell them."""


@dataclass(frozen=True, slots=True)
class PartWanted:
    """A command of the Calendar cluster that is to be sent, and what answers it."""

    command: int
    request: Struct
    payload: type[Struct]


@dataclass(slots=True)
class HomeCalendar:
    """A calendar of which the parts come one after another."""

    head: PublishCalendar | None = None
    days: list[PublishDayProfile] = field(default_factory=list)
    weeks: list[PublishWeekProfile] = field(default_factory=list)
    seasons: list[PublishSeasons] = field(default_factory=list)
    special_days: list[PublishSpecialDays] = field(default_factory=list)
    _asked: set[tuple[int, int]] = field(default_factory=set)
    """Parts that were asked for in this look: command, and the number of the first."""

    def announced(self, head: PublishCalendar | None) -> None:
        """Begin to look at the calendar of this head; None where there is none."""
        self.special_days, self._asked = [], set()
        if head != self.head:
            self.head, self.days, self.weeks, self.seasons = head, [], [], []

    def take(self, part: Struct) -> None:
        """Hold a part; one that is here already, or of another calendar, changes nothing."""
        named = getattr(part, "issuer_calendar_id", None)
        if self.head is None or named != self.head.issuer_calendar_id:
            return
        match part:
            case PublishDayProfile() if part not in self.days:
                self.days.append(part)
            case PublishWeekProfile() if part not in self.weeks:
                self.weeks.append(part)
            case PublishSeasons():
                self.seasons = [part]
            case PublishSpecialDays():
                self.special_days = [part]
            case _:
                return

    def wanted(self) -> PartWanted | None:
        """The next part to ask for; None once nothing is left that a supply would tell."""
        for number, each in self._missing():
            if (each.command, number) not in self._asked:
                self._asked.add((each.command, number))
                return each
        return None

    def switches(self, own: int) -> tuple[tuple[int, int], ...]:
        """Which tier holds now, and which others begin in the next 24 hours.

        Args:
            own: now, microseconds since 2000, UTC.

        Returns:
            pairs of seconds since 2000, UTC, and a tier; the first is now. Nothing where the
            calendar is not known, or cannot be executed.
        """
        calendar = self._executable()
        if calendar is None:
            return ()
        found = [(own // _SECOND, calendar.register(own))]
        at = calendar.next_switch(own)
        while at < own + DAY:
            tier = calendar.register(at)
            if tier != found[-1][1]:
                found.append((at // _SECOND, tier))
            at = calendar.next_switch(at)
        return tuple(found)

    def _missing(self) -> Iterator[tuple[int, PartWanted]]:
        """What is not here yet, each with the number of the first day or week that is meant."""
        head = self.head
        if head is None:
            return
        of = (head.provider_id, head.issuer_calendar_id)
        if len(self.days) < head.number_of_day_profiles:
            day = _next_number([each.day_id for each in self.days])
            yield day, PartWanted(_DAYS, GetDayProfiles(*of, day, 1), PublishDayProfile)
        if len(self.weeks) < head.number_of_week_profiles:
            week = _next_number([each.week_id for each in self.weeks])
            yield week, PartWanted(_WEEKS, GetWeekProfiles(*of, week, 1), PublishWeekProfile)
        if not self.seasons and head.number_of_seasons:
            yield 0, PartWanted(_SEASONS, GetSeasons(*of), PublishSeasons)
        special = GetSpecialDays(0, 0, _TARIFF, *of)
        yield 0, PartWanted(_SPECIAL_DAYS, special, PublishSpecialDays)

    def _executable(self) -> TariffCalendar | None:
        """What the parts do together; None while some are missing."""
        head = self.head
        if head is None or not self.days or len(self.days) < head.number_of_day_profiles:
            return None
        try:
            return executable_calendar(self, carries=True)
        except UsageError:
            return None


def _next_number(numbers: Sequence[int]) -> int:
    """The lowest number that may come after those that are here."""
    return min(max(numbers, default=0) + 1, 0xFF)
