"""Event logs that other devices of the home read and clear (ZSE 1.4 Annex D).

Each endpoint with the server side of the Events cluster has logs of its own. The security logs
cannot be cleared over the air.
"""

from collections.abc import Iterator, Mapping, Sequence
from enum import IntEnum
from typing import Any, ClassVar, Final

from emulator.kernel.errors import WireError
from emulator.kernel.units import Calendar, Instant
from emulator.smart_energy.primitives import LogEvent
from emulator.smart_energy.settings import EventLogSettings
from emulator.smart_energy.tunnel.commands import answer, default_response
from emulator.zcl.clusters.events import EVENTS
from emulator.zcl.payloads.events import (
    ClearEventLogRequest,
    ClearEventLogResponse,
    GetEventLog,
    LoggedEvent,
    PublishEventLog,
)
from emulator.zcl.primitives import Side, ZclCommandIndication, ZclStatus
from emulator.zigbee.addresses import Endpoint

Effects = Sequence[Any]
Events = tuple[LoggedEvent, ...]

ALL_LOGS: Final = 0
LOGS: Final = range(1, 8)
"""Logs that a bit of `ClearEventLogResponse` stands for (ZSE 1.4 Annex D)."""
SECURITY_LOGS: Final = frozenset({4, 7})
"""The device's own, and the copy of a gas meter's at its proxy: never cleared remotely."""
ANY_EVENT: Final = 0
FULL_INFORMATION: Final = 0x10
"""Event control: tell what was logged beside each event, too."""
_LOG_MASK: Final = 0x0F
_INFORMATION: Final = 8
"""Octets of an event without data: log, event, time and the length of no data."""
_MOST_EVENTS: Final = 15
"""The number of events of one command is told in four bits."""
_MOST_COMMANDS: Final = 255


class ToServer(IntEnum):
    """Commands that the server receives (ZSE 1.4 Annex D)."""

    GET_EVENT_LOG = 0x00
    CLEAR_EVENT_LOG = 0x01


class ToClient(IntEnum):
    """Commands that the client receives (ZSE 1.4 Annex D)."""

    PUBLISH_EVENT_LOG = 0x01
    CLEAR_EVENT_LOG_RESPONSE = 0x02


class EventServer:
    """The event logs of one device.

    Args:
        endpoints: with the server side of the cluster.
        calendar: dates what is logged.
    """

    accepts: ClassVar[tuple[type, ...]] = (LogEvent, ZclCommandIndication)
    deadline: Instant | None = None

    def __init__(
        self,
        endpoints: Sequence[Endpoint],
        settings: EventLogSettings,
        calendar: Calendar,
        handles: Iterator[int],
    ) -> None:
        self._logs: dict[Endpoint, Events] = dict.fromkeys(endpoints, ())
        self._settings = settings
        self._calendar = calendar
        self._handles = handles

    def handle(self, event: Any, now: Instant) -> Effects:
        """Effects of `event`."""
        if isinstance(event, LogEvent):
            return self._log(event, now)
        here = event.endpoint in self._logs and event.to_side is Side.SERVER
        step = self._commands.get(event.command)
        if event.cluster != EVENTS.id or not here or step is None:
            return ()
        try:
            effects: Effects = step(self, event)
        except WireError:
            return default_response(next(self._handles), event, ZclStatus.MALFORMED_COMMAND)
        return effects

    def wake(self, now: Instant) -> Effects:  # noqa: ARG002 - the one shape of machines
        """Nothing is ever due."""
        return ()

    def _log(self, event: LogEvent, now: Instant) -> Effects:
        """Write an event down; the oldest of a full log makes room for it."""
        time = self._calendar.zigbee_time(now)
        entry = LoggedEvent(event.log_id, event.event_id, time, event.data)
        for endpoint, events in self._logs.items():
            if event.endpoint in (None, endpoint):
                self._logs[endpoint] = _with(events, entry, self._settings.entries)
        return ()

    def _get(self, event: ZclCommandIndication) -> Effects:
        """Answer with the events asked for, newest first, in as many commands as they take."""
        asked = GetEventLog.decode(event.payload)
        matching = _matching(self._logs[event.endpoint], asked)
        chosen = matching[asked.event_offset :]
        if asked.number_of_events:
            chosen = chosen[: asked.number_of_events]
        if not chosen:
            return default_response(next(self._handles), event, ZclStatus.NOT_FOUND)
        if not asked.event_control_and_log_id & FULL_INFORMATION:
            chosen = tuple(map(_without_data, chosen))
        parts = _in_commands(chosen, self._settings.octets)[:_MOST_COMMANDS]
        return tuple(
            answer(
                next(self._handles),
                event,
                ToClient.PUBLISH_EVENT_LOG,
                PublishEventLog(len(matching), index, len(parts), len(events) << 4, events),
            )
            for index, events in enumerate(parts)
        )

    def _clear(self, event: ZclCommandIndication) -> Effects:
        """Empty the logs asked for, but no security log, and tell which were emptied."""
        asked = ClearEventLogRequest.decode(event.payload).log_id
        cleared = [log for log in LOGS if asked in (ALL_LOGS, log) and log not in SECURITY_LOGS]
        events = self._logs[event.endpoint]
        self._logs[event.endpoint] = tuple(each for each in events if each.log_id not in cleared)
        response = ClearEventLogResponse(sum(1 << log for log in cleared))
        return (answer(next(self._handles), event, ToClient.CLEAR_EVENT_LOG_RESPONSE, response),)

    def snapshot(self) -> dict[str, Any]:
        """Every event by endpoint, as octets."""
        return {
            str(endpoint): [each.encode().hex() for each in events]
            for endpoint, events in self._logs.items()
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take back what `snapshot` gave."""
        for endpoint in self._logs:
            saved = state.get(str(endpoint), ())
            self._logs[endpoint] = tuple(LoggedEvent.decode(bytes.fromhex(each)) for each in saved)

    _commands: ClassVar[Mapping[int, Any]] = {
        ToServer.GET_EVENT_LOG: _get,
        ToServer.CLEAR_EVENT_LOG: _clear,
    }


def _with(events: Events, entry: LoggedEvent, most: int) -> Events:
    """The events with one more, and of its log no more than so many."""
    same = sum(each.log_id == entry.log_id for each in events)
    if same < most:
        return (*events, entry)
    oldest = next(at for at, each in enumerate(events) if each.log_id == entry.log_id)
    return (*events[:oldest], *events[oldest + 1 :], entry)


def _matching(events: Events, asked: GetEventLog) -> Events:
    """The events of a log, or of all, from the start of a period until before its end."""
    log = asked.event_control_and_log_id & _LOG_MASK
    return tuple(
        each
        for each in reversed(events)
        if log in (ALL_LOGS, each.log_id)
        and asked.event_id in (ANY_EVENT, each.event_id)
        and asked.start_time <= each.event_time < asked.end_time
    )


def _without_data(event: LoggedEvent) -> LoggedEvent:
    return LoggedEvent(event.log_id, event.event_id, event.event_time, b"")


def _in_commands(events: Events, octets: int) -> list[Events]:
    """The events, as many in each command as it has octets for, but one at least."""
    parts: list[Events] = []
    room = 0
    for event in events:
        size = _INFORMATION + len(event.event_data)
        if not parts or size > room or len(parts[-1]) == _MOST_EVENTS:
            parts.append(())
            room = octets
        parts[-1] = (*parts[-1], event)
        room -= size
    return parts
