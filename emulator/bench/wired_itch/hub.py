"""An emulated wired ITCH: a home behind its hub, reached by the wire and by nothing else."""

from collections.abc import Sequence
from select import select
from time import monotonic
from typing import Final

from emulator.bench.gfi_line.line_desk import DeskEffect, LineDesk, Odd, ToHome, ToLine
from emulator.bench.gfi_line.served_home import ServedHome
from emulator.bench.gfi_line.server import Tally, Teller
from emulator.bench.gfi_line.wire_settings import USUAL, WireSettings
from emulator.kernel.errors import LocalError
from emulator.kernel.units import Duration, seconds
from emulator.lab.radios.lines import HostedLine

WAN_DISABLED: Final = (
    "the SM WAN of this hub is disabled: it is an ITCH, spoken to over its wire "
    "(ETAD Appendix J 17.1)"
)
_TICK: Final = 0.1
"""Seconds of wall clock by which the home's clock lags behind while nobody speaks."""
_WIRE: Final = 1


class WiredItch:
    """Serves a home on one wire.

    Args:
        home: that has joined.
        line: the hub's end of the wire; closed at the end.
        tell: told what was left aside.
        settings: of the wire.
    """

    def __init__(
        self,
        home: ServedHome,
        line: HostedLine,
        tell: Teller,
        settings: WireSettings = USUAL,
    ) -> None:
        self.tally = Tally()
        self._home = home
        self._line = line
        self._tell = tell
        self._settings = settings
        self._desk = LineDesk()
        self._desk.opened(_WIRE)

    def connect_wan(self) -> None:
        """Connect to the SM WAN, as any other hub does.

        Raises:
            LocalError: always; says why.
        """
        raise LocalError(WAN_DISABLED)

    def serve(self, *, until: float | None = None) -> None:
        """Serve until Ctrl-C.

        Args:
            until: seconds of wall clock after which it ends; None for never.

        Raises:
            EnvironmentFault: when the wire fails.
        """
        began = before = monotonic()
        while until is None or monotonic() - began < until:
            self._once()
            now = monotonic()
            self._home.wait(Duration(int(min(now - before, 1.0) * seconds(1))))
            before = now
            self._up()

    def close(self) -> None:
        """Release the wire."""
        self._line.close()

    def _once(self) -> None:
        descriptor = self._line.fileno()
        waiting = (descriptor,) if self._line.unsent else ()
        readable, writable, _ = select((descriptor,), waiting, (), _TICK)
        if writable:
            self._line.flush()
        if readable:
            self._do(self._desk.received(_WIRE, self._line.read()))

    def _do(self, effects: Sequence[DeskEffect]) -> None:
        for effect in effects:
            match effect:
                case ToHome(octets, recipient):
                    self.tally.down += 1
                    self._home.give(octets, recipient)
                    self._up()
                case ToLine(_, octets):
                    self.tally.up += 1
                    self._line.write(self._settings.framed(octets))
                case Odd(_, reason):
                    self.tally.odd += 1
                    self._tell(f"left aside: {reason}")

    def _up(self) -> None:
        for octets in self._home.take():
            self._do(self._desk.came_up(octets))
