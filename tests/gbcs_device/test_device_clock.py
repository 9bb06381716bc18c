"""The device's own time, and the hub's."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.gbcs.asn1.codes import DeviceTimeStatus
from emulator.gbcs_device.device_clock import (
    DeviceClock,
    generalized_time,
    parse_generalized_time,
)
from emulator.kernel.errors import LocalError
from emulator.kernel.units import START, Calendar, Instant, hours, later
from emulator.metering.drifting_clock import DriftingClock

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
TOMORROW = later(START, hours(24))


@pytest.fixture
def clock() -> DeviceClock:
    return DeviceClock(Calendar(NOON))


def test_a_clock_nobody_set_is_with_the_hub_and_not_trusted(clock: DeviceClock) -> None:
    assert clock.moment(START) == NOON
    assert clock.status is DeviceTimeStatus.INVALID


def test_a_clock_that_is_ahead_knows_the_hubs_time(clock: DeviceClock) -> None:
    clock.be_ahead(timedelta(minutes=30))

    assert clock.moment(later(START, hours(1))) == NOON + timedelta(minutes=90)
    assert clock.hub_time(clock.moment(START)) == NOON


def test_a_date_comes_earlier_for_a_clock_that_is_ahead(clock: DeviceClock) -> None:
    clock.be_ahead(timedelta(minutes=30))

    assert clock.instant(NOON + timedelta(hours=1)) == later(START, hours(0.5))
    assert clock.instant(NOON - timedelta(days=1)) == START


def test_following_the_hub_makes_the_clock_reliable(clock: DeviceClock) -> None:
    clock.be_ahead(timedelta(minutes=30))

    clock.follow_hub()

    assert (clock.moment(START), clock.status) == (NOON, DeviceTimeStatus.RELIABLE)


def test_a_hub_that_said_something_else_is_believed_once(clock: DeviceClock) -> None:
    said = NOON - timedelta(hours=2)
    clock.hear_hub(said)

    assert clock.hub_time(NOON) == said
    clock.follow_hub()
    assert clock.hub_time(NOON) == NOON


def test_a_distrusted_clock_goes_on(clock: DeviceClock) -> None:
    clock.distrust()

    assert (clock.moment(START), clock.status) == (NOON, DeviceTimeStatus.UNRELIABLE)


def test_a_clock_is_read_at_a_date_time(clock: DeviceClock) -> None:
    # 2015-01-01, any weekday, 09:00:00.00, no deviation, status 02
    octets = bytes.fromhex("07DF0101 FF 09000000 8000 02")

    clock.read_at(Instant(5_000_000), octets)

    assert clock.moment(Instant(5_000_000)) == datetime(2015, 1, 1, 9, tzinfo=UTC)
    assert clock.status_octet == 2


def test_a_status_that_is_not_told_changes_nothing(clock: DeviceClock) -> None:
    clock.status_octet = 4

    clock.read_at(START, bytes.fromhex("07DF0101 FF 00000000 8000 FF"))

    assert clock.status_octet == 4


@pytest.mark.parametrize("octets", [b"", bytes(12), b"\xff" * 12])
def test_octets_that_name_no_moment_are_no_time(clock: DeviceClock, octets: bytes) -> None:
    with pytest.raises(LocalError, match="no moment"):
        clock.read_at(START, octets)


def test_a_clock_survives_a_loss_of_power(clock: DeviceClock) -> None:
    clock.be_ahead(timedelta(seconds=-7))
    clock.distrust()
    clock.status_octet = 4
    other = DeviceClock(Calendar(NOON))

    other.restore(clock.snapshot())

    assert other.moment(START) == NOON - timedelta(seconds=7)
    assert (other.status, other.status_octet) == (DeviceTimeStatus.UNRELIABLE, 4)


def drifting(drift: int) -> tuple[DeviceClock, DriftingClock]:
    calendar = Calendar(NOON)
    clock, own = DeviceClock(calendar), DriftingClock(calendar, drift)
    clock.go_by(own)
    return clock, own


def test_a_meters_clock_is_what_its_messages_tell() -> None:
    clock, own = drifting(100_000)

    # 10^-4 fast: 8.64 s a day
    assert clock.moment(TOMORROW) == NOON + timedelta(days=1, seconds=8.64)
    assert clock.hub_time(clock.moment(TOMORROW)) == NOON + timedelta(days=1)
    own.synchronise(TOMORROW)
    assert clock.moment(TOMORROW) == NOON + timedelta(days=1)


@given(drift=st.integers(-200_000, 200_000), wait=st.integers(0, hours(20_000)))
def test_a_date_comes_when_a_drifting_clock_shows_it(drift: int, wait: int) -> None:
    clock, _ = drifting(drift)
    due = NOON + timedelta(microseconds=wait)

    instant = clock.instant(due)

    assert clock.moment(instant) >= due
    assert not instant or clock.moment(Instant(instant - 1)) < due


def test_a_drifting_clock_that_is_to_follow_the_hub_is_right_at_once() -> None:
    clock, own = drifting(-100_000)
    after = later(START, hours(48))

    clock.follow_hub()

    assert clock.moment(TOMORROW) == NOON + timedelta(days=1)
    assert clock.instant(NOON + timedelta(days=1)) == TOMORROW
    own.synchronise(TOMORROW)
    assert clock.moment(after) == NOON + timedelta(days=2, seconds=-8.64)


def test_what_is_ahead_of_a_drifting_clock_is_ahead_of_what_that_shows() -> None:
    clock, _ = drifting(100_000)
    clock.be_ahead(timedelta(minutes=1))

    assert clock.moment(TOMORROW) == NOON + timedelta(days=1, minutes=1, seconds=8.64)
    assert clock.instant(clock.moment(TOMORROW)) == TOMORROW
    assert clock.hub_time(clock.moment(TOMORROW)) == NOON + timedelta(days=1)


def test_generalized_times_are_read_as_they_are_written() -> None:
    assert generalized_time(NOON) == "20260301120000Z"
    assert parse_generalized_time("20260301120000Z") == NOON
    assert parse_generalized_time("20261301120000Z") is None
