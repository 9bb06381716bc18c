"""Calendars of a gas meter: tariff switching table and non-disablement calendar (ZSE 1.4 Annex D).

A calendar is published in parts. Those of one that waits for its date are kept beside the one in
force, and take its place when the date comes. Its head tells how many days, weeks and seasons there
are, a day how many entries, and each part that is cut how many commands (ZSE 1.4 Annex D); the
reference commands count so. That a device goes by the calendar before until all have come is
unverified.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, TypeVar

from emulator.gbcs_device.gbz.state.document import items, number, part, struct, structs, written
from emulator.kernel.errors import LocalError
from emulator.wire.struct import Struct
from emulator.zcl.payloads.calendar import (
    PublishCalendar,
    PublishDayProfile,
    PublishSeasons,
    PublishSpecialDays,
    PublishWeekProfile,
)

TARIFF: Final = 0
"""Calendar type of the tariff switching table: delivered (ZSE 1.4 Annex D)."""
NON_DISABLEMENT: Final = 3
"""Calendar type of the non-disablement calendar: friendly credit (use-case annex, GCS05)."""
IN_FORCE: Final = {0xFFFFFFFF: TARIFF, 0xFFFFFFFE: NON_DISABLEMENT}
"""Issuer calendar identifiers that stand for what is in force (GBCS 10.4.2.11)."""


class Stage(StrEnum):
    """Whether a calendar holds, or waits for its date."""

    BEFORE = "before"
    """The last that was complete, while that in force is not."""
    IN_FORCE = "in force"
    COMING = "coming"


_FOUND: Final = (Stage.IN_FORCE, Stage.COMING, Stage.BEFORE)
"""In which order an identifier is looked for."""
Part = PublishDayProfile | PublishWeekProfile | PublishSeasons | PublishSpecialDays
AnyPart = TypeVar("AnyPart", bound=Struct)


@dataclass(frozen=True, slots=True)
class Calendar:
    """A calendar and its parts, each as it was published.

    Args:
        head: what it is called and how many parts it has; None where only parts are known.
    """

    head: PublishCalendar | None = None
    days: tuple[PublishDayProfile, ...] = ()
    weeks: tuple[PublishWeekProfile, ...] = ()
    seasons: tuple[PublishSeasons, ...] = ()
    special_days: tuple[PublishSpecialDays, ...] = ()

    @property
    def identifiers(self) -> set[int]:
        """The issuer calendar identifiers under which it is known."""
        parts: tuple[Part, ...] = (*self.days, *self.weeks, *self.seasons, *self.special_days)
        known = {each.issuer_calendar_id for each in parts}
        return known if self.head is None else known | {self.head.issuer_calendar_id}

    @property
    def complete(self) -> bool:
        """Whether all has come that its head and parts tell of; one without head has no count."""
        head = self.head
        if head is None:
            return True
        days = {each.day_id for each in self.days}
        return (
            len(days) == head.number_of_day_profiles
            and all(self._whole_day(each) for each in days)
            and len(self.weeks) == head.number_of_week_profiles
            and _whole(self.seasons, [len(each.seasons) for each in self.seasons])
            and sum(len(each.seasons) for each in self.seasons) == head.number_of_seasons
            and _whole(
                self.special_days,
                [len(each.special_days) for each in self.special_days],
                [each.total_number_of_special_days for each in self.special_days],
            )
        )

    def _whole_day(self, day: int) -> bool:
        parts = [each for each in self.days if each.day_id == day]
        totals = [each.total_number_of_schedule_entries for each in parts]
        return _whole(parts, [len(each.entries) for each in parts], totals)

    def with_part(self, new: Part) -> "Calendar":
        """With one part more; a part of the same number is replaced."""
        match new:
            case PublishDayProfile():
                return replace(self, days=_with(self.days, new, "day_id", "command_index"))
            case PublishWeekProfile():
                return replace(self, weeks=_with(self.weeks, new, "week_id"))
            case PublishSeasons():
                return replace(self, seasons=_with(self.seasons, new, "command_index"))
            case PublishSpecialDays():
                kept = _with(self.special_days, new, "command_index")
                return replace(self, special_days=kept)

    def snapshot(self) -> dict[str, object]:
        """All parts as octets."""
        return {
            "head": None if self.head is None else self.head.encode().hex(),
            "days": written(self.days),
            "weeks": written(self.weeks),
            "seasons": written(self.seasons),
            "special_days": written(self.special_days),
        }


def _whole(
    parts: Sequence[PublishDayProfile | PublishSeasons | PublishSpecialDays],
    found: Sequence[int],
    totals: Sequence[int] = (),
) -> bool:
    """Whether all commands of something that may be cut have come.

    Args:
        parts: in the order of their command index.
        found: how many things each has.
        totals: of which each says that there are so many in all.
    """
    commands = [each.command_index for each in parts]
    counted = all(each.total_number_of_commands == len(parts) for each in parts)
    return commands == [*range(len(parts))] and counted and all(sum(found) == t for t in totals)


def _with(parts: tuple[AnyPart, ...], new: AnyPart, *names: str) -> tuple[AnyPart, ...]:
    number = [getattr(new, name) for name in names]
    kept = (each for each in parts if [getattr(each, name) for name in names] != number)
    ordered = (*kept, new)
    return tuple(sorted(ordered, key=lambda each: [getattr(each, name) for name in names]))


class CalendarTable:
    """The calendars in force and those to come, one of each calendar type, in order of publishing.

    Calendars of two types may bear one identifier; a part without type belongs to that of the two
    which was published last.
    """

    def __init__(self) -> None:
        self._calendars: dict[tuple[Stage, int], Calendar] = {}

    def in_force(self, kind: int) -> Calendar:
        """The calendar of a type that is in force; an empty one where there is none."""
        return self._calendars.get((Stage.IN_FORCE, kind), Calendar())

    def going_by(self, kind: int) -> Calendar:
        """The calendar of a type that a device executes: the last complete one."""
        before = self._calendars.get((Stage.BEFORE, kind))
        return self.in_force(kind) if before is None else before

    def start(self, head: PublishCalendar) -> None:
        """Let a calendar take effect: with the parts that waited for it, if it waited."""
        waited = self._calendars.pop((Stage.COMING, head.calendar_type), None)
        calendar = waited if waited is not None and waited.head == head else Calendar(head)
        self._replace(head.calendar_type, calendar)
        self._put((Stage.IN_FORCE, head.calendar_type), calendar)

    def expect(self, head: PublishCalendar) -> None:
        """Keep the parts that follow apart from what is in force."""
        self._put((Stage.COMING, head.calendar_type), Calendar(head))

    def add(self, new: Part) -> bool:
        """Add a part to the calendar that it names; whether there is one."""
        key = self._key_of(new)
        if key is None:
            return False
        self._calendars[key] = self._calendars[key].with_part(new)
        if key[0] is Stage.IN_FORCE:
            self._settle(key[1])
        return True

    def named_by(self, new: Part) -> Calendar | None:
        """The calendar that a part would be added to; None where there is none."""
        key = self._key_of(new)
        return None if key is None else self._calendars[key]

    def _key_of(self, new: Part) -> tuple[Stage, int] | None:
        for key in reversed(self._calendars):
            stage, kind = key
            typed = not isinstance(new, PublishDayProfile) or new.calendar_type == kind
            named = new.issuer_calendar_id in self._calendars[key].identifiers
            if typed and named and stage is not Stage.BEFORE:
                return key
        return None

    def replace_special_days(self, new: PublishSpecialDays) -> None:
        """Let special days take effect in the calendar of their type.

        The first part of them ends those before.
        """
        calendar = self.in_force(new.calendar_type)
        if new.command_index == 0:
            calendar = replace(calendar, special_days=())
        self._replace(new.calendar_type, calendar.with_part(new))

    def hold(self, kind: int, calendar: Calendar) -> None:
        """Have a calendar in force, whatever was before."""
        self._calendars.pop((Stage.BEFORE, kind), None)
        self._put((Stage.IN_FORCE, kind), calendar)

    def find(self, issuer_calendar_id: int) -> Calendar:
        """The calendar of an identifier, that in force first; an empty one where there is none."""
        kind = IN_FORCE.get(issuer_calendar_id)
        if kind is not None:
            return self.in_force(kind)
        known = sorted(self._calendars, key=lambda key: _FOUND.index(key[0]))
        found = (self._calendars[key] for key in known)
        return next((each for each in found if issuer_calendar_id in each.identifiers), Calendar())

    def snapshot(self) -> list[object]:
        """All calendars with stage and type."""
        return [
            {"stage": stage.value, "type": kind, "calendar": each.snapshot()}
            for (stage, kind), each in self._calendars.items()
        ]

    def restore(self, document: object, name: str) -> None:
        """Hold what a snapshot says, and nothing else.

        Raises:
            LocalError: when it is none.
        """
        self._calendars = {
            (_stage(each), number(each, "type", 8)): _saved(part(each, "calendar"))
            for each in items(document, name)
        }

    def _replace(self, kind: int, calendar: Calendar) -> None:
        """Have another calendar in force; go by that before until it is complete."""
        before = self.in_force(kind)
        if before.complete:
            self._calendars[Stage.BEFORE, kind] = before
        self._calendars[Stage.IN_FORCE, kind] = calendar
        self._settle(kind)

    def _settle(self, kind: int) -> None:
        if self.in_force(kind).complete:
            self._calendars.pop((Stage.BEFORE, kind), None)

    def _put(self, key: tuple[Stage, int], calendar: Calendar) -> None:
        self._calendars.pop(key, None)
        self._calendars[key] = calendar


def _stage(document: object) -> Stage:
    value = part(document, "stage")
    for stage in Stage:
        if value == stage.value:
            return stage
    raise LocalError(f"saved state: no stage {value!r}")


def _saved(document: object) -> Calendar:
    head = part(document, "head")
    return Calendar(
        None if head is None else struct(head, PublishCalendar),
        structs(document, "days", PublishDayProfile),
        structs(document, "weeks", PublishWeekProfile),
        structs(document, "seasons", PublishSeasons),
        structs(document, "special_days", PublishSpecialDays),
    )
