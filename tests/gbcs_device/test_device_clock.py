"""The device's own time, and the hub's."""

from datetime import UTC, datetime, timedelta

import pytest

from emulator.gbcs.asn1.codes import DeviceTimeStatus
from emulator.gbcs_device.device_clock import (
    DeviceClock,
    generalized_time,
    parse_generalized_time,
)
from emulator.kernel.errors import LocalError
from emulator.kernel.units import START, Calendar, Instant, hours, later

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


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


def test_generalized_times_are_read_as_they_are_written() -> None:
    assert generalized_time(NOON) == "20260301120000Z"
    assert parse_generalized_time("20260301120000Z") == NOON
    assert parse_generalized_time("20261301120000Z") is None
