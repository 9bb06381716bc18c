"""A bench with our driver on our virtual dongle at one place, a simulated radio at the other."""

from emulator.kernel.streams import Streams
from emulator.kernel.trace import Trace
from emulator.kernel.units import Calendar, Duration, Instant, milliseconds
from emulator.lab.radios.kinds import DonglePlace
from emulator.radio.port import Radio, RadioEvent
from emulator.radio.simulated import SimulatedRadio
from emulator.smart_energy.device import Surroundings
from emulator.testing.stack.radio_contract import Place
from emulator.testing.stack.simulated_bench import SimulatedBench
from hardware.virtual.linked import linked_radio


class LinkedBench:
    """Implements `emulator.testing.stack.radio_contract.RadioBench`."""

    def __init__(self) -> None:
        self.bench = SimulatedBench("peer")
        self.scheduler = self.bench.scheduler
        surroundings = Surroundings(
            self.scheduler, Streams(1), Trace(), Calendar(), self._simulated
        )
        place = DonglePlace(name="dut", surroundings=surroundings, default_key=False)
        self.dut, self.rcp = linked_radio(place)
        self._events: list[RadioEvent] = []
        self.dut.connect(self._events.append)
        self.dut.power(on=True)
        self.run(milliseconds(50))

    def _simulated(self, name: str) -> SimulatedRadio:
        return SimulatedRadio(name, self.bench.air, self.scheduler, Streams(1).stream(name, "csma"))

    def radio(self, place: Place) -> Radio:
        return self.dut if place == "dut" else self.bench.radio(place)

    def events(self, place: Place) -> list[RadioEvent]:
        return self._events if place == "dut" else self.bench.events(place)

    def run(self, duration: Duration) -> None:
        self.scheduler.run(Instant(self.scheduler.now + duration))

    def jam(self) -> None:
        self.bench.jam()
