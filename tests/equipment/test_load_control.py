"""A meter tells a switch what the controller is at that the switch hangs on."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import pytest

from emulator.cosem.logical_names import parse_obis
from emulator.cosem.server.members import Attribute
from emulator.dlms.data import octet_string
from emulator.equipment.electricity_supply import ElectricitySupply
from emulator.equipment.load_control import LoadControlServer
from emulator.gbcs_device.cosem.device_objects import electricity_meter
from emulator.gbcs_device.cosem.dlms_executor import DlmsExecutor
from emulator.gbcs_device.cosem.meter_view import MeterView
from emulator.gbcs_device.device_clock import DeviceClock
from emulator.gbcs_device.primitives import HubTimeCompared, MeterSet
from emulator.kernel.identity import Eui64
from emulator.kernel.node import Node
from emulator.kernel.scheduler import Scheduler
from emulator.kernel.trace import Trace
from emulator.kernel.units import START, Calendar, Instant, later, minutes, seconds
from emulator.metering.auxiliary_controllers import Direction, Held, Port
from emulator.metering.drifting_clock import DriftingClock
from emulator.metering.electricity_meter import ElectricityMeter
from emulator.metering.event_codes import EventCode
from emulator.metering.quantities import Channel
from emulator.smart_energy.facts import LoadControlReported, LoadControlSent
from emulator.smart_energy.primitives import UnlinkPartner
from emulator.smart_energy.settings import LoadControlSettings
from emulator.wire.struct import Struct
from emulator.zcl.clusters.demand_response import (
    DEMAND_RESPONSE_AND_LOAD_CONTROL,
    ToClient,
    ToServer,
)
from emulator.zcl.payloads.demand_response import (
    CancelLoadControlEvent,
    EventStatus,
    GetScheduledEvents,
    LoadControlEvent,
    ReportEventStatus,
)
from emulator.zcl.primitives import (
    Outcome,
    Side,
    ZclAddress,
    ZclCommandConfirm,
    ZclCommandIndication,
    ZclCommandRequest,
)
from emulator.zigbee.addresses import ClusterId, Endpoint, NwkAddress
from emulator.zigbee.aps.primitives import ApsSecurity, ApsStatus, KeyOrigin

SWITCH = Eui64(0x00DB1234567890A5)
HUNG_ON = Attribute(1, parse_obis("0-0:94.44.0.23"), 2)
THIRD = Port(Direction.OUTPUT, 3)
ALL = GetScheduledEvents(0, 1)
SETTINGS = LoadControlSettings()


@dataclass
class Scene:
    """A meter at work, at a time."""

    hung: bool = True
    now: Instant = START
    meter: ElectricityMeter = field(init=False)
    server: LoadControlServer = field(init=False)
    objects: DlmsExecutor = field(init=False)

    def __post_init__(self) -> None:
        self.meter = ElectricityMeter(DriftingClock(Calendar()), (Channel.ACTIVE_IMPORT,))
        clock = DeviceClock(Calendar())
        executor = self.objects = electricity_meter(Eui64(1), clock)
        if self.hung:
            self.hang()
        supply = ElectricitySupply(executor, clock, MeterView(self.meter, lambda: self.now))
        self.server = LoadControlServer(Endpoint(1), supply, SETTINGS, count(1))

    def hang(self) -> None:
        """A remote party hangs the switch on the third controller."""
        self.objects.store.hold(HUNG_ON, octet_string(SWITCH.to_bytes(8, "big")))

    def unhang(self) -> Sequence[Any]:
        """A remote party hangs the switch on no controller any more."""
        self.objects.store.hold(HUNG_ON, octet_string(b""))
        return self.server.handle(MeterSet(), self.now)

    def lose(self, effects: Sequence[Any]) -> Sequence[Any]:
        """The switch does not hear what it is told last."""
        handle = sent(effects)[-1].handle
        lost = ZclCommandConfirm(handle, Outcome.NOT_DELIVERED, ApsStatus.NO_ACK)
        return self.server.handle(lost, self.now)

    def wait(self) -> Sequence[Any]:
        """Until a switch is told again that did not answer."""
        self.now = later(self.now, SETTINGS.resend)
        return self.server.wake(self.now)

    def command(self, level: int, start: int = 0, end: int = 2**62) -> Sequence[Any]:
        """A remote party commands the third controller."""
        self.meter.auxiliary.command(THIRD, Held(level, start, end))
        return self.server.handle(MeterSet(), self.now)

    def ask(self, origin: KeyOrigin = KeyOrigin.APPLICATION) -> Sequence[Any]:
        """The switch asks to be controlled."""
        return self.said(ToServer.GET_SCHEDULED_EVENTS, ALL, origin)

    def said(
        self, command: ToServer, payload: Struct, origin: KeyOrigin = KeyOrigin.APPLICATION
    ) -> Sequence[Any]:
        """The switch says something."""
        came = ZclCommandIndication(
            source=ZclAddress(NwkAddress(0x1234), Endpoint(1)),
            source_eui64=SWITCH,
            endpoint=Endpoint(1),
            cluster=ClusterId(DEMAND_RESPONSE_AND_LOAD_CONTROL.id),
            command=command,
            payload=payload.encode(),
            to_side=Side.SERVER,
            sequence=5,
            disable_default_response=False,
            security=ApsSecurity.LINK_KEY,
            key_origin=origin,
            aps_counter=1,
        )
        return self.server.handle(came, self.now)

    def report(self, event: int, status: EventStatus) -> Sequence[Any]:
        """The switch reports an event."""
        said = ReportEventStatus(event, status, 0, 1, 0, 0, 0, 0, 0, 0, bytes(42))
        return self.said(ToServer.REPORT_EVENT_STATUS, said)

    def codes(self) -> list[int]:
        """What the meter wrote down."""
        return [each.code for each in self.meter.events]


def levels(effects: Sequence[Any]) -> list[int]:
    """Duty cycles of the events that are sent."""
    return [
        LoadControlEvent.decode(each.payload).duty_cycle
        for each in sent(effects)
        if each.command == ToClient.LOAD_CONTROL_EVENT
    ]


def cancelled(effects: Sequence[Any]) -> list[int]:
    """Numbers of the events that are cancelled."""
    return [
        CancelLoadControlEvent.decode(each.payload).issuer_event_id
        for each in sent(effects)
        if each.command == ToClient.CANCEL_LOAD_CONTROL_EVENT
    ]


def sent(effects: Sequence[Any]) -> list[ZclCommandRequest]:
    """What the switch is told."""
    return [each for each in effects if isinstance(each, ZclCommandRequest) and not each.general]


def statuses(effects: Sequence[Any]) -> list[int]:
    return [each.payload[1] for each in effects if getattr(each, "general", False)]


def test_switch_that_asks_is_told_and_then_only_of_changes() -> None:
    scene = Scene()

    asked = scene.ask()

    assert (statuses(asked), levels(asked)) == ([0x00], [0])
    assert levels(scene.command(100)) == [100]
    assert levels(scene.command(100)) == []


@pytest.mark.parametrize("octets", ["0000000001", "0000000000FFFFFFFF"])
def test_request_is_taken_with_and_without_an_identifier(octets: str) -> None:
    # GBCS of November 2014, Table 18.1.1.3, has none; ZSE 1.4 D.2.3.3.2 has one
    asked = GetScheduledEvents.decode(bytes.fromhex(octets))

    assert asked.encode() == bytes.fromhex(octets)
    assert levels(Scene().said(ToServer.GET_SCHEDULED_EVENTS, asked)) == [0]


def test_command_with_an_end_is_followed_when_it_begins_and_ends() -> None:
    scene = Scene()
    scene.ask()
    own = scene.meter.own(START)
    scene.command(100, own + minutes(5), own + minutes(6))

    assert scene.server.deadline == later(START, minutes(5))
    told = []
    for minute in (5, 6):
        scene.now = later(START, minutes(minute))
        told += levels(scene.server.wake(scene.now))
    assert told == [100, 0]


def test_boost_goes_to_the_switch() -> None:
    scene = Scene()
    scene.ask()
    scene.meter.auxiliary.boostable = frozenset({THIRD})
    own = scene.meter.own(START)
    scene.meter.auxiliary.begin_boost(own, own + minutes(30))

    assert levels(scene.server.handle(MeterSet(), START)) == [100]


def test_event_is_renewed_before_it_ends() -> None:
    scene = Scene()
    scene.ask()
    scene.report(1, EventStatus.STARTED)
    due = Instant(minutes(SETTINGS.duration) - SETTINGS.renew)
    assert scene.server.deadline == due

    scene.now = due

    assert levels(scene.server.wake(due)) == [0]


def test_switch_that_hangs_on_nothing_is_told_nothing() -> None:
    scene = Scene(hung=False)

    assert (statuses(scene.ask()), levels(scene.command(100))) == ([0x8B], [])


@pytest.mark.parametrize("origin", [KeyOrigin.CBKE, None])
def test_who_is_not_in_the_device_log_is_refused(origin: KeyOrigin) -> None:
    scene = Scene()

    assert statuses(scene.ask(origin)) == [0x7E]
    assert levels(scene.command(100)) == []


def test_what_begins_by_the_clock_is_told_when_a_clock_that_was_put_right_shows_it() -> None:
    scene = Scene()
    scene.ask()
    own = scene.meter.own(START)
    scene.command(100, start=own + 60_000_000)
    assert scene.server.deadline == later(START, minutes(1))

    scene.meter.meter.move_clock(9_000_000, START)
    Node("meter", (scene.server,), Scheduler(), Trace()).post(HubTimeCompared(9_000_000, True))

    assert scene.server.deadline == later(START, seconds(51))


def test_switch_that_left_the_log_is_told_no_more() -> None:
    scene = Scene()
    scene.ask()
    scene.server.handle(UnlinkPartner(SWITCH), START)

    assert levels(scene.command(100)) == []


def test_reached_state_is_written_down_once() -> None:
    scene = Scene()
    scene.ask()

    effects = scene.report(1, EventStatus.STARTED)
    scene.report(1, EventStatus.STARTED)

    assert LoadControlReported(SWITCH, 1, EventStatus.STARTED) in effects
    assert MeterSet() in effects
    assert scene.codes() == [EventCode.LOAD_SWITCH_REACHED]
    assert scene.meter.events[0].controller == 3


def test_report_of_an_event_that_is_no_longer_says_nothing_of_the_state() -> None:
    scene = Scene()
    scene.ask()

    scene.report(99, EventStatus.STARTED)

    assert scene.codes() == []


def test_switch_that_is_lost_is_written_down_once_and_told_again() -> None:
    scene = Scene()
    asked = scene.ask()
    told = []
    for _ in range(2):
        scene.lose(asked)
        asked = scene.wait()
        told += levels(asked)

    assert told == [0, 0]
    assert scene.codes() == [EventCode.LOAD_SWITCH_FAILED]
    assert scene.meter.events[0].controller == 3


def test_switch_that_reports_nothing_is_written_down_and_told_again() -> None:
    scene = Scene()
    scene.ask()

    assert levels(scene.wait()) == [0]
    assert scene.codes() == [EventCode.LOAD_SWITCH_FAILED]
    scene.report(2, EventStatus.STARTED)
    assert scene.wait() == ()


@pytest.mark.parametrize("status", [EventStatus.REJECTED, EventStatus.EXPIRED])
def test_switch_that_does_not_obey_is_told_again_later(status: EventStatus) -> None:
    scene = Scene()
    scene.ask()

    assert levels(scene.report(1, status)) == []
    assert scene.codes() == [EventCode.LOAD_SWITCH_FAILED]
    assert levels(scene.wait()) == [0]


def obeying() -> Scene:
    scene = Scene()
    scene.ask()
    scene.command(100)
    scene.report(2, EventStatus.STARTED)
    return scene


def test_cancel_that_is_lost_is_sent_again_until_the_switch_reports() -> None:
    scene = obeying()
    effects = scene.unhang()

    assert LoadControlSent(SWITCH, 2, None) in effects
    scene.lose(effects)
    assert cancelled(scene.wait()) == [2]
    # it heard that one, but its report was lost
    assert cancelled(scene.wait()) == [2]
    scene.report(2, EventStatus.UNDEFINED)
    assert (scene.wait(), scene.server.deadline) == ((), None)


def test_event_that_a_switch_still_obeys_is_cancelled_besides_the_last_one() -> None:
    scene = obeying()
    scene.lose(scene.command(0))
    assert cancelled(scene.unhang()) == [3]

    effects = scene.report(3, EventStatus.UNDEFINED)

    assert cancelled(effects) == [2]
    scene.report(2, EventStatus.CANCELLED)
    assert scene.wait() == ()


def test_cancel_is_sent_again_after_a_loss_of_power_and_when_the_switch_asks() -> None:
    scene = obeying()
    scene.lose(scene.unhang())
    again = Scene(hung=False)
    again.server.restore(json.loads(json.dumps(scene.server.snapshot())))

    assert cancelled(again.server.wake(START)) == [2]
    assert cancelled(again.ask()) == [2]
    again.report(2, EventStatus.CANCELLED)
    assert cancelled(again.ask()) == []


def test_meter_tells_its_switches_again_after_a_loss_of_power() -> None:
    scene = Scene()
    scene.ask()
    again = Scene()
    again.server.restore(json.loads(json.dumps(scene.server.snapshot())))

    effects = again.server.wake(START)

    assert LoadControlSent(SWITCH, 2, 0) in effects
