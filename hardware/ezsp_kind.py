"""Dongles with EZSP firmware: `hanlab radio probe`, and `hanlab radio sniff --radio ezsp:PORT`."""

from collections.abc import Callable
from contextlib import closing
from typing import Final

from emulator.kernel.errors import EnvironmentFault
from emulator.kernel.scheduler import Scheduler
from emulator.lab.radios.kinds import DongleReport
from emulator.lab.radios.lines import HostedLine
from emulator.lab.sniffing.kinds import SniffedFrame, Sniffer
from hardware.ezsp.asking import EzspAsker, report
from hardware.ezsp.sniffer import EzspSniffer
from hardware.line.address import DEFAULT_BAUD, SerialAddress, parse_address
from hardware.line.byte_line import LineFault
from hardware.line.opening import open_line
from hardware.spinel.asking import NOTHING, Asker, Stranger, stranger, wrong
from hardware.spinel.properties import Property

_QUICK: Final = 0.6
"""Seconds that a restart may take at another baud rate."""


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
        address = parse_address(port)
        with closing(open_line(port)) as line:
            found = report(port, line)
            if found is not None:
                return found
            asker = Asker(line)
            if asker.ask(Property.PROTOCOL_VERSION, tries=1) is not None:
                raise wrong(port, _RADIO)
        if isinstance(address, SerialAddress) and address.baud == DEFAULT_BAUD:
            _try_other_bauds(port, address)
        with closing(open_line(port)) as line:
            found_there = stranger(Asker(line))
            raise wrong(port, _SILENT if found_there.what == NOTHING else found_there)

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
_OTHER_BAUDS: Final = (460_800, 230_400, 57_600)
"""What other images of common sticks are built for."""
_RADIO: Final = Stranger(
    "an OpenThread RCP dongle (Spinel), no network co-processor",
    "use it as spinel, or flash EmberZNet's NCP image",
)
_SILENT: Final = Stranger(
    NOTHING, "is it a network co-processor? flash EmberZNet's NCP image, or try another port"
)


def _try_other_bauds(port: str, address: SerialAddress) -> None:
    """Say at which baud rate a co-processor answers, if at one of those images are built for.

    Raises:
        EnvironmentFault: then.
    """
    for baud in _OTHER_BAUDS:
        try:
            with closing(open_line(f"{address.path}?baud={baud}&flow={address.flow}")) as line:
                answers = EzspAsker(line, limit=_QUICK, tries=1).reset()
        except LineFault:
            continue
        if answers:
            raise EnvironmentFault(
                f"{port}: answers at {baud} baud: use {address.path}?baud={baud}"
            )
