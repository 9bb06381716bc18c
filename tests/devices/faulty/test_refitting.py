"""Other executors in a device: what they leave undone, and what they cannot leave."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from devices.faulty.refitting import Idle, Stubborn, WholeExecutor, refitted
from emulator.gbcs.payload import PayloadKind
from emulator.gbcs_device.execution import Command, Deferred, Executed
from emulator.smart_energy.device import Applications
from emulator.testing.scenes.cosem_scene import attribute, command, get
from emulator.testing.scenes.remote_party_bench import Recorder, RemotePartyBench

DUE = datetime(2026, 3, 1, tzinfo=UTC)
READ = get(attribute(1, "0-0:94.44.0.4", 2))


def nothing(_: datetime) -> Executed:
    return Executed(None)


@dataclass(slots=True)
class Counting:
    """An executor that counts commands; each second one takes back what the one before left."""

    count: int = 0
    listed: list[Deferred] = field(default_factory=list)

    def execute(self, _: Command) -> Executed:
        self.count += 1
        self.listed = [Deferred(DUE, nothing, self.count)] if self.count % 2 else []
        return Executed(None, (self.count,), tuple(self.listed))

    def waiting(self) -> Sequence[Deferred]:
        return tuple(self.listed)

    def snapshot(self) -> Mapping[str, object]:
        return {"count": self.count}

    def restore(self, snapshot: Mapping[str, Any]) -> None:
        self.count = snapshot["count"]
        self.listed = []


def test_a_device_is_refitted_for_the_ways_of_writing_that_are_named() -> None:
    made = RemotePartyBench()
    other = Recorder()

    refitted(Applications((made.machine,)), lambda _machine, _executor: other, PayloadKind.ASN1)

    assert made.machine.executors[PayloadKind.ASN1] is other


def test_an_idle_executor_answers_and_is_as_it_was() -> None:
    good = Counting()
    idle = Idle(good)

    done = idle.execute(command(READ))

    assert isinstance(good, WholeExecutor)
    assert (done.effects, done.deferred) == ((), ())
    assert idle.snapshot() == {"count": 0}
    assert idle.waiting() == ()


def test_a_stubborn_executor_keeps_what_was_taken_back_until_it_is_done() -> None:
    stubborn = Stubborn(Counting())

    stubborn.execute(command(READ))
    stubborn.execute(command(READ))
    (kept,) = stubborn.waiting()
    kept.carry_out(DUE)

    assert kept.description == 1
    assert stubborn.waiting() == ()


def test_a_stubborn_executor_that_is_restored_has_nothing_left() -> None:
    stubborn = Stubborn(Counting())
    stubborn.execute(command(READ))
    stubborn.execute(command(READ))

    stubborn.restore({"count": 5})

    assert stubborn.waiting() == ()
    assert stubborn.snapshot() == {"count": 5}
