"""Snapshots are found by period, cause and offset; the oldest make room."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.gbcs_device.gbz.state.snapshots import SnapshotCause, SnapshotLog
from emulator.kernel.errors import LocalError
from emulator.zcl.payloads.metering import GetSnapshot, PublishSnapshot

TAKEN = PublishSnapshot(
    snapshot_id=0,
    snapshot_time=100,
    total_snapshots_found=1,
    command_index=0,
    total_number_of_commands=1,
    snapshot_cause=SnapshotCause.END_OF_BILLING_PERIOD,
    snapshot_payload_type=6,
    snapshot_sub_payload=b"\x01",
)
ASKED = GetSnapshot(
    earliest_start_time=100,
    latest_end_time=200,
    snapshot_offset=0,
    snapshot_cause=SnapshotCause.END_OF_BILLING_PERIOD,
)


def log(
    *times: int, cause: int = SnapshotCause.END_OF_BILLING_PERIOD
) -> SnapshotLog[PublishSnapshot]:
    """A log with a snapshot of each of these times."""
    made: SnapshotLog[PublishSnapshot] = SnapshotLog(31, 3)
    for number, time in enumerate(times):
        made.add(replace(TAKEN, snapshot_id=number, snapshot_time=time, snapshot_cause=cause))
    return made


def test_the_bounds_of_the_period_belong_to_it() -> None:
    made = log(99, 100, 200)

    found = [made.find(replace(ASKED, snapshot_offset=offset)) for offset in range(3)]

    assert [each and each.snapshot_time for each in found] == [100, 200, None]
    assert made.find(replace(ASKED, latest_end_time=99)) is None


def test_how_many_were_found_is_told() -> None:
    found = log(100, 150, 250).find(ASKED)

    assert found is not None
    assert found.total_snapshots_found == 2


def test_daily_reads_are_told_to_be_as_many_as_are_kept() -> None:
    found = log(100, cause=SnapshotCause.GENERAL).find(
        replace(ASKED, snapshot_cause=SnapshotCause.GENERAL)
    )

    assert found is not None
    assert found.total_snapshots_found == 31


def test_one_common_cause_is_enough() -> None:
    made = log(100, cause=SnapshotCause.CHANGE_OF_SUPPLIER | SnapshotCause.CHANGE_OF_TARIFF)

    assert made.find(replace(ASKED, snapshot_cause=SnapshotCause.CHANGE_OF_TARIFF)) is not None
    assert made.find(ASKED) is None


@given(st.lists(st.booleans(), max_size=12))
def test_each_kind_keeps_its_latest(kinds: list[bool]) -> None:
    made: SnapshotLog[PublishSnapshot] = SnapshotLog(2, 3)
    for number, general in enumerate(kinds):
        cause = SnapshotCause.GENERAL if general else SnapshotCause.CHANGE_OF_MODE
        made.add(replace(TAKEN, snapshot_id=number, snapshot_cause=cause))

    kept = {each.snapshot_id for each in made.snapshots}
    reads = [number for number, each in enumerate(kinds) if each]
    others = [number for number, each in enumerate(kinds) if not each]

    assert kept == {*reads[-2:], *others[-3:]}


def test_identifiers_are_new() -> None:
    assert log().next_identifier() == 0
    assert log(100, 200).next_identifier() == 2


def test_only_what_a_request_could_find_is_forgotten() -> None:
    made = log(99, 150, 201)

    made.forget(ASKED)

    assert [each.snapshot_time for each in made.snapshots] == [99, 201]


def test_what_is_counted_but_not_told_holds_no_registers() -> None:
    made = log(100)

    made.complete(ASKED, replace(TAKEN, total_snapshots_found=2))

    second = made.find(replace(ASKED, snapshot_offset=1))
    assert second is not None
    assert (second.snapshot_id, second.snapshot_time, second.snapshot_sub_payload) == (1, 200, b"")
    assert made.find(replace(ASKED, snapshot_offset=2)) is None


def test_daily_reads_are_not_completed() -> None:
    made = log(100, cause=SnapshotCause.GENERAL)

    made.complete(ASKED, made.snapshots[0])

    assert len(made.snapshots) == 1


def test_a_saved_log_comes_back() -> None:
    made, again = log(100, 200), log()

    again.restore({"log": made.snapshot()}, "log", PublishSnapshot)

    assert again.snapshots == made.snapshots
    with pytest.raises(LocalError):
        again.restore({"log": ["00"]}, "log", PublishSnapshot)
