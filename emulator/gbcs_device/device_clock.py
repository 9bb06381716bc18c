"""The clock of a device: how far it is from the hub's, and how far it may be trusted (GBCS 9.1).

A meter's clock drifts, and what measures by it sets it. Its messages tell the same time, and what
waits for a date is done when that clock shows it.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from emulator.cosem.moments import moment_of as moment_in
from emulator.gbcs.asn1.codes import DeviceTimeStatus
from emulator.kernel.errors import LocalError
from emulator.kernel.units import Calendar, Instant
from emulator.metering.drifting_clock import DriftingClock, moment_of, own_time

_NOT_TOLD: Final = 0xFF
"""Clock status of a date-time that does not tell it (IEC 62056-6-2 4.1.6.1)."""
_MICROSECOND: Final = timedelta(microseconds=1)


class DeviceClock:
    """Tells the device's own time.

    Args:
        calendar: tells the time that the hub's time server gives out.
        status: how far the device trusts its time before anybody set it.
    """

    def __init__(
        self, calendar: Calendar, status: DeviceTimeStatus = DeviceTimeStatus.INVALID
    ) -> None:
        self._calendar = calendar
        self._own = DriftingClock(calendar)
        self._followed: int | None = None
        """How often its clock had been set when it was last told to take the hub's time."""
        self._ahead = timedelta()
        self._hub_said: datetime | None = None
        self.status = status
        self.status_octet = 0
        """Clock status in date-times of what was read (IEC 62056-6-2 4.1.6.1)."""

    def go_by(self, own: DriftingClock) -> None:
        """Tell the time of this clock from now on, whoever sets it."""
        self._own = own

    def moment(self, now: Instant) -> datetime:
        """The device's own time, UTC."""
        follows = self._follows
        shown = self._calendar.moment(now) if follows else moment_of(self._own.own(now))
        return shown + self._ahead

    def instant(self, moment: datetime) -> Instant:
        """When the device's own time will be `moment`; the start of the run for what was before."""
        return Instant(max(0, self._reached(moment)))

    def hub_time(self, moment: datetime) -> datetime:
        """The hub's time when the device's own is `moment`."""
        said = self._hub_said
        return self._calendar.moment(self._reached(moment)) if said is None else said

    def hear_hub(self, said: datetime | None) -> None:
        """Take this for the hub's time until it was followed once; None for what it gives out."""
        self._hub_said = said

    def follow_hub(self) -> None:
        """Take the hub's time: at once, and by its clock as soon as that is set."""
        self._ahead, self._hub_said = timedelta(), None
        self._followed = self._own.times_set
        self.status = DeviceTimeStatus.RELIABLE

    def distrust(self) -> None:
        """Keep the time, and say that it may be wrong."""
        self.status = DeviceTimeStatus.UNRELIABLE

    def be_ahead(self, by: timedelta) -> None:
        """Be so far ahead of the hub."""
        self._ahead = by

    def read_at(self, now: Instant, date_time: bytes) -> None:
        """Go so that a date-time of 12 octets is right now.

        Raises:
            LocalError: when it is no full date-time.
        """
        moment = moment_in(date_time)
        if moment is None:
            raise LocalError(f"date-time {date_time.hex()}: names no moment")
        self._ahead += moment - self.moment(now)
        if date_time[-1] != _NOT_TOLD:
            self.status_octet = date_time[-1]

    def snapshot(self) -> dict[str, Any]:
        """The clock as JSON knows it."""
        return {
            "ahead_us": self._ahead // _MICROSECOND,
            "status": int(self.status),
            "status_octet": self.status_octet,
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take back what `snapshot` gave."""
        self._ahead = state["ahead_us"] * _MICROSECOND
        self.status = DeviceTimeStatus(state["status"])
        self.status_octet = state["status_octet"]

    @property
    def _follows(self) -> bool:
        """Whether it took the hub's time, and its clock was not set since."""
        return self._followed == self._own.times_set

    def _reached(self, moment: datetime) -> Instant:
        """The instant at which its own time is `moment`."""
        shown = moment - self._ahead
        if self._follows:
            return Instant((shown - self._calendar.start) // _MICROSECOND)
        return self._own.instant(own_time(shown))


def generalized_time(moment: datetime) -> str:
    """A moment as ASN.1 payloads write it, `20150131235959Z` (X.690 11.7)."""
    return f"{moment:%Y%m%d%H%M%S}Z"


def parse_generalized_time(text: str) -> datetime | None:
    """The moment that a time of an ASN.1 payload stands for; None where there is no such moment."""
    try:
        return datetime.strptime(text, "%Y%m%d%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None
