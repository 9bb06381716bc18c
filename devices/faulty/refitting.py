"""The remote-party side of a device with another executor of its commands."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Protocol, runtime_checkable

from emulator.gbcs.payload import PayloadKind
from emulator.gbcs_device.execution import Command, Deferred, Executed, Executor
from emulator.gbcs_device.remote_party_machine import RemotePartyMachine
from emulator.smart_energy.device import Applications

Refit = Callable[[RemotePartyMachine, Executor], Executor]


@runtime_checkable
class WholeExecutor(Protocol):
    """An executor that keeps what it holds, and knows what waits."""

    def execute(self, command: Command) -> Executed:
        """Do a command."""
        ...

    def waiting(self) -> Sequence[Deferred]:
        """What waits for its date."""
        ...

    def snapshot(self) -> Mapping[str, object]:
        """All that it holds."""
        ...

    def restore(self, snapshot: Mapping[str, Any]) -> None:
        """Hold again what a snapshot says."""
        ...


def refitted(good: Applications, refit: Refit, *kinds: PayloadKind) -> Applications:
    """Applications whose remote-party side has other executors for these ways of writing."""
    for machine in good.machines:
        if isinstance(machine, RemotePartyMachine):
            for kind, executor in tuple(machine.executors.items()):
                if kind in kinds:
                    machine.fit(kind, refit(machine, executor))
    return good


@dataclass(slots=True)
class Idle:
    """Answers as if it had done what it was told, and does nothing.

    Args:
        executor: the good one.
    """

    executor: WholeExecutor

    def execute(self, command: Command) -> Executed:
        """The answer of the good one, and none of what it did."""
        before = self.executor.snapshot()
        done = self.executor.execute(command)
        self.executor.restore(before)
        return replace(done, effects=(), deferred=())

    def waiting(self) -> Sequence[Deferred]:
        """What waits for its date."""
        return self.executor.waiting()

    def snapshot(self) -> Mapping[str, object]:
        """All that the good one holds."""
        return self.executor.snapshot()

    def restore(self, snapshot: Mapping[str, Any]) -> None:
        """Hold again what a snapshot says."""
        self.executor.restore(snapshot)


@dataclass(slots=True)
class Stubborn:
    """Carries out what waits, also when it was taken back.

    Args:
        executor: the good one.
    """

    executor: WholeExecutor
    _kept: list[Deferred] = field(default_factory=list)

    def execute(self, command: Command) -> Executed:
        """What the good one does; what it gave up is kept."""
        before = self.executor.waiting()
        done = self.executor.execute(command)
        left = [each.description for each in self.executor.waiting()]
        gone = [each for each in before if each.description not in left]
        self._kept += [replace(each, carry_out=self._done(each)) for each in gone]
        return done

    def waiting(self) -> Sequence[Deferred]:
        """What waits, and what should not."""
        return (*self.executor.waiting(), *self._kept)

    def snapshot(self) -> Mapping[str, object]:
        """All that the good one holds."""
        return self.executor.snapshot()

    def restore(self, snapshot: Mapping[str, Any]) -> None:
        """Hold again what a snapshot says."""
        self._kept.clear()
        self.executor.restore(snapshot)

    def _done(self, deferred: Deferred) -> Callable[[datetime], Executed]:
        def carry_out(_: datetime) -> Executed:
            self._kept = [each for each in self._kept if each.description != deferred.description]
            return Executed(None)

        return carry_out
