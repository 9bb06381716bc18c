"""A load switch obeys events of its meter, one after the other, and reports each."""

import json
from dataclasses import replace
from itertools import count

import pytest

from emulator.kernel.units import START, Calendar, Instant, later, minutes, seconds
from emulator.smart_energy.facts import LoadSwitched
from emulator.smart_energy.load_control.load_switch import LoadSwitch
from emulator.smart_energy.primitives import RequestControl
from emulator.wire.struct import Struct
from emulator.zcl.clusters.demand_response import DEMAND_RESPONSE_AND_LOAD_CONTROL, ToClient
from emulator.zcl.payloads.demand_response import (
    CancelAllLoadControlEvents,
    CancelLoadControlEvent,
    EventStatus,
    LoadControlEvent,
    ReportEventStatus,
)
from emulator.zcl.primitives import Side, ZclAddress, ZclCommandIndication, ZclCommandRequest
from emulator.zigbee.addresses import ClusterId, Endpoint, NwkAddress
from emulator.zigbee.aps.primitives import ApsSecurity, KeyOrigin

ON = LoadControlEvent(7, 0x0080, 0, 0, 60, 1, 0xFF, 0xFF, -0x8000, -0x8000, -0x80, 100, 0)
OFF = replace(ON, issuer_event_id=8, duty_cycle=0)
NOW = Calendar().zigbee_time(START)
HOUR = later(START, minutes(60))


def switch() -> LoadSwitch:
    return LoadSwitch(Endpoint(1), Calendar(), count(1))


def told(
    command: ToClient,
    payload: Struct,
    origin: KeyOrigin = KeyOrigin.APPLICATION,
    cluster: int = DEMAND_RESPONSE_AND_LOAD_CONTROL.id,
) -> ZclCommandIndication:
    return ZclCommandIndication(
        source=ZclAddress(NwkAddress(0x1234), Endpoint(1)),
        source_eui64=None,
        endpoint=Endpoint(1),
        cluster=ClusterId(cluster),
        command=command,
        payload=payload.encode(),
        to_side=Side.CLIENT,
        sequence=5,
        disable_default_response=True,
        security=ApsSecurity.LINK_KEY,
        key_origin=origin,
        aps_counter=1,
    )


def event(what: LoadControlEvent) -> ZclCommandIndication:
    return told(ToClient.LOAD_CONTROL_EVENT, what)


def reports(effects: object) -> list[tuple[int, EventStatus]]:
    assert isinstance(effects, list | tuple)
    sent = (each for each in effects if isinstance(each, ZclCommandRequest) and not each.general)
    said = (ReportEventStatus.decode(each.payload) for each in sent)
    return [(each.issuer_event_id, each.event_status) for each in said]


def test_event_closes_the_switch_until_it_ends() -> None:
    machine = switch()

    effects = machine.handle(event(ON), START)

    assert LoadSwitched(closed=True, event=7) in effects
    assert reports(effects) == [(7, EventStatus.RECEIVED), (7, EventStatus.STARTED)]
    assert machine.deadline == HOUR
    ended = machine.wake(HOUR)
    assert not machine.closed
    assert reports(ended) == [(7, EventStatus.COMPLETED)]
    assert RequestControl() in ended
    assert LoadSwitched(closed=False, event=None) in ended


def test_report_tells_no_time_and_that_obeying_was_voluntary() -> None:
    # GBCS of November 2014, 18.1.1: a switch need not have a clock
    (*_, sent) = switch().handle(event(replace(ON, criticality_level=4)), START)

    said = ReportEventStatus.decode(sent.payload)
    assert (said.event_status_time, said.criticality_level_applied) == (1, 1)


def test_event_takes_the_place_of_another() -> None:
    machine = switch()
    machine.handle(event(ON), START)

    effects = machine.handle(event(OFF), START)

    assert not machine.closed
    assert reports(effects) == [
        (8, EventStatus.RECEIVED),
        (7, EventStatus.SUPERSEDED),
        (8, EventStatus.STARTED),
    ]


def test_event_that_starts_later_waits() -> None:
    machine = switch()

    effects = machine.handle(event(replace(ON, start_time=NOW + 30)), START)

    assert reports(effects) == [(7, EventStatus.RECEIVED)]
    assert machine.deadline == later(START, seconds(30))
    assert reports(machine.wake(later(START, seconds(30)))) == [(7, EventStatus.STARTED)]
    assert machine.closed


def test_event_that_began_before_it_came_ends_when_it_should() -> None:
    machine = switch()

    machine.handle(event(replace(ON, start_time=NOW - 60)), START)

    assert machine.deadline == later(START, minutes(59))


def test_event_that_is_over_is_reported_so() -> None:
    machine = switch()

    effects = machine.handle(event(replace(ON, start_time=NOW - 3600)), START)

    assert reports(effects) == [(7, EventStatus.EXPIRED)]
    assert not machine.closed


@pytest.mark.parametrize("field", [{"device_class": 0x0001}, {"utility_enrollment_group": 9}])
def test_event_for_other_loads_changes_nothing(field: dict[str, int]) -> None:
    machine = switch()

    assert machine.handle(event(replace(ON, **field)), START) == ()
    assert not machine.closed


@pytest.mark.parametrize(
    ("number", "status", "closed"),
    [(7, EventStatus.CANCELLED, False), (9, EventStatus.UNDEFINED, True)],
)
def test_event_is_cancelled_by_its_number(number: int, status: EventStatus, closed: bool) -> None:
    machine = switch()
    machine.handle(event(ON), START)
    cancel = CancelLoadControlEvent(number, 0x0080, 0, 0, 0)

    effects = machine.handle(told(ToClient.CANCEL_LOAD_CONTROL_EVENT, cancel), START)

    assert reports(effects) == [(number, status)]
    assert machine.closed is closed


def test_every_event_is_cancelled() -> None:
    machine = switch()
    machine.handle(event(ON), START)
    machine.handle(event(replace(OFF, start_time=NOW + 30)), START)
    cancel = told(ToClient.CANCEL_ALL_LOAD_CONTROL_EVENTS, CancelAllLoadControlEvents(0))

    effects = machine.handle(cancel, START)

    assert reports(effects) == [(7, EventStatus.CANCELLED), (8, EventStatus.CANCELLED)]
    assert machine.deadline is None


def test_only_a_device_of_the_log_is_obeyed() -> None:
    machine = switch()

    (refusal,) = machine.handle(told(ToClient.LOAD_CONTROL_EVENT, ON, KeyOrigin.CBKE), START)

    assert refusal.general
    assert refusal.payload == bytes([0x00, 0x7E])
    assert not machine.closed


def test_what_is_for_another_cluster_changes_nothing() -> None:
    assert switch().handle(told(ToClient.LOAD_CONTROL_EVENT, ON, cluster=0x0702), START) == ()


def test_event_lasts_over_a_loss_of_power() -> None:
    machine = switch()
    machine.handle(event(ON), START)
    again = switch()
    again.restore(json.loads(json.dumps(machine.snapshot())))

    assert again.closed
    assert again.deadline == HOUR
    assert reports(again.wake(Instant(HOUR + 1))) == [(7, EventStatus.COMPLETED)]
