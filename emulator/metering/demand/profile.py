"""A half-hourly profile from rows of text: checked whole, everything wrong named at once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from emulator.kernel.errors import UsageError
from emulator.metering.demand.profile_columns import COLUMNS, TIME, Column, rate_of
from emulator.metering.demand.profile_times import HALF_HOUR, TimeZone, start_of
from emulator.metering.quantities import Channel
from emulator.metering.step_function import StepFunction

_MICROSECOND = timedelta(microseconds=1)


class Fill(StrEnum):
    """What is taken for half hours that a file leaves out."""

    NONE = "none"
    ZERO = "zero"
    PREVIOUS = "previous"
    DAY_BEFORE = "day-before"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How a file is to be read.

    Args:
        name: of the file, for what is said of it.
        zone: of times without an offset; None where each must have one.
        fill: what is taken for half hours that are left out.
    """

    name: str
    zone: TimeZone | None = None
    fill: Fill = Fill.NONE


@dataclass(frozen=True, slots=True)
class Profile:
    """Rates by the start of their half hour, for each channel of the file; without gaps."""

    rates: Mapping[Channel, Mapping[datetime, int]]

    @property
    def period(self) -> tuple[datetime, datetime]:
        """When its first half hour begins and its last one ends, UTC."""
        starts = next(iter(self.rates.values()))
        return min(starts), max(starts) + HALF_HOUR

    def demand(self, channel: Channel, start: datetime) -> StepFunction:
        """The demand of a channel in virtual time; zero before and after the profile.

        Args:
            channel: which.
            start: the moment in UTC of instant zero; earlier half hours are left out.
        """
        rates = self.rates.get(channel, {})
        steps = [((at - start) // _MICROSECOND, rate) for at, rate in rates.items()]
        if not steps:
            return StepFunction()
        end = (max(rates) + HALF_HOUR - start) // _MICROSECOND
        begun = [rate for at, rate in steps if at <= 0 < end]
        head = [(0, begun[-1])] if begun else []
        tail = [(end, 0)] if end > 0 else []
        return StepFunction((*head, *(step for step in steps if step[0] > 0), *tail))


def profile_from(header: Sequence[str], rows: Iterable[Sequence[str]], how: Reading) -> Profile:
    """The profile in a table of text, whose first row is line 2 of its file.

    Raises:
        UsageError: naming everything that is wrong, each with file, line, value and rule.
    """
    columns = _columns(header, how.name)
    table = _Table(how, [name.strip().lower() for name in header].index(TIME), columns)
    for line, row in enumerate(rows, 2):
        table.take(line, row)
    if not table.starts and not table.problems:
        table.problems.append(f"{how.name}: no rows; expected one for each half hour")
    if table.problems:
        raise UsageError(*table.problems)
    return Profile(table.rates)


def _columns(header: Sequence[str], name: str) -> Mapping[int, Column]:
    names = [each.strip().lower() for each in header]
    problems = [
        f"{name} line 1: column {each!r}: expected {TIME} or one of {', '.join(COLUMNS)}"
        for each in names
        if each != TIME and each not in COLUMNS
    ]
    channels = [COLUMNS[each].channel for each in names if each in COLUMNS]
    problems.extend(
        f"{name} line 1: {channel}: two columns; expected one"
        for channel in Channel
        if channels.count(channel) > 1
    )
    if names.count(TIME) != 1:
        problems.append(f"{name} line 1: {names.count(TIME)} columns {TIME!r}; expected one")
    if not channels:
        problems.append(f"{name} line 1: nothing measured; expected one of {', '.join(COLUMNS)}")
    if problems:
        raise UsageError(*problems)
    return {place: COLUMNS[each] for place, each in enumerate(names) if each in COLUMNS}


@dataclass(slots=True)
class _Table:
    how: Reading
    time: int
    columns: Mapping[int, Column]
    problems: list[str] = field(default_factory=list)
    starts: list[datetime] = field(default_factory=list)
    rates: dict[Channel, dict[datetime, int]] = field(default_factory=dict)

    def take(self, line: int, row: Sequence[str]) -> None:
        width = len(self.columns) + 1
        if len(row) != width:
            self._say(line, f"{len(row)} cells; expected {width}")
            return
        last = self.starts[-1] if self.starts else None
        start = start_of(row[self.time].strip(), self.how.zone, last)
        if isinstance(start, str):
            self._say(line, f"{TIME} {row[self.time]!r}: {start}")
        elif last is not None and start <= last:
            self._say(line, f"{TIME} {row[self.time]!r}: overlaps; expected later than {last}")
        else:
            self._fill(line, row[self.time], start)
            self.starts.append(start)
        self._take_values(line, row, start)

    def _take_values(self, line: int, row: Sequence[str], start: datetime | str) -> None:
        for place, column in self.columns.items():
            rate = rate_of(row[place].strip(), column)
            if isinstance(rate, str):
                self._say(line, f"{column.channel} {row[place]!r}: {rate}")
            elif isinstance(start, datetime):
                self.rates.setdefault(column.channel, {}).setdefault(start, rate)

    def _fill(self, line: int, text: str, start: datetime) -> None:
        missing = list(self._missing(start))
        if missing and self.how.fill is Fill.NONE:
            options = ", ".join(each for each in Fill if each is not Fill.NONE)
            self._say(
                line,
                f"{TIME} {text!r}: gap of {len(missing)} half hours before it; "
                f"fill it with --fill {options}",
            )
            return
        for at in missing:
            for rates in self.rates.values():
                rates[at] = self._filled(rates, at)

    def _missing(self, start: datetime) -> Iterator[datetime]:
        if self.starts:
            at = self.starts[-1] + HALF_HOUR
            while at < start:
                yield at
                at += HALF_HOUR

    def _filled(self, rates: Mapping[datetime, int], at: datetime) -> int:
        if self.how.fill is Fill.PREVIOUS:
            return rates.get(at - HALF_HOUR, 0)
        if self.how.fill is Fill.DAY_BEFORE:
            return rates.get(at - timedelta(days=1), 0)
        return 0

    def _say(self, line: int, what: str) -> None:
        self.problems.append(f"{self.how.name} line {line}: {what}")
