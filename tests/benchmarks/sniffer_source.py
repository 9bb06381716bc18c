"""A virtual dongle on a TCP port whose air carries a numbered frame every millisecond."""

import sys

from emulator.kernel.scheduler import Scheduler
from emulator.kernel.streams import Streams
from emulator.kernel.trace import Trace
from emulator.kernel.units import NEVER, Calendar, milliseconds
from emulator.lab.radios.kinds import DonglePlace
from emulator.lab.radios.paced_clock import PacedClock
from emulator.radio.air import Air
from emulator.radio.fcs import with_fcs
from emulator.radio.links import SymmetricLinks
from emulator.radio.port import Channel
from emulator.radio.simulated import SimulatedRadio
from emulator.smart_energy.device import Surroundings
from emulator.testing.stack.simulated_bench import Injector
from hardware.line.serving import serve_line
from hardware.virtual.spinel_rcp import SpinelRcp

FRAMES = 10_000
HEAD = bytes.fromhex("4188 00 3412 ffff 0000")
"""A data frame to everybody in PAN 0x1234, without a request for an acknowledgement."""


def main() -> None:
    """Serve, and send from the moment at which a program has been there for three seconds."""
    clock = PacedClock()
    scheduler = Scheduler(clock)
    streams = Streams(1)
    air = Air(scheduler, streams, SymmetricLinks(-60, 0.0))

    def radio(name: str) -> SimulatedRadio:
        return SimulatedRadio(name, air, scheduler, streams.stream(name, "csma"))

    inside = Surroundings(scheduler, streams, Trace(keep=False), Calendar(), radio)
    rcp = SpinelRcp(DonglePlace(name="dongle", surroundings=inside, default_key=False))
    line = serve_line("tcp://127.0.0.1:0")
    rcp.connect(clock.open("dongle", lambda: line, rcp.receive))
    sys.stdout.write(f"{line.name}\n")
    sys.stdout.flush()
    sender = Injector(air, Channel(0, 15), "sender")

    def send(number: int) -> None:
        sender.send(with_fcs(HEAD + number.to_bytes(4, "big")))
        if number + 1 < FRAMES:
            scheduler.after(milliseconds(1), lambda: send(number + 1))

    scheduler.after(milliseconds(int(sys.argv[1])), lambda: send(0))
    scheduler.run(NEVER)


if __name__ == "__main__":
    main()
