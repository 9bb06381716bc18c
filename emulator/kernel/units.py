"""Instants and durations in whole microseconds, and the calendars they are shown in.

Virtual time is an `Instant`: microseconds since the run began. Calendar time enters only through
`Calendar`, which knows the UTC moment at which virtual time was zero.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, NewType

from emulator.kernel.errors import UsageError

Instant = NewType("Instant", int)
"""Microseconds of virtual time since the run began."""

Duration = NewType("Duration", int)
"""A length of time in microseconds."""

START: Final = Instant(0)
NEVER: Final = Instant(2**63 - 1)

ZIGBEE_EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""Zigbee UTCTime counts seconds from here (ZCL8 2.6.2.6)."""

DEFAULT_START: Final = datetime(2026, 1, 5, tzinfo=UTC)
"""Where virtual time begins unless a run says otherwise (the command-line contract)."""

_UNITS: Final = {
    "us": 1,
    "ms": 1_000,
    "s": 1_000_000,
    "min": 60_000_000,
    "h": 3_600_000_000,
    "d": 86_400_000_000,
}


def microseconds(count: int) -> Duration:
    """A duration of `count` microseconds."""
    return Duration(count)


def milliseconds(count: float) -> Duration:
    """A duration of `count` milliseconds, rounded to the microsecond."""
    return Duration(round(count * 1_000))


def seconds(count: float) -> Duration:
    """A duration of `count` seconds, rounded to the microsecond."""
    return Duration(round(count * 1_000_000))


def minutes(count: float) -> Duration:
    """A duration of `count` minutes, rounded to the microsecond."""
    return Duration(round(count * 60_000_000))


def hours(count: float) -> Duration:
    """A duration of `count` hours, rounded to the microsecond."""
    return Duration(round(count * 3_600_000_000))


def later(instant: Instant, duration: Duration) -> Instant:
    """The instant `duration` after `instant`."""
    return instant + duration  # type: ignore[return-value]  # spares a call


def between(earlier: Instant, afterwards: Instant) -> Duration:
    """How long it is from `earlier` to `afterwards`."""
    return Duration(afterwards - earlier)


def parse_duration(text: str) -> Duration:
    """The duration a person wrote: `"15 min"`, `"2 h"`, `"1.6 s"`, `"500ms"`.

    Raises:
        UsageError: when the text is no number followed by us, ms, s, min, h or d.
    """
    match = re.fullmatch(r"\s*([0-9]{1,12}(?:\.[0-9]{1,12})?)\s*(us|ms|s|min|h|d)\s*", text)
    if match is None:
        raise UsageError(f"duration {text!r}: expected a number and one of {', '.join(_UNITS)}")
    return Duration(round(float(match[1]) * _UNITS[match[2]]))


def format_duration(duration: int) -> str:
    """A duration as a person would write it: `"491.52 ms"`, `"15 s"`, `"2 h 5 min"`."""
    if duration < 0:
        return f"-{format_duration(-duration)}"
    if duration < 1_000:
        return f"{duration} us"
    if duration < 1_000_000:
        return f"{_decimal(duration, 1_000)} ms"
    if duration < 60_000_000:
        return f"{_decimal(duration, 1_000_000)} s"
    whole, rest = divmod(duration, 60_000_000)
    hour, minute = divmod(whole, 60)
    parts = [(str(hour), "h"), (str(minute), "min"), (_decimal(rest, 1_000_000), "s")]
    return " ".join(f"{count} {unit}" for count, unit in parts if count != "0")


def _decimal(count: int, unit: int) -> str:
    """`count` / `unit` with as many decimals as it takes to lose no microsecond."""
    return f"{count / unit:.6f}".rstrip("0").rstrip(".")


@dataclass(frozen=True, slots=True)
class Calendar:
    """Where virtual time zero lies in UTC.

    Args:
        start: the UTC moment of instant zero.
    """

    start: datetime = DEFAULT_START

    def moment(self, instant: Instant) -> datetime:
        """The UTC moment of `instant`."""
        return self.start + timedelta(microseconds=instant)

    def zigbee_time(self, instant: Instant) -> int:
        """Zigbee UTCTime at `instant`: whole seconds since 2000-01-01 (ZCL8 2.6.2.6)."""
        return (self.moment(instant) - ZIGBEE_EPOCH) // timedelta(seconds=1)
