"""The kind of sniffer `spinel`: what stands behind `hanlab radio sniff --radio spinel:PORT`."""

from collections.abc import Callable
from typing import Final

from emulator.kernel.scheduler import Scheduler
from emulator.lab.radios.kinds import DongleReport
from emulator.lab.radios.lines import HostedLine
from emulator.lab.sniffing.kinds import SniffedFrame, Sniffer
from hardware.line.address import parse_address
from hardware.line.opening import open_line
from hardware.spinel.sniffer import SpinelSniffer
from hardware.spinel_kind import SPINEL


class SpinelSnifferKind:
    """A dongle with OpenThread RCP firmware, listening."""

    title = "a dongle with OpenThread RCP firmware: spinel:PORT"

    def check(self, port: str) -> None:
        """Whether `port` can be one.

        Raises:
            UsageError: when it is no address.
        """
        parse_address(port)

    def probe(self, port: str) -> DongleReport:
        """Ask the dongle what it is.

        Raises:
            EnvironmentFault: when no radio co-processor answers; says what does, and what to do.
        """
        return SPINEL.probe(port)

    def line(self, port: str) -> HostedLine:
        """The line.

        Raises:
            EnvironmentFault: when it does not open.
        """
        return open_line(port)

    def sniffer(
        self, name: str, scheduler: Scheduler, heard: Callable[[SniffedFrame], None]
    ) -> Sniffer:
        """One that tells `heard` of every frame with a right FCS."""
        return SpinelSniffer(name, scheduler, heard)


SPINEL_SNIFFER: Final = SpinelSnifferKind()
