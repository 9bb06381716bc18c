"""One channel of a meter: its register, and the half hours and days that it writes down."""

from collections.abc import Mapping, Sequence
from typing import Any

from emulator.kernel.errors import LocalError
from emulator.metering.interval_log import IntervalLog
from emulator.metering.quantities import COUNT, DAY, HALF_HOUR, whole_counts


class ChannelMeter:
    """What passed, exactly, and when.

    Half hours and days are by the meter's own clock. A clock that is set back goes on writing into
    the interval that it was in, so nothing that passed is lost or written twice.

    Args:
        profile: half hours that are kept.
        daily: days that are kept.
    """

    __slots__ = ("_day_at", "_half_hour_at", "amount", "daily", "profile")

    def __init__(self, profile: int, daily: int) -> None:
        self.amount = 0
        """All that passed, rate times microseconds."""
        self.profile = IntervalLog(HALF_HOUR, profile)
        self.daily = IntervalLog(DAY, daily)
        self._half_hour_at = 0
        self._day_at = 0

    @property
    def counts(self) -> int:
        """What the register shows: watt hours, var hours or litres."""
        return whole_counts(self.amount)

    def begin(self, counts: int) -> None:
        """Show this from now on; what was begun of a count, and the logs, stay.

        Raises:
            LocalError: when the register cannot show it.
        """
        if counts < 0:
            raise LocalError(f"register {counts}: cannot be negative")
        moved = (counts - self.counts) * COUNT
        self.amount += moved
        self._half_hour_at += moved // COUNT
        self._day_at += moved // COUNT

    def end_half_hour(self, interval: int) -> None:
        """Write down the half hour of this number, which is over."""
        counts = self.amount // COUNT
        self.profile.add(interval, counts - self._half_hour_at)
        self._half_hour_at = counts

    def end_half_hours(self, interval: int, amounts: Sequence[int]) -> None:
        """Write down half hours that follow each other; the register moves for whoever does this.

        Args:
            interval: the number of the first.
            amounts: what passed from now up to the end of each.
        """
        at, counts = self._half_hour_at, []
        for amount in amounts:
            ended = (self.amount + amount) // COUNT
            counts.append(ended - at)
            at = ended
        self.profile.extend(interval, counts)
        self._half_hour_at = at

    def end_day(self, interval: int) -> None:
        """Write down the day of this number, which is over."""
        counts = self.amount // COUNT
        self.daily.add(interval, counts - self._day_at)
        self._day_at = counts

    @property
    def open_half_hour(self) -> int:
        """Counts of the half hour that is not over."""
        return self.counts - self._half_hour_at

    @property
    def open_day(self) -> int:
        """Counts of the day that is not over."""
        return self.counts - self._day_at

    def snapshot(self) -> dict[str, Any]:
        """All that it keeps without power, as JSON knows it."""
        return {
            "amount": self.amount,
            "half_hour_at": self._half_hour_at,
            "day_at": self._day_at,
            "profile": self.profile.snapshot(),
            "daily": self.daily.snapshot(),
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Hold what a snapshot says."""
        self.amount = state["amount"]
        self._half_hour_at, self._day_at = state["half_hour_at"], state["day_at"]
        self.profile.restore(state["profile"])
        self.daily.restore(state["daily"])
