"""When each duty of the NWK layer is due: one row for each duty and subject."""

from enum import IntEnum, auto

from emulator.kernel.units import Instant


class Duty(IntEnum):
    """What a timer is for."""

    PERMIT_JOINING = auto()
    UNAUTHENTICATED_CHILD = auto()
    CHILD_TIMEOUT = auto()
    LINK_STATUS = auto()
    RETRY = auto()
    BROADCAST = auto()
    REJOIN_WAIT = auto()
    POLL = auto()
    KEEP_ALIVE = auto()
    ROUTE_REQUEST = auto()
    ROUTE_DISCOVERY = auto()
    CONCENTRATOR = auto()
    LINK_POWER = auto()
    PAN_CHANGE = auto()
    CHANNEL_CHANGE = auto()


Key = tuple[Duty, int]


class Timers:
    """The instants at which duties are due; subject 0 for duties that have only one."""

    def __init__(self) -> None:
        self._due: dict[Key, Instant] = {}
        self._earliest: Instant | None = None
        self._stale = False

    @property
    def earliest(self) -> Instant | None:
        """When the next duty is due; None when none is."""
        if self._stale:
            self._earliest = min(self._due.values(), default=None)
            self._stale = False
        return self._earliest

    def set(self, duty: Duty, when: Instant, subject: int = 0) -> None:
        """Make a duty due at `when`, instead of when it was due before."""
        key = (duty, subject)
        before = self._due.pop(key, None)
        self._due[key] = when
        if self._stale:
            return
        earliest = self._earliest
        if earliest is None or when < earliest:
            self._earliest = when
        elif before == earliest:
            self._stale = True

    def cancel(self, duty: Duty, subject: int = 0) -> None:
        """Make a duty not due; none the worse when it was not."""
        before = self._due.pop((duty, subject), None)
        if before is not None and before == self._earliest:
            self._stale = True

    def cancel_all(self) -> None:
        """Make nothing due."""
        self._due.clear()
        self._earliest = None
        self._stale = False

    def when(self, duty: Duty, subject: int = 0) -> Instant | None:
        """When a duty is due."""
        return self._due.get((duty, subject))

    def take_due(self, now: Instant) -> list[Key]:
        """Remove and give what is due by `now`, earliest first, then in the order it was set."""
        found = [(when, key) for key, when in self._due.items() if when <= now]
        found.sort(key=lambda row: row[0])
        for _, key in found:
            del self._due[key]
        self._stale = self._stale or bool(found)
        return [key for _, key in found]
