from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from emulator.kernel.node import Node
from emulator.kernel.scheduler import Scheduler
from emulator.kernel.trace import Trace
from emulator.kernel.units import Instant
from emulator.radio.port import Channel, RadioCommand, RadioEnergy, RadioEvent, RadioPending
from emulator.smart_energy.network.second_radio import commands_of, events_for
from emulator.zigbee.mac.interfaces import SecondRadioCommand, SecondRadioEvent

PENDING = RadioPending(frozenset(), frozenset())


@dataclass
class Ear:
    """Keeps what the second radio told."""

    accepts: ClassVar[tuple[type, ...]] = (SecondRadioEvent,)

    heard: list[Any] = field(default_factory=list)
    deadline: Instant | None = None

    def handle(self, event: Any, _now: Instant) -> Sequence[Any]:
        self.heard.append(event.event)
        return ()

    def wake(self, _now: Instant) -> Sequence[Any]:
        return ()


@dataclass
class Radio:
    """Keeps what it was told to do."""

    told: list[RadioCommand] = field(default_factory=list)

    def connect(self, listener: Callable[[RadioEvent], None]) -> None:
        raise AssertionError(listener)

    def command(self, command: RadioCommand) -> None:
        self.told.append(command)


def test_second_radio_does_what_the_node_wants_of_it() -> None:
    radio = Radio()

    commands_of(radio)(SecondRadioCommand(PENDING))

    assert radio.told == [PENDING]


def test_node_hears_of_its_second_radio_as_of_no_other() -> None:
    ear = Ear()
    tell = events_for(Node("CHF", [ear], Scheduler(), Trace()))

    tell(RadioEnergy(Channel(28, 3), 17))

    assert ear.heard == [RadioEnergy(Channel(28, 3), 17)]
