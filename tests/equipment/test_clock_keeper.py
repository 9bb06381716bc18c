"""A meter that keeps step with the hub's clock: when it asks, and what it does about the answer."""

from itertools import count
from typing import Any

import pytest

from emulator.equipment.clock_keeper import Asks, ClockKeeper
from emulator.equipment.facts import ClockCompared
from emulator.gbcs.asn1.codes import DeviceTimeStatus
from emulator.gbcs_device.device_clock import DeviceClock
from emulator.gbcs_device.primitives import HubTimeCompared
from emulator.kernel.streams import Stream
from emulator.kernel.units import START, Calendar, Duration, Instant, hours, minutes, seconds
from emulator.metering.drifting_clock import DriftingClock
from emulator.metering.quantities import DAY, HOUR
from emulator.smart_energy.settings import ClockSettings
from emulator.zcl.clusters.time import TIME
from emulator.zcl.primitives import (
    AttributeResult,
    Outcome,
    ReadAttributesConfirm,
    ReadAttributesRequest,
    ZclAddress,
    ZclStatus,
)
from emulator.zigbee.addresses import COORDINATOR, SMART_ENERGY_PROFILE, Endpoint
from emulator.zigbee.zdo.discovery_frames import MatchDescReq, MatchDescRsp
from emulator.zigbee.zdo.frames import ZdpStatus
from emulator.zigbee.zdo.primitives import ZdpConfirm, ZdpRequest

OWN, SERVER = Endpoint(1), Endpoint(3)
TOMORROW = Instant(DAY)
MASTER = 0x09


class Scene:
    """A keeper whose clock is `error` microseconds fast, and a hub that tells true time."""

    def __init__(self, error: int = 0, purpose: str = "clock", **settings: Any) -> None:
        calendar = Calendar()
        self.calendar = calendar
        self.meter = DriftingClock(calendar)
        self.meter.synchronise(START, error)
        self.clock = DeviceClock(calendar, DeviceTimeStatus.RELIABLE)
        room = ClockSettings(**{"spread": Duration(0), **settings})
        asks = Asks(OWN, room, Stream(purpose), count(10))
        self.keeper = ClockKeeper(self.meter, self.clock, asks, START)

    def asked(self, now: Instant = TOMORROW) -> int:
        """The handle of the read, once the keeper knows where the hub's time is."""
        (search,) = self.keeper.wake(now)
        (read,) = self.keeper.handle(found(search.handle, SERVER), now)
        assert isinstance(read, ReadAttributesRequest)
        return read.handle

    def compared(self, now: Instant = TOMORROW, late: int = 0, status: object = MASTER) -> Any:
        """What it makes of an answer that takes `late` microseconds, told at its beginning."""
        answer = told(self.asked(now), self.calendar.zigbee_time(now), status)
        return list(self.keeper.handle(answer, Instant(now + late)))


def found(handle: int, *endpoints: Endpoint) -> ZdpConfirm:
    response = MatchDescRsp(ZdpStatus.SUCCESS, COORDINATOR, endpoints)
    return ZdpConfirm(handle, ZdpStatus.SUCCESS, response, COORDINATOR)


def told(handle: int, time: object, status: object = MASTER) -> ReadAttributesConfirm:
    results = (
        AttributeResult(0x0000, ZclStatus.SUCCESS, time),
        AttributeResult(0x0001, ZclStatus.SUCCESS, status),
    )
    return ReadAttributesConfirm(handle, Outcome.ANSWERED, results)


def test_after_a_day_it_finds_the_hubs_time_and_reads_it() -> None:
    scene = Scene()
    assert scene.keeper.deadline == TOMORROW
    assert scene.keeper.wake(Instant(TOMORROW - 1)) == ()

    match = MatchDescReq(COORDINATOR, SMART_ENERGY_PROFILE, (TIME.id,), ())
    assert scene.keeper.wake(TOMORROW) == (ZdpRequest(10, COORDINATOR, match),)
    server = ZclAddress(COORDINATOR, SERVER)
    read = ReadAttributesRequest(11, server, OWN, TIME.id, (0x0000, 0x0001))
    assert scene.keeper.handle(found(10, SERVER), TOMORROW) == (read,)
    assert scene.keeper.deadline == 2 * DAY


def test_where_the_hubs_time_is_it_remembers() -> None:
    scene = Scene()
    scene.compared()

    (read,) = scene.keeper.wake(Instant(2 * DAY))

    assert isinstance(read, ReadAttributesRequest)


def test_meters_ask_at_times_of_their_own_and_never_later_than_a_day() -> None:
    due = {Scene(purpose=name, spread=hours(1)).keeper.deadline for name in "abcdef"}

    assert len(due) == 6
    assert all(each is not None and DAY - HOUR <= each <= DAY for each in due)


@pytest.mark.parametrize("error", [0, 999_999, -seconds(2)])
def test_what_whole_seconds_and_the_way_explain_is_in_step(error: int) -> None:
    scene = Scene(error)

    assert scene.compared(late=seconds(2)) == [ClockCompared("in step")]

    assert scene.meter.error(TOMORROW) == error


@pytest.mark.parametrize(
    ("error", "move"),
    [(seconds(3), -2_000_001), (-seconds(3), seconds(3)), (-seconds(10), seconds(10))],
)
def test_clock_that_is_little_wrong_is_set(error: int, move: int) -> None:
    scene = Scene(error)

    done = scene.compared()

    assert done == [ClockCompared("adjusted", move), HubTimeCompared(move, accepted=True)]
    assert scene.clock.status is DeviceTimeStatus.RELIABLE


@pytest.mark.parametrize("error", [-seconds(10) - 1, seconds(11) + 1_000, minutes(60)])
def test_clock_that_is_more_than_ten_seconds_wrong_is_trusted_no_more(error: int) -> None:
    scene = Scene(error)

    fact, told_of = scene.compared()

    assert (fact.outcome, told_of.accepted) == ("outside tolerance", False)
    assert scene.clock.status is DeviceTimeStatus.UNRELIABLE
    # and waits for a command
    assert scene.keeper.wake(Instant(2 * DAY)) == ()
    assert scene.keeper.deadline == 3 * DAY
    scene.clock.follow_hub()
    assert scene.keeper.wake(Instant(3 * DAY)) != ()


def test_clock_that_nobody_set_is_not_compared() -> None:
    scene = Scene()
    scene.clock.status = DeviceTimeStatus.INVALID

    assert scene.keeper.wake(TOMORROW) == ()


def test_clock_that_is_distrusted_meanwhile_is_left() -> None:
    scene = Scene(minutes(1))
    handle = scene.asked()
    scene.clock.distrust()

    assert scene.keeper.handle(told(handle, 0), TOMORROW) == ()


@pytest.mark.parametrize(
    ("time", "status", "outcome"),
    [
        (1_000, 0x00, "hub without time"),
        (None, MASTER, "hub without time"),
        (1_000, None, "no answer"),
    ],
)
def test_hub_that_does_not_know_the_time_is_asked_again(
    time: object, status: object, outcome: str
) -> None:
    scene = Scene()

    done = scene.keeper.handle(told(scene.asked(), time, status), TOMORROW)

    assert list(done) == [ClockCompared(outcome)]
    assert scene.keeper.deadline == TOMORROW + HOUR
    assert scene.clock.status is DeviceTimeStatus.RELIABLE


def test_hub_that_does_not_answer_is_looked_for_again() -> None:
    scene = Scene()
    silence = ReadAttributesConfirm(scene.asked(), Outcome.TIMED_OUT)
    assert list(scene.keeper.handle(silence, TOMORROW)) == [ClockCompared("no answer")]

    (search,) = scene.keeper.wake(Instant(TOMORROW + HOUR))

    assert isinstance(search, ZdpRequest)
    done = scene.keeper.handle(found(search.handle), Instant(TOMORROW + HOUR))
    assert list(done) == [ClockCompared("no answer")]


def test_answers_to_others_change_nothing() -> None:
    scene = Scene(minutes(1))
    handle = scene.asked()

    assert scene.keeper.handle(told(handle + 1, 0), TOMORROW) == ()
    assert scene.keeper.handle(found(handle + 1, SERVER), TOMORROW) == ()
