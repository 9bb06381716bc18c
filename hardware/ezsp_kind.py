"""Dongles with EZSP firmware: `hanlab radio probe`, and `hanlab radio sniff --radio ezsp:PORT`."""

from collections.abc import Callable
from contextlib import closing
from typing import Final

from emulator.kernel.scheduler import Scheduler
from emulator.lab.radios.kinds import DongleReport
from emulator.lab.radios.lines import HostedLine
from emulator.lab.sniffing.kinds import SniffedFrame, Sniffer
from hardware.ezsp.asking import report
from hardware.ezsp.sniffer import EzspSniffer
from hardware.line.address import parse_address
from hardware.line.opening import open_line
from hardware.spinel.asking import Asker, stranger, wrong


class EzspKind:
    """A dongle with EmberZNet NCP firmware, asked or listening."""

    title = "a dongle with EmberZNet NCP firmware: ezsp:PORT"

    def check(self, port: str) -> None:
        """Whether `port` can be one.

        Raises:
            UsageError: when it is no address.
        """
        parse_address(port)

    def probe(self, port: str) -> DongleReport:
        """Ask the dongle what it is, and let it begin anew.

        Raises:
            UsageError: when `port` is no address.
            EnvironmentFault: when no co-processor answers; says what does, and what to do.
        """
        parse_address(port)
        with closing(open_line(port)) as line:
            found = report(port, line)
            if found is not None:
                return found
            raise wrong(port, stranger(Asker(line)))

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
        return EzspSniffer(name, scheduler, heard)


EZSP: Final = EzspKind()
