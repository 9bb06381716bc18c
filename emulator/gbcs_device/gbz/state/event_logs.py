"""Event logs, and what is done about each event (ZSE 1.4 Annex D, Events, Device Management)."""

from typing import Final

from emulator.gbcs_device.gbz.state.document import numbered, structs, written
from emulator.kernel.errors import LocalError
from emulator.zcl.payloads.events import GetEventLog, LoggedEvent

GENERAL_LOG: Final = 3
SECURITY_LOG: Final = 4
METER_GENERAL_LOG: Final = 6
"""Copy of the meter's general log at the gas proxy function (use-case annex of GBCS, CS10a)."""
METER_SECURITY_LOG: Final = 7
ANY_EVENT: Final = 0
_LOG_MASK: Final = 0x0F
_ANY_OF_GROUP: Final = 0xFF
_ANY_GROUP: Final = 0xFFFF


class EventLogs:
    """What happened, oldest first, all logs in one.

    Args:
        most: how many events each log keeps.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self.events: tuple[LoggedEvent, ...] = ()

    def add(self, event: LoggedEvent) -> None:
        """Write an event down; the oldest of its log makes room for it."""
        same = [each for each in self.events if each.log_id == event.log_id]
        dropped = same[: max(0, len(same) + 1 - self._most)]
        self.events = (*(each for each in self.events if each not in dropped), event)

    def find(self, request: GetEventLog) -> tuple[LoggedEvent, ...]:
        """The events of a log and a period, before offset and number are applied."""
        log = request.event_control_and_log_id & _LOG_MASK
        return tuple(
            each
            for each in self.events
            if each.log_id == log
            and request.event_id in (ANY_EVENT, each.event_id)
            and request.start_time <= each.event_time <= request.end_time
        )

    def forget(self, request: GetEventLog) -> None:
        """Drop the events that a request could find."""
        found = self.find(request)
        self.events = tuple(each for each in self.events if each not in found)

    def clear(self, log: int) -> None:
        """Empty a log."""
        self.events = tuple(each for each in self.events if each.log_id != log)

    def snapshot(self) -> list[str]:
        """All events as octets."""
        return written(self.events)

    def restore(self, document: object, name: str) -> None:
        """Hold what a saved log says, and nothing else.

        Raises:
            LocalError: when it is none.
        """
        self.events = structs(document, name, LoggedEvent)


class EventConfigurations:
    """What a device does about events that can be configured: eight bits for each."""

    def __init__(self) -> None:
        self.configurations: dict[int, int] = {}

    def set(self, event_id: int, configuration: int) -> None:
        """Configure one event."""
        self.configurations[event_id] = configuration

    def replace(self, current: int, new: int) -> None:
        """Configure every event anew that is configured in one way."""
        for event_id, configuration in self.configurations.items():
            if configuration == current:
                self.configurations[event_id] = new

    def group(self, event_id: int) -> tuple[tuple[int, int], ...]:
        """Event and configuration of one event, of a group (low octet FF), or of all (FFFF)."""
        return tuple(
            (each, configuration)
            for each, configuration in self.configurations.items()
            if event_id in (each, each | _ANY_OF_GROUP, _ANY_GROUP)
        )

    def snapshot(self) -> dict[str, object]:
        """All configurations by event."""
        return {str(event): each for event, each in self.configurations.items()}

    def restore(self, document: object, name: str) -> None:
        """Hold what saved configurations say, and nothing else.

        Raises:
            LocalError: when they are none.
        """
        saved: dict[int, int] = {}
        for event, each in numbered(document, name).items():
            if not isinstance(each, int) or not 0 <= each <= 0xFF:
                raise LocalError(f"saved state: event {event:04X} with {each!r}")
            saved[event] = each
        self.configurations = saved
