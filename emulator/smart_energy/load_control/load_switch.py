"""A load control switch obeys the events of its meter, and reports them (ZSE 1.4 D.2).

It takes events only under a key that the hub made for it and a device in its log. Without an
event it is open; an event that lasts over a loss of power is gone on with. That both are what
SMETS2 8 has, and that no start is randomised, is unverified: its text is not at hand.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from emulator.kernel.units import Calendar, Duration, Instant, later, minutes, seconds
from emulator.smart_energy.facts import LoadSwitched
from emulator.smart_energy.primitives import RequestControl
from emulator.smart_energy.tunnel.commands import default_response
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
    NO_SET_POINT,
    SIGNATURE_LENGTH,
    CancelLoadControlEvent,
    EventStatus,
    LoadControlEvent,
    ReportEventStatus,
)
from emulator.zcl.primitives import (
    Side,
    ZclAddress,
    ZclCommandIndication,
    ZclCommandRequest,
    ZclStatus,
)
from emulator.zigbee.addresses import Endpoint, NwkAddress
from emulator.zigbee.aps.primitives import KeyOrigin

Effects = Sequence[Any]

LOAD_SWITCH_COMMANDS: Final[tuple[ServedCommand, ...]] = serve(
    DEMAND_RESPONSE_AND_LOAD_CONTROL, Side.CLIENT
)
"""What an endpoint that switches a load takes."""
_NO_CLOCK: Final = 1
"""Event status time of a switch, which need not have a clock (GBCS of November 2014, 18.1.1)."""
_VOLUNTARY: Final = 1
"""Criticality level that a switch says it applied (GBCS of November 2014, 18.1.1)."""
_UNSIGNED: Final = bytes([0xFF]) * SIGNATURE_LENGTH


@dataclass(frozen=True, slots=True)
class _Held:
    """An event that is obeyed, or is to be."""

    event: LoadControlEvent
    issuer: ZclAddress
    start: Instant
    end: Instant


class LoadSwitch:
    """The switch of one device.

    Args:
        endpoint: with the client side.
        calendar: tells the time.
    """

    accepts: ClassVar[tuple[type, ...]] = (ZclCommandIndication,)

    def __init__(self, endpoint: Endpoint, calendar: Calendar, handles: Iterator[int]) -> None:
        self._endpoint = endpoint
        self._calendar = calendar
        self._handles = handles
        self._running: _Held | None = None
        self._waiting: _Held | None = None
        self.closed = False
        """Whether the load has power."""

    @property
    def deadline(self) -> Instant | None:
        """When an event begins or ends."""
        ends = (self._running.end,) if self._running else ()
        starts = (self._waiting.start,) if self._waiting else ()
        return min((*ends, *starts), default=None)

    def handle(self, event: ZclCommandIndication, now: Instant) -> Effects:
        """Effects of a command; what is for others changes nothing."""
        ours = event.endpoint == self._endpoint and event.to_side is Side.CLIENT
        if event.cluster != DEMAND_RESPONSE_AND_LOAD_CONTROL.id or not ours:
            return ()
        if event.key_origin is not KeyOrigin.APPLICATION:
            return default_response(next(self._handles), event, ZclStatus.NOT_AUTHORIZED)
        done = default_response(next(self._handles), event, ZclStatus.SUCCESS)
        return (*done, *self._steps[event.command](self, event, now))

    def wake(self, now: Instant) -> Effects:
        """Begin and end what is due."""
        effects: list[Any] = []
        if self._waiting is not None and self._waiting.start <= now:
            held, self._waiting = self._waiting, None
            effects += self._begin(held)
        if self._running is not None and self._running.end <= now:
            effects += self._end(self._running, EventStatus.COMPLETED)
            effects.append(RequestControl())
        return effects

    # Commands

    def _told(self, came: ZclCommandIndication, now: Instant) -> Effects:
        event = LoadControlEvent.decode(came.payload)
        clock = self._calendar.zigbee_time(now)
        wait = seconds(event.start_time - clock) if event.start_time else Duration(0)
        start = later(now, wait)
        end = later(start, minutes(event.duration_in_minutes))
        held = _Held(event, came.source, start, end)
        meant = event.device_class & SIMPLE_LOADS
        if not meant or event.utility_enrollment_group != EVERY_GROUP:
            return ()
        if held.end <= now:
            return (self._report(held, EventStatus.EXPIRED),)
        received = self._report(held, EventStatus.RECEIVED)
        if start > now:
            self._waiting = held
            return (received,)
        return (received, *self._begin(held))

    def _cancelled(self, came: ZclCommandIndication, now: Instant) -> Effects:
        wanted = CancelLoadControlEvent.decode(came.payload).issuer_event_id
        for held in (self._running, self._waiting):
            if held is not None and held.event.issuer_event_id == wanted:
                return self._end(held, EventStatus.CANCELLED)
        unknown = _Held(_no_event(wanted), came.source, now, now)
        return (self._report(unknown, EventStatus.UNDEFINED),)

    def _all_cancelled(self, _: ZclCommandIndication, __: Instant) -> Effects:
        held = [each for each in (self._running, self._waiting) if each is not None]
        ended = (self._end(each, EventStatus.CANCELLED) for each in held)
        return [effect for effects in ended for effect in effects]

    # The load

    def _begin(self, held: _Held) -> Effects:
        former, self._running = self._running, held
        superseded = () if former is None else (self._report(former, EventStatus.SUPERSEDED),)
        switched = self._switch(held, closed=held.event.duty_cycle > 0)
        return (*superseded, *switched, self._report(held, EventStatus.STARTED))

    def _end(self, held: _Held, status: EventStatus) -> Effects:
        """End an event; the load loses its power with the one that it ran by."""
        switched: Effects = ()
        if held is self._running:
            self._running, switched = None, self._switch(None, closed=False)
        else:
            self._waiting = None
        return (*switched, self._report(held, status))

    def _switch(self, held: _Held | None, *, closed: bool) -> Effects:
        if closed is self.closed:
            return ()
        self.closed = closed
        return (LoadSwitched(closed, None if held is None else held.event.issuer_event_id),)

    def _report(self, held: _Held, status: EventStatus) -> ZclCommandRequest:
        event = held.event
        report = ReportEventStatus(
            issuer_event_id=event.issuer_event_id,
            event_status=status,
            event_status_time=_NO_CLOCK,
            criticality_level_applied=_VOLUNTARY,
            cooling_temperature_set_point_applied=NO_SET_POINT,
            heating_temperature_set_point_applied=NO_SET_POINT,
            average_load_adjustment_percentage_applied=NO_ADJUSTMENT,
            duty_cycle_applied=event.duty_cycle,
            event_control=event.event_control,
            signature_type=0,
            signature=_UNSIGNED,
        )
        return ZclCommandRequest(
            next(self._handles),
            held.issuer,
            self._endpoint,
            DEMAND_RESPONSE_AND_LOAD_CONTROL.id,
            ToServer.REPORT_EVENT_STATUS,
            report.encode(),
        )

    # Without power

    def snapshot(self) -> dict[str, Any]:
        """The events that it holds, as JSON knows them."""
        return {"running": _saved(self._running), "waiting": _saved(self._waiting)}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go on with those; what ended without power is reported when it is looked at."""
        self._running, self._waiting = _loaded(state["running"]), _loaded(state["waiting"])
        self.closed = self._running is not None and self._running.event.duty_cycle > 0

    _steps: ClassVar[Mapping[int, Callable[..., Effects]]] = {
        ToClient.LOAD_CONTROL_EVENT: _told,
        ToClient.CANCEL_LOAD_CONTROL_EVENT: _cancelled,
        ToClient.CANCEL_ALL_LOAD_CONTROL_EVENTS: _all_cancelled,
    }


def _no_event(number: int) -> LoadControlEvent:
    """What is reported of an event that was cancelled and never came: its number."""
    return LoadControlEvent(number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)


def _saved(held: _Held | None) -> list[Any] | None:
    if held is None:
        return None
    issuer = held.issuer
    return [
        held.event.encode().hex(),
        issuer.nwk_address,
        issuer.endpoint,
        held.start,
        held.end,
    ]


def _loaded(state: Sequence[Any] | None) -> _Held | None:
    if state is None:
        return None
    event, address, endpoint, start, end = state
    issuer = ZclAddress(NwkAddress(address), Endpoint(endpoint))
    decoded = LoadControlEvent.decode(bytes.fromhex(event))
    return _Held(decoded, issuer, Instant(start), Instant(end))
