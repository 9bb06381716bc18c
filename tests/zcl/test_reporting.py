from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from emulator.kernel.units import START, Instant, later, seconds
from emulator.testing.stack.zcl_nodes import AT_HUB, ENDPOINT
from emulator.zcl.attribute_store import ClusterInstance
from emulator.zcl.clusters.metering import METERING
from emulator.zcl.data_types import DataType
from emulator.zcl.foundation.general_commands import ReportDirection, ReportingRecord
from emulator.zcl.primitives import Side, ZclStatus
from emulator.zcl.reporting import NEVER_REPORT, ReportingTable, ReportKey

INSTANCE = ClusterInstance(ENDPOINT, METERING.id, Side.SERVER)
KEY = ReportKey(AT_HUB, INSTANCE, 0x0000)


def record(minimum: int, maximum: int, change: int | None = 1) -> ReportingRecord:
    return ReportingRecord(
        ReportDirection.RECEIVER_REPORTS, 0x0000, DataType.UINT48, minimum, maximum, change
    )


def at(count: int) -> Instant:
    return Instant(seconds(count))


def test_unchanged_value_is_reported_at_the_maximum_interval() -> None:
    table = ReportingTable(8)
    table.configure(KEY, record(5, 60), 100, START)

    assert table.deadline == at(60)
    assert table.due(at(60)) == (KEY,)
    table.reported(((KEY, 100),), at(60))
    assert table.deadline == at(120)


def test_change_is_reported_once_the_minimum_interval_has_passed() -> None:
    table = ReportingTable(8)
    table.configure(KEY, record(5, 60, 10), 100, START)

    table.changed(INSTANCE, 0x0000, 109)
    assert table.deadline == at(60)
    table.changed(INSTANCE, 0x0000, 110)
    assert table.deadline == at(5)


def test_maximum_of_zero_reports_changes_only() -> None:
    table = ReportingTable(8)
    table.configure(KEY, record(0, 0), 100, START)

    assert table.deadline is None
    table.changed(INSTANCE, 0x0000, 101)
    assert table.due(START) == (KEY,)


def test_maximum_of_ffff_ends_reporting() -> None:
    table = ReportingTable(8)
    table.configure(KEY, record(0, 60), 100, START)

    assert table.configure(KEY, record(0, NEVER_REPORT), 100, START) == ZclStatus.SUCCESS
    assert len(table) == 0


def test_minimum_above_maximum_is_refused() -> None:
    table = ReportingTable(8)

    assert table.configure(KEY, record(61, 60), 100, START) == ZclStatus.INVALID_VALUE
    assert table.configured(KEY) is None


def test_full_table_refuses_one_more_and_still_replaces() -> None:
    table = ReportingTable(1)
    other = ReportKey(AT_HUB, INSTANCE, 0x0001)
    table.configure(KEY, record(0, 60), 0, START)
    table.expect(KEY, seconds(1))

    assert table.configure(other, record(0, 60), 0, START) == ZclStatus.INSUFFICIENT_SPACE
    assert table.configure(KEY, record(0, 30), 0, START) == ZclStatus.SUCCESS
    assert table.expect(other, seconds(1)) == ZclStatus.INSUFFICIENT_SPACE


def test_configuration_is_told_as_it_was_asked_for() -> None:
    table = ReportingTable(8)
    table.configure(KEY, record(5, 60, None), 100, START)

    assert table.configured(KEY) == record(5, 60, None)
    assert table.expected(KEY) is None


def test_discrete_values_count_whenever_they_differ() -> None:
    table = ReportingTable(8)
    status = ReportingRecord(ReportDirection.RECEIVER_REPORTS, 0, DataType.MAP8, 0, 60)
    table.configure(KEY, status, 0, START)

    table.changed(INSTANCE, 0x0000, None)

    assert table.due(START) == (KEY,)


def test_number_after_a_non_value_counts_as_changed() -> None:
    table = ReportingTable(8)
    table.configure(KEY, record(0, 60, 100), None, START)

    table.changed(INSTANCE, 0x0000, 1)

    assert table.due(START) == (KEY,)


class Reporting(RuleBasedStateMachine):
    """Against the rule itself: when was it last reported, and did it change since."""

    def __init__(self) -> None:
        super().__init__()
        self.table = ReportingTable(8)
        self.now = START
        self.minimum, self.maximum, self.change = 2, 10, 3
        self.value = self.sent = 50
        self.sent_at = START
        self.table.configure(KEY, record(2, 10, 3), 50, START)

    @rule(value=st.integers(40, 60))
    def changes(self, value: int) -> None:
        self.value = value
        self.table.changed(INSTANCE, 0x0000, value)

    @rule(passed=st.integers(0, 12))
    def waits(self, passed: int) -> None:
        self.now = later(self.now, seconds(passed))
        due = self._due() <= self.now

        assert self.table.due(self.now) == ((KEY,) if due else ())
        if due:
            self.sent, self.sent_at = self.value, self.now
            self.table.reported(((KEY, self.value),), self.now)

    def _due(self) -> Instant:
        enough = abs(self.value - self.sent) >= self.change
        return later(self.sent_at, seconds(self.minimum if enough else self.maximum))

    @invariant()
    def deadline_follows_the_rule(self) -> None:
        assert self.table.deadline == self._due()


Reporting.TestCase.settings = settings(max_examples=30, stateful_step_count=20)
TestReporting = Reporting.TestCase
