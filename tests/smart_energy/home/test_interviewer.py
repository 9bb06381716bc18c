"""What a device asks another, how stubbornly, and what it makes of the answers."""

from collections.abc import Callable
from dataclasses import replace
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.identity import Eui64
from emulator.kernel.units import Instant
from emulator.smart_energy.facts import AttributesRead, InterviewEnded, PartnerDescribed
from emulator.smart_energy.home.interviewer import Interviewer, Phase
from emulator.smart_energy.primitives import Reading, StartInterview
from emulator.smart_energy.settings import InterviewSettings
from emulator.zcl.primitives import (
    AttributeResult,
    Outcome,
    ReadAttributesConfirm,
    ReadAttributesRequest,
    ZclAddress,
    ZclStatus,
)
from emulator.zigbee.addresses import SMART_ENERGY_PROFILE, ClusterId, Endpoint, NwkAddress
from emulator.zigbee.zdo.descriptors import SimpleDescriptor
from emulator.zigbee.zdo.discovery_frames import (
    ActiveEpReq,
    ActiveEpRsp,
    SimpleDescReq,
    SimpleDescRsp,
)
from emulator.zigbee.zdo.frames import ZdpStatus
from emulator.zigbee.zdo.primitives import ZdpConfirm, ZdpRequest

METER = Eui64(0x00DB1234567890A0)
ADDRESS = NwkAddress(0x3F1C)
OWN = Endpoint(1)
NOW = Instant(0)
BASIC, METERING = ClusterId(0x0000), ClusterId(0x0702)
READINGS = (Reading(BASIC, (0x0004, 0x0005)), Reading(METERING, (0x0000,)))
SUBJECT = StartInterview(METER, ADDRESS, READINGS)


def interviewer(tries: int = 3) -> Interviewer:
    return Interviewer(OWN, InterviewSettings(tries=tries), count(1))


def endpoints(handle: int, *found: int) -> ZdpConfirm:
    response = ActiveEpRsp(ZdpStatus.SUCCESS, ADDRESS, tuple(map(Endpoint, found)))
    return ZdpConfirm(handle, ZdpStatus.SUCCESS, response, ADDRESS)


def descriptor(handle: int, endpoint: int, *clusters: int) -> ZdpConfirm:
    servers = tuple(map(ClusterId, clusters))
    described = SimpleDescriptor(
        endpoint=Endpoint(endpoint),
        profile=SMART_ENERGY_PROFILE,
        device_id=0x0501,
        version=0,
        reserved=0,
        input_clusters=servers,
        output_clusters=(),
    )
    response = SimpleDescRsp(ZdpStatus.SUCCESS, ADDRESS, 8, described)
    return ZdpConfirm(handle, ZdpStatus.SUCCESS, response, ADDRESS)


def silence(handle: int) -> ZdpConfirm:
    return ZdpConfirm(handle, ZdpStatus.TIMEOUT)


def values(handle: int, **found: object) -> ReadAttributesConfirm:
    results = tuple(
        AttributeResult(int(name[1:], 16), ZclStatus.SUCCESS, value)
        for name, value in found.items()
    )
    return ReadAttributesConfirm(handle, Outcome.ANSWERED, results)


def reading(*clusters: int) -> tuple[Interviewer, Any]:
    """An interviewer that knows endpoint 2 serves these, and its next request."""
    machine = interviewer()
    (search,) = machine.handle(SUBJECT, NOW)
    (describe,) = machine.handle(endpoints(search.handle, 2), NOW)
    *_, request = machine.handle(descriptor(describe.handle, 2, *clusters), NOW)
    return machine, request


def test_interview_begins_with_the_endpoints() -> None:
    machine = interviewer()

    assert machine.handle(SUBJECT, NOW) == (ZdpRequest(1, ADDRESS, ActiveEpReq(ADDRESS)),)
    assert machine.phase is Phase.ENDPOINTS


def test_every_endpoint_is_described_in_turn() -> None:
    machine = interviewer()
    machine.handle(SUBJECT, NOW)

    first = machine.handle(endpoints(1, 1, 2), NOW)
    second = machine.handle(descriptor(2, 1, BASIC), NOW)

    assert first == (ZdpRequest(2, ADDRESS, SimpleDescReq(ADDRESS, Endpoint(1))),)
    assert second == (ZdpRequest(3, ADDRESS, SimpleDescReq(ADDRESS, Endpoint(2))),)


def test_cluster_is_read_at_the_first_endpoint_that_serves_it() -> None:
    machine = interviewer()
    machine.handle(SUBJECT, NOW)
    machine.handle(endpoints(1, 1, 2), NOW)
    machine.handle(descriptor(2, 1, BASIC), NOW)

    effects = machine.handle(descriptor(3, 2, BASIC, METERING), NOW)

    at = ZclAddress(ADDRESS, Endpoint(1))
    assert effects == (
        PartnerDescribed(METER, ((BASIC, 1), (METERING, 2))),
        ReadAttributesRequest(4, at, OWN, BASIC, (0x0004, 0x0005)),
    )


def test_values_are_told_and_the_interview_ends_complete() -> None:
    machine, request = reading(BASIC, METERING)

    first = machine.handle(values(request.handle, x0004="ACME", x0005="E1"), NOW)
    last = machine.handle(values(first[1].handle, x0000=0), NOW)

    assert first[0] == AttributesRead(BASIC, METER, ((4, "ACME"), (5, "E1")), "answered")
    assert last == (
        AttributesRead(METERING, METER, ((0, "0"),), "answered"),
        InterviewEnded(METER, complete=True),
    )
    assert machine.phase is Phase.IDLE


def test_cluster_that_nobody_serves_is_not_asked_for() -> None:
    _, request = reading(METERING)

    assert request.cluster == METERING


def test_partner_that_serves_nothing_of_it_makes_an_incomplete_interview() -> None:
    _, end = reading(0x0800)

    assert end == InterviewEnded(METER, complete=False)


def test_attribute_that_is_refused_is_left_out() -> None:
    machine, request = reading(METERING)
    refused = AttributeResult(0, ZclStatus.UNSUPPORTED_ATTRIBUTE)

    effects = machine.handle(
        ReadAttributesConfirm(request.handle, Outcome.ANSWERED, (refused,)), NOW
    )

    assert effects[0] == AttributesRead(METERING, METER, (), "answered")


def asked(machine: Interviewer, first: Any, answer: Callable[[int], Any]) -> int:
    """How often something is asked that is always answered so."""
    request, times = first, 0
    kind = type(first)
    while isinstance(request, kind) and machine.phase is not Phase.IDLE:
        times += 1
        *_, request = machine.handle(answer(request.handle), NOW)
    return times


@pytest.mark.parametrize("answer", [silence, endpoints], ids=["silence", "none"])
def test_endpoints_are_asked_for_three_times(answer: Callable[[int], ZdpConfirm]) -> None:
    machine = interviewer()
    (request,) = machine.handle(SUBJECT, NOW)

    assert asked(machine, request, answer) == 3
    assert machine.phase is Phase.IDLE


def test_partner_that_tells_no_endpoints_makes_an_incomplete_interview() -> None:
    machine = interviewer(tries=1)
    machine.handle(SUBJECT, NOW)

    assert machine.handle(silence(1), NOW) == (InterviewEnded(METER, complete=False),)


def test_endpoint_that_is_not_described_is_given_up_after_three_times() -> None:
    machine = interviewer()
    machine.handle(SUBJECT, NOW)
    (request,) = machine.handle(endpoints(1, 1, 2), NOW)
    for _ in range(3):
        (request,) = machine.handle(silence(request.handle), NOW)

    assert request.command == SimpleDescReq(ADDRESS, Endpoint(2))
    *_, request = machine.handle(descriptor(request.handle, 2, METERING), NOW)
    end = machine.handle(values(request.handle, x0000=1), NOW)[-1]
    assert end == InterviewEnded(METER, complete=False)


FAILURES = [
    (lambda handle: ReadAttributesConfirm(handle, Outcome.TIMED_OUT), "timed out"),
    (lambda handle: ReadAttributesConfirm(handle, Outcome.NOT_DELIVERED), "not delivered"),
    (
        lambda handle: ReadAttributesConfirm(handle, Outcome.ANSWERED, refusal=ZclStatus.FAILURE),
        "FAILURE",
    ),
]


@pytest.mark.parametrize(("failed", "how"), FAILURES, ids=[how for _, how in FAILURES])
def test_reading_that_fails_is_tried_three_times_and_told(
    failed: Callable[[int], ReadAttributesConfirm], how: str
) -> None:
    machine, request = reading(BASIC)
    for _ in range(2):
        (request,) = machine.handle(failed(request.handle), NOW)

    effects = machine.handle(failed(request.handle), NOW)

    assert effects == (
        AttributesRead(BASIC, METER, (), how),
        InterviewEnded(METER, complete=False),
    )


def test_reading_that_fails_once_still_counts() -> None:
    machine, request = reading(METERING)
    (request,) = machine.handle(ReadAttributesConfirm(request.handle, Outcome.TIMED_OUT), NOW)

    effects = machine.handle(values(request.handle, x0000=1), NOW)

    assert effects[-1] == InterviewEnded(METER, complete=True)


def test_interviews_are_held_one_after_the_other() -> None:
    machine = interviewer(tries=1)
    other = replace(SUBJECT, partner=Eui64(METER + 1))
    machine.handle(SUBJECT, NOW)

    assert machine.handle(other, NOW) == ()
    effects = machine.handle(silence(1), NOW)

    assert effects == (
        InterviewEnded(METER, complete=False),
        ZdpRequest(2, ADDRESS, ActiveEpReq(ADDRESS)),
    )


@pytest.mark.parametrize("phase", list(Phase))
@pytest.mark.parametrize("answer", ["zdp", "read"])
@pytest.mark.parametrize("ours", [True, False])
def test_answer_counts_in_its_own_phase_and_to_our_own_question(
    phase: Phase, answer: str, ours: bool
) -> None:
    machine, handle = in_phase(phase)
    number = handle if ours else handle + 50
    event = silence(number) if answer == "zdp" else values(number, x0000=1)

    effects = machine.handle(event, NOW)

    expected = {"zdp": (Phase.ENDPOINTS, Phase.DESCRIPTORS), "read": (Phase.READING,)}[answer]
    assert bool(effects) is (ours and phase in expected)


def in_phase(phase: Phase) -> tuple[Interviewer, int]:
    machine = interviewer()
    if phase is Phase.IDLE:
        return machine, 0
    machine.handle(SUBJECT, NOW)
    if phase is Phase.ENDPOINTS:
        return machine, 1
    machine.handle(endpoints(1, 2), NOW)
    if phase is Phase.DESCRIPTORS:
        return machine, 2
    machine.handle(descriptor(2, 2, METERING), NOW)
    return machine, 3


def test_nothing_is_ever_due() -> None:
    machine, _ = in_phase(Phase.READING)

    assert machine.deadline is None
    assert machine.wake(NOW) == ()


@given(st.data())
def test_any_answers_lead_to_an_end(data: st.DataObject) -> None:
    machine = interviewer()
    (request,) = machine.handle(SUBJECT, NOW)
    for _ in range(60):
        if isinstance(request, InterviewEnded):
            break
        *_, request = machine.handle(data.draw(answers(request)), NOW)

    assert machine.phase is Phase.IDLE


def answers(request: Any) -> st.SearchStrategy[Any]:
    """Anything that can become of a request."""
    handle = st.just(request.handle)
    if isinstance(request, ReadAttributesRequest):
        results = st.tuples(
            st.builds(AttributeResult, st.integers(0, 9), st.sampled_from(ZclStatus))
        )
        return st.builds(ReadAttributesConfirm, handle, st.sampled_from(Outcome), results)
    numbers = st.lists(st.integers(0, 255), max_size=4)
    some = st.builds(lambda found: endpoints(request.handle, *found), numbers)
    described = st.builds(lambda found: descriptor(request.handle, 2, *found), numbers)
    return st.one_of(st.just(silence(request.handle)), some, described)
