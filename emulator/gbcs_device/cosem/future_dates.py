"""Passive values that wait for the date of their activation (GBCS 9.2.2, DLMS commands).

Each attribute that holds such a date waits by itself: a new date takes the place of the one before,
and `never` cancels it. Remote parties are told of each attribute by an alert of its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from emulator.cosem.date_times import NEVER, NOW
from emulator.cosem.logical_names import format_obis, parse_obis
from emulator.cosem.moments import moment_of
from emulator.cosem.server.activation import activate
from emulator.cosem.server.members import Attribute
from emulator.cosem.server.object_store import ObjectStore
from emulator.gbcs_device.cosem.duty import Activated
from emulator.gbcs_device.execution import Command, Deferred, Executed
from emulator.gbcs_device.future_dated import CosemItem, ExecutionSuperseded, FutureDated
from emulator.kernel.identity import Eui64, format_eui64, parse_eui64


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A date, and the command that set it."""

    due: datetime
    message_code: int
    counter: int
    originator: Eui64


class FutureDates:
    """The dates that the objects of one device wait for.

    Args:
        store: the objects.
        activated: what follows from values that came into force, by the time that was for them.
    """

    def __init__(
        self, store: ObjectStore, activated: Mapping[Attribute, Activated] | None = None
    ) -> None:
        self._store = store
        self._activated = {} if activated is None else activated
        self._waiting: dict[Attribute, _Waiting] = {}

    def set(self, time: Attribute, date: bytes, command: Command) -> Sequence[object] | None:
        """Do what a date says: activate, wait, or no longer wait; None when it is no date.

        Args:
            time: the attribute that now holds the date.
            date: 12 octets.
            command: that sets it.

        Returns:
            What follows from values that came into force at once.
        """
        message, moment = command.message, command.moment
        due = moment if date == NOW else moment_of(date)
        if due is None and date != NEVER:
            return None
        self._waiting.pop(time, None)
        if due is not None and due <= moment:
            return self._activate(time, command)
        if due is not None:
            code = message.other_information.message_code
            self._waiting[time] = _Waiting(due, code, message.counter, message.originator)
        return ()

    def _activate(self, time: Attribute, command: Command | None) -> Sequence[object]:
        activate(self._store, time)
        follows = self._activated.get(time)
        return () if follows is None else follows(command)

    def deferred(self) -> tuple[Deferred, ...]:
        """What waits, in the order in which it was asked for."""
        return tuple(self._deferred(time, waiting) for time, waiting in self._waiting.items())

    def _deferred(self, time: Attribute, waiting: _Waiting) -> Deferred:
        def carry_out(_: datetime) -> Executed:
            if self._waiting.get(time) is not waiting:
                return Executed(None, (ExecutionSuperseded(),))
            del self._waiting[time]
            return Executed(None, tuple(self._activate(time, None)))

        return Deferred(
            waiting.due,
            carry_out,
            FutureDated(
                waiting.message_code, waiting.counter, waiting.originator, CosemItem(*time)
            ),
        )

    def snapshot(self) -> list[dict[str, Any]]:
        """What waits, as JSON could say it."""
        return [
            {
                "class": time.class_id,
                "object": format_obis(time.obis),
                "attribute": time.member,
                "due": waiting.due.isoformat(),
                "message_code": waiting.message_code,
                "counter": waiting.counter,
                "originator": format_eui64(waiting.originator),
            }
            for time, waiting in self._waiting.items()
        ]

    def restore(self, snapshot: Sequence[Mapping[str, Any]]) -> None:
        """Wait again for what a snapshot says."""
        self._waiting = {
            Attribute(each["class"], parse_obis(each["object"]), each["attribute"]): _Waiting(
                datetime.fromisoformat(each["due"]),
                each["message_code"],
                each["counter"],
                parse_eui64(each["originator"]),
            )
            for each in snapshot
        }
