"""Reports that a far end asked for: when each attribute is due (ZCL8 2.5.7, 2.5.11).

An attribute is reported when it changed enough and the minimum interval has passed, and in any
case when the maximum interval has. ZCL8 sends reports over bindings; a binding says no more than
who configured the report, so they go there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from emulator.kernel.units import Duration, Instant, later, seconds
from emulator.zcl.attribute_store import ClusterInstance
from emulator.zcl.data_types import ANALOGUE, DataType
from emulator.zcl.foundation.general_commands import ReportDirection, ReportingRecord
from emulator.zcl.primitives import ZclAddress, ZclStatus

NEVER_REPORT: Final = 0xFFFF
"""A maximum interval that ends reporting (ZCL8 2.5.7)."""


class ReportKey(NamedTuple):
    """Which attribute is reported, and to whom."""

    destination: ZclAddress
    instance: ClusterInstance
    attribute: int


@dataclass(slots=True)
class _Configuration:
    data_type: DataType
    minimum: int
    maximum: int
    change: Any
    reported: Any
    reported_at: Instant
    changed: bool = False

    @property
    def due(self) -> Instant | None:
        """When it is to be reported next."""
        if self.changed:
            return later(self.reported_at, seconds(self.minimum))
        if self.maximum:
            return later(self.reported_at, seconds(self.maximum))
        return None


class ReportingTable:
    """Every report that was asked of a node.

    Args:
        limit: how many are held at a time, in either direction.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._configured: dict[ReportKey, _Configuration] = {}
        self._expected: dict[ReportKey, Duration] = {}

    def __len__(self) -> int:
        return len(self._configured)

    def configure(
        self, key: ReportKey, record: ReportingRecord, value: object, now: Instant
    ) -> ZclStatus:
        """Report as `record` asks; `value` is what the attribute has now."""
        minimum, maximum = record.minimum_interval or 0, record.maximum_interval or 0
        if maximum == NEVER_REPORT:
            self._configured.pop(key, None)
            return ZclStatus.SUCCESS
        if maximum and minimum > maximum:
            return ZclStatus.INVALID_VALUE
        if key not in self._configured and len(self._configured) >= self._limit:
            return ZclStatus.INSUFFICIENT_SPACE
        self._configured[key] = _Configuration(
            data_type=record.data_type or DataType.NO_DATA,
            minimum=minimum,
            maximum=maximum,
            change=record.reportable_change,
            reported=value,
            reported_at=now,
        )
        return ZclStatus.SUCCESS

    def expect(self, key: ReportKey, timeout: Duration) -> ZclStatus:
        """Remember that the far end reports to us at least so often (ZCL8 2.5.7, direction 1)."""
        if key not in self._expected and len(self._expected) >= self._limit:
            return ZclStatus.INSUFFICIENT_SPACE
        self._expected[key] = timeout
        return ZclStatus.SUCCESS

    def configured(self, key: ReportKey) -> ReportingRecord | None:
        """The configuration as it was asked for; None where none was."""
        found = self._configured.get(key)
        if found is None:
            return None
        return ReportingRecord(
            direction=ReportDirection.RECEIVER_REPORTS,
            attribute=key.attribute,
            data_type=found.data_type,
            minimum_interval=found.minimum,
            maximum_interval=found.maximum,
            reportable_change=found.change,
        )

    def expected(self, key: ReportKey) -> Duration | None:
        """How often the far end said it would report to us; None where it never did."""
        return self._expected.get(key)

    def changed(self, instance: ClusterInstance, attribute: int, value: object) -> None:
        """Note that one of our attributes has a new value."""
        for key, entry in self._configured.items():
            if key.instance == instance and key.attribute == attribute:
                entry.changed = _differs_enough(entry, value)

    def due(self, now: Instant) -> tuple[ReportKey, ...]:
        """What is to be reported by now."""
        return tuple(
            key
            for key, entry in self._configured.items()
            if (when := entry.due) is not None and when <= now
        )

    def reported(self, keys: Iterable[tuple[ReportKey, object]], now: Instant) -> None:
        """Note which values have been reported."""
        for key, value in keys:
            entry = self._configured[key]
            entry.reported, entry.reported_at, entry.changed = value, now, False

    @property
    def deadline(self) -> Instant | None:
        """When the next report is due."""
        if not self._configured:
            return None
        moments = (entry.due for entry in self._configured.values())
        return min((when for when in moments if when is not None), default=None)


def _differs_enough(entry: _Configuration, value: Any) -> bool:
    """Discrete values count when they differ, analogue ones by the reportable change or more."""
    if entry.data_type not in ANALOGUE or not isinstance(value, int | float):
        return bool(value != entry.reported)
    if not isinstance(entry.reported, int | float) or entry.change is None:
        return bool(value != entry.reported)
    return bool(value != entry.reported and abs(value - entry.reported) >= entry.change)
