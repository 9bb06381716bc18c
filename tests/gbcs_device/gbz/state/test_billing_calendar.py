"""A gas meter writes down its registers at the ends of billing periods, and pushes that."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.gbcs.gbz_alert import BILLING_DATA_READY
from emulator.gbcs_device.execution import Deferred
from emulator.gbcs_device.gbz.executor import GbzExecutor
from emulator.gbcs_device.gbz.state.as_shipped import GSME
from emulator.gbcs_device.gbz.state.billing_calendar import next_billing
from emulator.gbcs_device.gbz.state.moments import LATEST, moment_of, seconds_since_2000
from emulator.gbcs_device.gbz.state.snapshots import SnapshotCause
from emulator.gbcs_device.gbz.state.store import MeterStore
from emulator.gbcs_device.primitives import AlertRequest
from emulator.testing.scenes.gbz_scene import MOMENT, command, component, filled, meter
from emulator.zcl.payloads.metering import PublishSnapshot
from emulator.zcl.payloads.price import PublishBillingPeriod

DAYS, WEEKS, MONTHS = 0x21, 0x22, 0x23
"""Duration types as reference messages write them: bits 4 to 7 leave the ends open (GCS25)."""


def at(*when: int) -> int:
    return seconds_since_2000(datetime(*when, tzinfo=UTC))  # type: ignore[misc, arg-type]  # parts of a date


def period(start: int, length: int, timebase: int) -> PublishBillingPeriod:
    return filled(
        PublishBillingPeriod,
        billing_period_start_time=start,
        billing_period_duration=length,
        billing_period_duration_type=timebase,
    )


@pytest.mark.parametrize(
    ("length", "timebase", "expected"),
    [
        (1, DAYS, at(2026, 3, 2, 6)),
        (1, WEEKS, at(2026, 3, 7, 6)),
        (1, MONTHS, at(2026, 3, 31, 6)),
        (3, MONTHS, at(2026, 4, 30, 6)),
        (12, MONTHS, at(2027, 1, 31, 6)),
    ],
)
def test_every_end_of_a_period_is_a_time_to_bill(length: int, timebase: int, expected: int) -> None:
    calendar = period(at(2026, 1, 31, 6), length, timebase)

    assert next_billing(calendar, at(2026, 3, 1, 7)) == expected


def test_the_start_is_the_first_time() -> None:
    assert next_billing(period(at(2026, 4, 1), 1, MONTHS), at(2026, 3, 1)) == at(2026, 4, 1)


@pytest.mark.parametrize(("length", "timebase"), [(0, DAYS), (1, 0x20), (1, 0x2F)])
def test_a_period_that_the_annex_does_not_know_is_never_billed(length: int, timebase: int) -> None:
    assert next_billing(period(at(2026, 1, 1), length, timebase), at(2026, 3, 1)) is None


@given(
    st.integers(0, 0xFFFFFFFF),
    st.integers(0, 0xFFFFFF),
    st.integers(0, 0xFF),
    st.integers(0, LATEST),
)
def test_whatever_a_calendar_says_the_next_time_is_later_or_none(
    start: int, length: int, timebase: int, moment: int
) -> None:
    due = next_billing(period(start, length, timebase), moment)

    assert due is None or moment < due <= LATEST


def billed_monthly() -> GbzExecutor:
    """A meter that is to bill on the first of each month, told so in the month before."""
    executor = meter()
    start = at(2015, 2, 1)
    executor.execute(command([component(0x0700, period(start, 1, MONTHS))]))
    return executor


def bill(executor: GbzExecutor) -> Deferred:
    (due,) = executor.waiting()
    return due


def test_at_the_end_of_a_period_the_registers_are_written_down_and_pushed() -> None:
    executor = billed_monthly()
    due = bill(executor)

    executed = due.carry_out(due.due)

    (alert,) = executed.effects
    assert isinstance(alert, AlertRequest)
    snapshot = PublishSnapshot.decode(alert.content)
    assert alert.code == BILLING_DATA_READY
    assert snapshot.snapshot_cause == SnapshotCause.END_OF_BILLING_PERIOD
    assert executor.store.snapshots.snapshots == (snapshot,)
    assert (due.due, bill(executor).due) == (moment_of(at(2015, 2, 1)), moment_of(at(2015, 3, 1)))


def test_the_next_bill_is_known_after_a_loss_of_power() -> None:
    before, after = billed_monthly(), GbzExecutor(MeterStore(GSME))

    after.restore(json.loads(json.dumps(before.snapshot())))

    assert bill(after).due == bill(before).due > MOMENT
