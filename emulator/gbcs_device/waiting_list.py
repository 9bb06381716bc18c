"""What a device still has to do when its date comes (GBCS 9.2.2)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from emulator.gbcs.payload import PayloadKind
from emulator.gbcs_device.execution import Deferred, Executor
from emulator.gbcs_device.future_dated import keeps_waiting


class WaitingList:
    """The deferred parts of commands, by the executor that will carry them out.

    Args:
        executors: of the device.
    """

    def __init__(self, executors: Mapping[PayloadKind, Executor]) -> None:
        self._executors = executors
        self._waiting: dict[PayloadKind, tuple[Deferred, ...]] = {}

    @property
    def next_due(self) -> datetime | None:
        """When the first of them is due, in the device's own time."""
        dates = [each.due for listed in self._waiting.values() for each in listed]
        return min(dates, default=None)

    def add(self, kind: PayloadKind, deferred: Sequence[Deferred]) -> None:
        """Take note of what an executor deferred just now, and of what it gave up since."""
        executor = self._executors[kind]
        if keeps_waiting(executor):
            self._waiting[kind] = tuple(executor.waiting())
        else:
            self._waiting[kind] = (*self._waiting.get(kind, ()), *deferred)

    def take_due(self, moment: datetime) -> list[tuple[PayloadKind, Deferred]]:
        """What is due by `moment`, the earliest first; it waits no longer."""
        due = []
        for kind, listed in self._waiting.items():
            due += [(kind, each) for each in listed if each.due <= moment]
            self._waiting[kind] = tuple(each for each in listed if each.due > moment)
        return sorted(due, key=lambda pair: pair[1].due)

    def ask_again(self) -> None:
        """Ask every executor that knows what waits for it."""
        for kind, executor in self._executors.items():
            if keeps_waiting(executor):
                self._waiting[kind] = tuple(executor.waiting())
