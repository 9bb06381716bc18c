"""A home whose hub stands on our driver and virtual dongle, for a day of virtual time.

Nothing is recorded: what grows would be a leak of driver, dongle or stack.
"""

import os
import subprocess
import sys
from pathlib import Path

from emulator.kernel.scheduler import Scheduler
from emulator.kernel.streams import Streams
from emulator.kernel.trace import Trace
from emulator.kernel.units import Calendar, Instant, hours, minutes
from emulator.lab.home.device_factory import DeviceFactory
from emulator.lab.home.home import Home, has_agreed_key
from emulator.lab.laboratory import LabOptions
from emulator.lab.radios.kinds import DonglePlace
from emulator.lab.shipments.device_names import names_for
from emulator.lab.shipments.shipment import read_shipment
from emulator.radio.air import Air
from emulator.radio.links import SymmetricLinks
from emulator.radio.simulated import SimulatedRadio
from emulator.smart_energy.device import PoweredRadio, Surroundings
from emulator.smart_energy.primitives import FormNetwork
from emulator.smart_energy.stack_settings import StackSettings
from hardware.virtual.linked import linked_radio

METERS = Path(__file__).parents[1] / "data" / "shipments" / "two-meters.csv"


class DongleHome:
    """Hub on a virtual dongle, two meters on simulated radios."""

    def __init__(self) -> None:
        self.scheduler, streams = Scheduler(), Streams(1)
        shipment = read_shipment(METERS)
        names = names_for(shipment.devices)
        hub = names[shipment.hub.eui64]
        air = Air(self.scheduler, streams, SymmetricLinks(-60, 0.0))
        trace, calendar = Trace(keep=False), Calendar()

        def simulated(name: str) -> SimulatedRadio:
            return SimulatedRadio(name, air, self.scheduler, streams.stream(name, "csma"))

        inside = Surroundings(self.scheduler, streams, trace, calendar, simulated)

        def radio(name: str) -> PoweredRadio:
            if name != hub:
                return simulated(name)
            place = DonglePlace(name=name, surroundings=inside, default_key=False)
            return linked_radio(place)[0]

        around = Surroundings(self.scheduler, streams, trace, calendar, radio)
        factory = DeviceFactory(names, LabOptions(), StackSettings(), around)
        joiners = tuple(factory.build(line) for line in shipment.joining)
        proxy = shipment.gas_proxy.eui64
        self.home = Home(factory.build(shipment.hub, proxy), joiners, shipment)

    def commission(self) -> None:
        """Let both meters join and agree their keys."""
        home = self.home
        home.hub.power_on()
        home.hub.post(FormNetwork())
        self.scheduler.run(Instant(minutes(1)))
        home.register(*home.joiners)
        home.permit_join(254)
        for device in home.joiners:
            device.power_on()
        self.scheduler.run(Instant(minutes(10)))
        assert all(has_agreed_key(device) for device in home.joiners)

    def run_until(self, hour: int) -> int:
        """Octets of resident memory when it is that hour."""
        self.scheduler.run(Instant(hours(hour)))
        return resident()


def resident() -> int:
    """Octets of resident memory of this process."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def memory_of_a_day() -> tuple[int, int]:
    """Resident memory after 6 and after 24 hours, of a process of its own."""
    words = (sys.executable, "-m", "tests.benchmarks.dongle_day")
    told = subprocess.run(words, capture_output=True, text=True, check=True).stdout.split()
    return int(told[0]), int(told[1])


def main() -> None:
    """Print the memory after 6 and after 24 hours."""
    bench = DongleHome()
    bench.commission()
    early = bench.run_until(6)
    late = bench.run_until(24)
    assert all(has_agreed_key(device) for device in bench.home.joiners)
    sys.stdout.write(f"{early} {late}\n")


if __name__ == "__main__":
    main()
