"""The remote-party side of a device with another machine around it, which sees all it is given.

Where a defect is none of a single message, but of when things happen or how often, it is a machine
around the good one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import ClassVar, Final

from emulator.gbcs.block_exchange import is_block
from emulator.gbcs.envelope import Message
from emulator.gbcs_device.primitives import MessageIndication, MessageRequest
from emulator.gbcs_device.remote_party_machine import RemotePartyMachine
from emulator.kernel.errors import WireError
from emulator.kernel.machine import Machine
from emulator.kernel.units import Duration, Instant, later
from emulator.smart_energy.device import Applications

_NONE: Final = Duration(0)
_HOUR: Final = timedelta(hours=1)
Around = Callable[[RemotePartyMachine], Machine]


def around(good: Applications, wrap: Around) -> Applications:
    """Applications whose remote-party side has another machine around it."""
    machines = tuple(
        wrap(each) if isinstance(each, RemotePartyMachine) else each for each in good.machines
    )
    return replace(good, machines=machines)


@dataclass(slots=True)
class Sending:
    """Sends other messages than the good one.

    Args:
        machine: the good one.
        sent: the messages that go out for one.
    """

    machine: RemotePartyMachine
    sent: Callable[[MessageRequest], Sequence[MessageRequest]]
    accepts: ClassVar[tuple[type, ...]] = RemotePartyMachine.accepts

    @property
    def deadline(self) -> Instant | None:
        """That of the good one."""
        return self.machine.deadline

    def handle(self, event: object, now: Instant) -> Sequence[object]:
        """What follows from an event."""
        return self._changed(self.machine.handle(event, now))

    def wake(self, now: Instant) -> Sequence[object]:
        """What is due."""
        return self._changed(self.machine.wake(now))

    def _changed(self, effects: Sequence[object]) -> Sequence[object]:
        changed: list[object] = []
        for each in effects:
            changed += self.sent(each) if isinstance(each, MessageRequest) else (each,)
        return changed


@dataclass(slots=True)
class Slow:
    """Keeps every message for a while before it goes out.

    Args:
        machine: the good one.
        delay: how long.
    """

    machine: RemotePartyMachine
    delay: Duration
    accepts: ClassVar[tuple[type, ...]] = RemotePartyMachine.accepts
    _kept: list[tuple[Instant, MessageRequest]] = field(default_factory=list)

    @property
    def deadline(self) -> Instant | None:
        """When the good one wants to be woken, or a message goes out."""
        dates = [self.machine.deadline, *(due for due, _ in self._kept)]
        return min((each for each in dates if each is not None), default=None)

    def handle(self, event: object, now: Instant) -> Sequence[object]:
        """What follows from an event, but for messages."""
        return self._held(self.machine.handle(event, now), now)

    def wake(self, now: Instant) -> Sequence[object]:
        """What is due."""
        due = [each for at, each in self._kept if at <= now]
        self._kept = [(at, each) for at, each in self._kept if at > now]
        own = self.machine.deadline
        woken = self.machine.wake(now) if own is not None and own <= now else ()
        return (*due, *self._held(woken, now))

    def _held(self, effects: Sequence[object], now: Instant) -> Sequence[object]:
        at = later(now, self.delay)
        self._kept += [(at, each) for each in effects if isinstance(each, MessageRequest)]
        return [each for each in effects if not isinstance(each, MessageRequest)]


@dataclass(slots=True)
class Untimely:
    """Does what waits for a date before it, or after it.

    Args:
        machine: the good one.
        early: by how much before.
        late: by how much after.
    """

    machine: RemotePartyMachine
    early: Duration = _NONE
    late: Duration = _NONE
    accepts: ClassVar[tuple[type, ...]] = RemotePartyMachine.accepts

    @property
    def deadline(self) -> Instant | None:
        """That of the good one, but not when it is."""
        due = self.machine.deadline
        return None if due is None else Instant(max(0, due - self.early + self.late))

    def handle(self, event: object, now: Instant) -> Sequence[object]:
        """What follows from an event."""
        return self.machine.handle(event, now)

    def wake(self, now: Instant) -> Sequence[object]:
        """What is due, and what will be."""
        return self.machine.wake(later(now, self.early))


@dataclass(slots=True)
class Drifting:
    """Has a clock that is faster than it should be.

    Args:
        machine: the good one.
        hourly: what it gains in an hour.
    """

    machine: RemotePartyMachine
    hourly: timedelta
    accepts: ClassVar[tuple[type, ...]] = RemotePartyMachine.accepts

    @property
    def deadline(self) -> Instant | None:
        """That of the good one."""
        return self.machine.deadline

    def handle(self, event: object, now: Instant) -> Sequence[object]:
        """What follows from an event."""
        self._drift(now)
        return self.machine.handle(event, now)

    def wake(self, now: Instant) -> Sequence[object]:
        """What is due."""
        self._drift(now)
        return self.machine.wake(now)

    def _drift(self, now: Instant) -> None:
        self.machine.clock.be_ahead(self.hourly * (timedelta(microseconds=now) / _HOUR))


@dataclass(slots=True)
class Hanging:
    """Does nothing any more, until it loses its power, once it got what is no message.

    Args:
        machine: the good one.
    """

    machine: RemotePartyMachine
    hangs: bool = False
    accepts: ClassVar[tuple[type, ...]] = RemotePartyMachine.accepts

    @property
    def deadline(self) -> Instant | None:
        """That of the good one while it lives."""
        return None if self.hangs else self.machine.deadline

    def handle(self, event: object, now: Instant) -> Sequence[object]:
        """What follows from an event."""
        if isinstance(event, MessageIndication) and not is_block(event.octets):
            try:
                Message.decode(event.octets)
            except WireError:
                self.hangs = True
        return () if self.hangs else self.machine.handle(event, now)

    def wake(self, now: Instant) -> Sequence[object]:
        """What is due."""
        return self.machine.wake(now)


@dataclass(slots=True)
class WithoutBlocks:
    """Takes no message that comes in blocks.

    Args:
        machine: the good one.
    """

    machine: RemotePartyMachine
    accepts: ClassVar[tuple[type, ...]] = RemotePartyMachine.accepts

    @property
    def deadline(self) -> Instant | None:
        """That of the good one."""
        return self.machine.deadline

    def handle(self, event: object, now: Instant) -> Sequence[object]:
        """What follows from an event; nothing from a block."""
        if isinstance(event, MessageIndication) and is_block(event.octets):
            return ()
        return self.machine.handle(event, now)

    def wake(self, now: Instant) -> Sequence[object]:
        """What is due."""
        return self.machine.wake(now)
