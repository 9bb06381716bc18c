"""How a device notices that its trust centre is gone."""

from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.streams import Stream
from emulator.kernel.units import Instant, minutes, seconds
from emulator.smart_energy.facts import KeepAliveMissed
from emulator.smart_energy.network.keep_alive import KeepAliveClient
from emulator.smart_energy.primitives import StartKeepAlive, StopKeepAlive, TrustCentreLost
from emulator.smart_energy.settings import KeepAliveSettings
from emulator.zcl.clusters.keep_alive import KEEP_ALIVE
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

SERVER = Endpoint(123)
OWN = Endpoint(1)
FIRST = Instant(5_000_000)


def client(**settings: Any) -> KeepAliveClient:
    return KeepAliveClient(OWN, KeepAliveSettings(**settings), Stream("keep-alive"), count(10))


def found(handle: int, *endpoints: int) -> ZdpConfirm:
    response = MatchDescRsp(ZdpStatus.SUCCESS, COORDINATOR, tuple(map(Endpoint, endpoints)))
    return ZdpConfirm(handle, ZdpStatus.SUCCESS, response, COORDINATOR)


def read(handle: int, base: object = 10, jitter: object = 300) -> ReadAttributesConfirm:
    results = (
        AttributeResult(0x0000, ZclStatus.SUCCESS, base),
        AttributeResult(0x0001, ZclStatus.SUCCESS, jitter),
    )
    return ReadAttributesConfirm(handle, Outcome.ANSWERED, results)


def silence(handle: int) -> ReadAttributesConfirm:
    return ReadAttributesConfirm(handle, Outcome.TIMED_OUT)


def watching() -> tuple[KeepAliveClient, int]:
    """A client that has found its server and waits for the first reading, and its handle."""
    machine = client()
    machine.handle(StartKeepAlive(), Instant(0))
    (search,) = machine.wake(FIRST)
    (reading,) = machine.handle(found(search.handle, SERVER), FIRST)
    return machine, reading.handle


def test_nothing_is_asked_before_it_starts() -> None:
    assert client().deadline is None


def test_first_question_comes_after_the_setting_and_finds_the_server() -> None:
    machine = client()

    assert machine.handle(StartKeepAlive(), Instant(0)) == ()
    assert machine.deadline == FIRST

    match = MatchDescReq(COORDINATOR, SMART_ENERGY_PROFILE, (KEEP_ALIVE.id,), ())
    assert machine.wake(FIRST) == (ZdpRequest(10, COORDINATOR, match),)
    assert machine.deadline is None


def test_both_attributes_are_read_at_the_endpoint_that_was_found() -> None:
    machine = client()
    machine.handle(StartKeepAlive(), Instant(0))
    machine.wake(FIRST)

    effects = machine.handle(found(10, SERVER, 200), FIRST)

    server = ZclAddress(COORDINATOR, SERVER)
    assert effects == (ReadAttributesRequest(11, server, OWN, KEEP_ALIVE.id, (0, 1)),)


@given(st.integers(1, 255), st.integers(0, 65535))
def test_next_question_comes_after_the_base_and_at_most_the_jitter(base: int, jitter: int) -> None:
    machine, handle = watching()

    assert machine.handle(read(handle, base, jitter), FIRST) == ()

    assert machine.deadline is not None
    waits = machine.deadline - FIRST
    assert minutes(base) <= waits <= minutes(base) + seconds(jitter)


def test_later_questions_go_straight_to_the_server() -> None:
    machine, handle = watching()
    machine.handle(read(handle), FIRST)

    (request,) = machine.wake(Instant(10**9))

    assert isinstance(request, ReadAttributesRequest)


def test_third_failure_in_a_row_means_the_trust_centre_is_lost() -> None:
    machine, handle = watching()
    now = FIRST
    told: list[Any] = []
    for _ in range(3):
        told += machine.handle(silence(handle), now)
        if machine.deadline is not None:
            now = machine.deadline
            (request,) = machine.wake(now)
            handle = request.handle

    missed = [KeepAliveMissed(failures) for failures in (1, 2, 3)]
    assert told == [*missed, TrustCentreLost()]
    assert machine.deadline is None


def test_failure_is_followed_by_the_times_last_told() -> None:
    machine, handle = watching()
    machine.handle(read(handle, base=2, jitter=0), FIRST)
    (request,) = machine.wake(Instant(125_000_000))

    machine.handle(silence(request.handle), Instant(126_000_000))

    assert machine.deadline == Instant(126_000_000 + minutes(2))


def test_answer_starts_the_count_over() -> None:
    machine, handle = watching()
    machine.handle(silence(handle), FIRST)
    (request,) = machine.wake(Instant(10**9))

    machine.handle(read(request.handle), Instant(10**9))

    assert machine.failures == 0


def test_server_that_is_not_found_is_a_failure_and_searched_again() -> None:
    machine = client()
    machine.handle(StartKeepAlive(), Instant(0))
    (search,) = machine.wake(FIRST)

    assert machine.handle(found(search.handle), FIRST) == (KeepAliveMissed(1),)
    (again,) = machine.wake(Instant(10**9))

    assert isinstance(again, ZdpRequest)


@pytest.mark.parametrize(
    ("base", "jitter"),
    [
        (0, 300),
        (None, 300),
        (10, None),
        ("10", 300),
        (-1, 300),
        (256, 300),
        (10, -5),
        (10, 65536),
        (2**63, 2**63),
    ],
)
def test_values_that_the_attributes_cannot_have_are_a_failure(base: object, jitter: object) -> None:
    machine, handle = watching()

    assert machine.handle(read(handle, base, jitter), FIRST) == (KeepAliveMissed(1),)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers() | st.none() | st.binary()), max_size=4))
def test_no_reading_raises_anything(values: list[tuple[int, object]]) -> None:
    machine, handle = watching()
    results = tuple(AttributeResult(each, ZclStatus.SUCCESS, value) for each, value in values)

    machine.handle(ReadAttributesConfirm(handle, Outcome.ANSWERED, results), FIRST)

    assert machine.deadline is not None
    assert machine.deadline > FIRST


def test_stopped_client_asks_nothing_and_hears_nothing() -> None:
    machine, handle = watching()

    machine.handle(StopKeepAlive(), FIRST)

    assert machine.handle(silence(handle), FIRST) == ()
    assert machine.deadline is None


def test_start_after_a_stop_counts_from_nothing() -> None:
    machine, handle = watching()
    machine.handle(silence(handle), FIRST)
    machine.handle(StopKeepAlive(), FIRST)

    machine.handle(StartKeepAlive(), Instant(10**9))

    assert machine.failures == 0
    assert machine.deadline == Instant(10**9 + 5_000_000)


@pytest.mark.parametrize("event", [found(99, SERVER), read(99), silence(99)])
def test_answer_to_somebody_elses_question_changes_nothing(event: Any) -> None:
    machine, handle = watching()

    assert machine.handle(event, FIRST) == ()
    assert machine.handle(read(handle), FIRST) == ()
    assert machine.failures == 0
