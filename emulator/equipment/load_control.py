"""An electricity meter tells load switches of its home how its auxiliary controllers are.

Which controller a switch hangs on is told by `AuxiliaryController[n]: typeAndIdentifier` (GBCS
ECS46c). A switch is told once it has asked to be (HECS01), whenever its controller is at another
level, and before an event ends; and again, events and cancellations alike, until it reported that
it does as it was told (ZSE 1.4 D.2.3.3.1). Device class, criticality and that a meter tells a
switch so are unverified: the HAN part of GBCS 7.4 is not at hand; commands and fields are those of
ZSE 1.4 D.2.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from emulator.cosem.server.made_values import octets_of
from emulator.equipment.controller_watch import PressBoost
from emulator.equipment.electricity_supply import ElectricitySupply
from emulator.gbcs_device.cosem.controllers_log import HUNG_ON
from emulator.gbcs_device.primitives import ClockSet, HubTimeCompared, MeterSet
from emulator.kernel.identity import Eui64
from emulator.kernel.units import Instant, later, minutes
from emulator.metering.auxiliary_controllers import Direction, Port
from emulator.metering.event_codes import EventCode, MeterEvent
from emulator.smart_energy.device import Applications, Boot
from emulator.smart_energy.facts import LoadControlReported, LoadControlSent
from emulator.smart_energy.primitives import UnlinkPartner
from emulator.smart_energy.settings import LoadControlSettings
from emulator.smart_energy.tunnel.commands import default_response
from emulator.wire.struct import Struct
from emulator.zcl.clusters.demand_response import (
    DEMAND_RESPONSE_AND_LOAD_CONTROL,
    EVERY_GROUP,
    SIMPLE_LOADS,
    ToClient,
    ToServer,
)
from emulator.zcl.endpoint import ServedCommand, serve
from emulator.zcl.payloads.demand_response import (
    NO_ADJUSTMENT,
    NO_OFFSET,
    NO_SET_POINT,
    CancelLoadControlEvent,
    EventStatus,
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
    ZclStatus,
)
from emulator.zigbee.addresses import Endpoint, NwkAddress
from emulator.zigbee.aps.primitives import KeyOrigin

Effects = Sequence[Any]

LOAD_CONTROL_COMMANDS: Final[tuple[ServedCommand, ...]] = serve(
    DEMAND_RESPONSE_AND_LOAD_CONTROL, Side.SERVER
)
"""What an endpoint that controls loads takes."""
_PLANNED: Final = 1
"""Criticality level Green (ZSE 1.4 Table D-5)."""
_NOW: Final = 0


_ENDED: Final = frozenset(
    (
        EventStatus.COMPLETED,
        EventStatus.CANCELLED,
        EventStatus.SUPERSEDED,
        EventStatus.EXPIRED,
        EventStatus.UNDEFINED,
        EventStatus.REJECTED,
    )
)
"""Reports of a switch that does not obey an event, or does so no longer."""


@dataclass(slots=True)
class _Switch:
    """One switch that asked to be controlled.

    Args:
        event: number of the event that it was told last; None once that is known to be cancelled.
        obeys: number of the event that it reported last to have started; None once it ended.
        level: of that event; None where it is cancelled.
        due: when it is told again, whatever its controller is at.
        renewal: when that is for an event that it obeys.
        follows: whether it reported that it does as it was told.
        handle: of the request that tells it; None once that has ended.
        announced: level of which the event log has that it is reached.
        lost: whether the event log has that it is not.
    """

    address: ZclAddress
    event: int | None = None
    obeys: int | None = None
    level: int | None = None
    due: Instant | None = None
    renewal: Instant | None = None
    follows: bool = True
    handle: int | None = None
    announced: int | None = None
    lost: bool = False


class LoadControlServer:
    """Controls the switches of one home.

    Args:
        endpoint: with the server side.
        supply: looks at the meter and its objects.
        settings: for how long an event is, and when it is sent again.
    """

    accepts: ClassVar[tuple[type, ...]] = (
        ZclCommandIndication,
        ZclCommandConfirm,
        UnlinkPartner,
        MeterSet,
        ClockSet,
        HubTimeCompared,
        PressBoost,
    )

    def __init__(
        self,
        endpoint: Endpoint,
        supply: ElectricitySupply,
        settings: LoadControlSettings,
        handles: Iterator[int],
    ) -> None:
        self._endpoint = endpoint
        self._supply = supply
        self._settings = settings
        self._handles = handles
        self._switches: dict[Eui64, _Switch] = {}
        self._events = 0
        self.deadline: Instant | None = None

    def handle(self, event: Any, now: Instant) -> Effects:
        """Effects of `event`."""
        effects: Effects | None
        match event:
            case ZclCommandIndication():
                effects = self._command(event, now)
            case ZclCommandConfirm():
                effects = self._told(event, now)
            case UnlinkPartner(partner):
                self._switches.pop(partner, None)
                effects = ()
            case _:
                effects = () if self._switches else None
        return () if effects is None else (*effects, *self._review(now))

    def wake(self, now: Instant) -> Effects:
        """Tell the switches what is due."""
        return () if self.deadline is None or now < self.deadline else self._review(now)

    # What switches say

    def _command(self, came: ZclCommandIndication, now: Instant) -> Effects | None:
        """What a command leads to; None for one that is for others."""
        ours = came.endpoint == self._endpoint and came.to_side is Side.SERVER
        if came.cluster != DEMAND_RESPONSE_AND_LOAD_CONTROL.id or not ours:
            return None
        who = came.source_eui64
        if who is None or came.key_origin is not KeyOrigin.APPLICATION:
            return default_response(next(self._handles), came, ZclStatus.NOT_AUTHORIZED)
        if came.command == ToServer.REPORT_EVENT_STATUS:
            done = default_response(next(self._handles), came, ZclStatus.SUCCESS)
            report = ReportEventStatus.decode(came.payload)
            return (*done, *self._reported(who, report, now))
        switch = self._switches.setdefault(who, _Switch(came.source))
        switch.address, switch.handle, switch.due, switch.follows = came.source, None, now, True
        known = self._port(who) is not None
        status = ZclStatus.SUCCESS if known else ZclStatus.NOT_FOUND
        return default_response(next(self._handles), came, status)

    def _reported(self, who: Eui64, report: ReportEventStatus, now: Instant) -> Effects:
        switch = self._switches.get(who)
        number, status = report.issuer_event_id, report.event_status
        fact = LoadControlReported(who, number, status)
        if switch is None:
            return (fact,)
        if status == EventStatus.STARTED:
            switch.obeys = number
        elif status in _ENDED and number == switch.obeys:
            switch.obeys = None
        if number != switch.event:
            return (fact,)
        if switch.level is None:
            if status in _ENDED:
                self._cancelled(switch, now)
            return (fact,)
        if status == EventStatus.STARTED:
            return (fact, *self._reached(who, switch))
        return (fact, *self._fails(who, switch, now)) if status in _ENDED else (fact,)

    def _cancelled(self, switch: _Switch, now: Instant) -> None:
        """It ended that event; one that it obeyed before, and still does, is cancelled next."""
        switch.event, switch.announced, switch.follows = switch.obeys, None, True
        switch.due = None if switch.event is None else now

    def _reached(self, who: Eui64, switch: _Switch) -> Effects:
        """It is as it should be, which is written down once for each level (8131)."""
        already = switch.announced == switch.level
        switch.due, switch.follows, switch.lost = switch.renewal, True, False
        switch.announced = switch.level
        return () if already else self._announce(who, EventCode.LOAD_SWITCH_REACHED)

    def _fails(self, who: Eui64, switch: _Switch, now: Instant) -> Effects:
        """It is to be told again, later."""
        switch.due, switch.follows = later(now, self._settings.resend), False
        return self._lose(who, switch)

    def _told(self, event: ZclCommandConfirm, now: Instant) -> Effects | None:
        """Tell a switch again that was not reached; None for what others sent."""
        told = (pair for pair in self._switches.items() if pair[1].handle == event.handle)
        found = next(told, None)
        if found is None:
            return None
        who, switch = found
        switch.handle = None
        if event.outcome is Outcome.ANSWERED:
            return ()
        return self._fails(who, switch, now)

    def _lose(self, who: Eui64, switch: _Switch) -> Effects:
        """Write down, once, that a switch is not as it should be (alert 811A)."""
        already, switch.lost, switch.announced = switch.lost, True, None
        return () if already else self._announce(who, EventCode.LOAD_SWITCH_FAILED)

    def _announce(self, who: Eui64, code: EventCode) -> Effects:
        view, port = self._supply.view, self._port(who)
        if view is None:
            return ()
        controller = None if port is None else port.controller
        view.meter.events.append(MeterEvent(view.own(), code, controller=controller))
        return (MeterSet(),)

    # What switches are told

    def _review(self, now: Instant) -> Effects:
        view = self._supply.view
        if view is None:
            return ()
        auxiliary = view.measured().auxiliary
        effects: list[Any] = []
        for who, switch in self._switches.items():
            port = self._port(who)
            level = None if port is None else auxiliary.level(port, view.own())
            due = switch.due is not None and switch.due <= now
            if due and not switch.follows:
                effects += self._lose(who, switch)
            if due or level != switch.level:
                effects += self._tell(who, switch, level, now)
        dues = [each.due for each in self._switches.values() if each.due is not None]
        change = auxiliary.next_change(view.own()) if self._switches else None
        if change is not None:
            dues.append(view.meter.meter.clock.instant(change))
        self.deadline = min(dues, default=None)
        return effects

    def _tell(self, who: Eui64, switch: _Switch, level: int | None, now: Instant) -> Effects:
        switch.level, switch.due = level, None
        if level is not None:
            self._events += 1
            lasts = minutes(self._settings.duration)
            switch.renewal = Instant(later(now, lasts) - self._settings.renew)
            switch.event = self._events
        if switch.event is None:
            return ()
        switch.due, switch.follows = later(now, self._settings.resend), False
        request = self._send(switch, _payload(switch.event, level, self._settings.duration))
        switch.handle = request.handle
        return (LoadControlSent(who, switch.event, level), request)

    def _send(self, switch: _Switch, payload: Struct) -> ZclCommandRequest:
        cancels = isinstance(payload, CancelLoadControlEvent)
        return ZclCommandRequest(
            next(self._handles),
            switch.address,
            self._endpoint,
            DEMAND_RESPONSE_AND_LOAD_CONTROL.id,
            ToClient.CANCEL_LOAD_CONTROL_EVENT if cancels else ToClient.LOAD_CONTROL_EVENT,
            payload.encode(),
            to_side=Side.CLIENT,
            expects_answer=True,
            own_answer=False,
        )

    def _port(self, who: Eui64) -> Port | None:
        """The output that a switch hangs on."""
        executor = self._supply.executor
        if executor is None:
            return None
        written = who.to_bytes(8, "big")
        for controller, attribute in HUNG_ON.items():
            held = executor.store.has_attribute(attribute)
            if held and octets_of(executor.store.value(attribute)) == written:
                return Port(Direction.OUTPUT, controller)
        return None

    def snapshot(self) -> dict[str, Any]:
        """Which switches asked, and the last event's number, as JSON knows them."""
        return {
            "events": self._events,
            "switches": [
                [who, each.address.nwk_address, each.address.endpoint, each.event, each.obeys]
                for who, each in self._switches.items()
            ],
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Tell those again, as soon as there is power."""
        self._events = state["events"]
        self._switches = {
            Eui64(who): _Switch(
                ZclAddress(NwkAddress(address), Endpoint(endpoint)), event, obeys, due=Instant(0)
            )
            for who, address, endpoint, event, obeys in state["switches"]
        }
        self.deadline = Instant(0) if self._switches else None


def _payload(
    number: int, level: int | None, duration: int
) -> LoadControlEvent | CancelLoadControlEvent:
    if level is None:
        return CancelLoadControlEvent(number, SIMPLE_LOADS, EVERY_GROUP, 0, _NOW)
    return LoadControlEvent(
        issuer_event_id=number,
        device_class=SIMPLE_LOADS,
        utility_enrollment_group=EVERY_GROUP,
        start_time=_NOW,
        duration_in_minutes=duration,
        criticality_level=_PLANNED,
        cooling_temperature_offset=NO_OFFSET,
        heating_temperature_offset=NO_OFFSET,
        cooling_temperature_set_point=NO_SET_POINT,
        heating_temperature_set_point=NO_SET_POINT,
        average_load_adjustment_percentage=NO_ADJUSTMENT,
        duty_cycle=level,
        event_control=0,
    )


def controls_loads(
    endpoint: Endpoint, supply: ElectricitySupply, settings: LoadControlSettings
) -> Callable[[Boot], Applications]:
    """The application of a meter that controls loads from an endpoint."""

    def fit(boot: Boot) -> Applications:
        server = LoadControlServer(endpoint, supply, settings, boot.handles)
        return Applications((server,), {"load_control": server})

    return fit
