"""The Time cluster's server: a clock that runs with virtual time (ZCL8 3.12)."""

from typing import Any, Final

from emulator.kernel.units import Calendar, Instant
from emulator.zcl.attribute_store import AttributeStore, ClusterInstance
from emulator.zcl.clusters.time import TIME
from emulator.zcl.primitives import Side, ZclStatus

UTC_TIME: Final = 0x0000
TIME_STATUS: Final = 0x0001
TIME_ZONE: Final = 0x0002
DAYLIGHT_START: Final = 0x0003
DAYLIGHT_END: Final = 0x0004
DAYLIGHT_SHIFT: Final = 0x0005
STANDARD_TIME: Final = 0x0006
LOCAL_TIME: Final = 0x0007
LAST_SET_TIME: Final = 0x0008

MASTER: Final = 0x01
"""TimeStatus bit: this clock is the network's master, so nobody sets it over the air."""
_WRAP: Final = 1 << 32


class ClockServer:
    """Reads and sets the node's clock; how far it is from true UTC survives with `offset`.

    Args:
        calendar: what true UTC is at an instant.
    """

    def __init__(self, store: AttributeStore, calendar: Calendar) -> None:
        self._store = store
        self._calendar = calendar
        self.offset = 0

    def now(self, now: Instant) -> int:
        """The clock's UTC, in seconds since 2000-01-01, as 32 bits hold it."""
        return (self._calendar.zigbee_time(now) + self.offset) % _WRAP

    def owns(self, instance: ClusterInstance, attribute: int) -> bool:
        """Whether the attribute's value comes from the clock."""
        return (
            instance.cluster == TIME.id
            and instance.side is Side.SERVER
            and attribute in (UTC_TIME, STANDARD_TIME, LOCAL_TIME)
        )

    def read(self, instance: ClusterInstance, attribute: int, now: Instant) -> int:
        """UTC, standard or local time on this clock."""
        utc = self.now(now)
        if attribute == UTC_TIME:
            return utc
        standard = utc + self._number(instance, TIME_ZONE)
        if attribute == STANDARD_TIME:
            return standard % _WRAP
        starts, ends = self._number(instance, DAYLIGHT_START), self._number(instance, DAYLIGHT_END)
        shift = self._number(instance, DAYLIGHT_SHIFT) if starts <= utc < ends else 0
        return (standard + shift) % _WRAP

    def refusal(self, instance: ClusterInstance) -> ZclStatus | None:
        """Why the far end may not set the clock: it is the master's (ZCL8 3.12)."""
        master = self._number(instance, TIME_STATUS) & MASTER
        return ZclStatus.READ_ONLY if master else None

    def set(self, instance: ClusterInstance, utc: Any, now: Instant) -> None:
        """Set the clock; a non-value leaves it."""
        if not isinstance(utc, int):
            return
        self.offset = utc - self._calendar.zigbee_time(now)
        if self._store.declared(instance, LAST_SET_TIME) is not None:
            self._store.set(instance, LAST_SET_TIME, utc)

    def _number(self, instance: ClusterInstance, attribute: int) -> int:
        if self._store.declared(instance, attribute) is None:
            return 0
        value = self._store.value(instance, attribute)
        return value if isinstance(value, int) else 0
