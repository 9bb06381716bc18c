"""Which message goes down to the home, and on which lines what comes up is told; no socket.

A response goes to the line that its command came from; an alert, and what answers nothing that came
by a line, goes to all. What is no frame is left aside and told: it never ends a line.
"""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from emulator.bench.gfi_line.settings import USUAL, GfiLineSettings
from emulator.gbcs.block_exchange import is_block
from emulator.gbcs.block_transfer import RoutedBlock
from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.gfi import MAXIMUM_OCTETS, GfiDecoder, GfiFault, GfiFrame, encode_gfi
from emulator.kernel.errors import WireError
from emulator.kernel.identity import Eui64

Line = int
"""The number of a connection."""


@dataclass(frozen=True, slots=True)
class ToHome:
    """A message for the home, and the device it names; None when nobody can tell."""

    octets: bytes
    recipient: Eui64 | None


@dataclass(frozen=True, slots=True)
class ToLine:
    """Octets for one line."""

    line: Line
    octets: bytes


@dataclass(frozen=True, slots=True)
class Odd:
    """Something that was left aside, in words; no line in particular when it is None."""

    line: Line | None
    reason: str


DeskEffect: TypeAlias = ToHome | ToLine | Odd


@dataclass(frozen=True, slots=True)
class _Heading:
    """What tells which command a message answers."""

    cra: Cra
    device: Eui64
    party: Eui64
    counter: int

    @property
    def key(self) -> tuple[Eui64, Eui64, int]:
        """The same for a command and its answer."""
        return self.device, self.party, self.counter


class LineDesk:
    """The lines in front of one home.

    Args:
        settings: bounds.
    """

    def __init__(self, settings: GfiLineSettings = USUAL) -> None:
        self._settings = settings
        self._decoders: dict[Line, GfiDecoder] = {}
        self._senders: OrderedDict[tuple[Eui64, Eui64, int], Line] = OrderedDict()

    @property
    def lines(self) -> Sequence[Line]:
        """Those that are open, the oldest first."""
        return tuple(self._decoders)

    def opened(self, line: Line) -> None:
        """A line is there."""
        self._decoders[line] = GfiDecoder()

    def closed(self, line: Line) -> Sequence[DeskEffect]:
        """A line is gone; half a line that it left is told."""
        decoder = self._decoders.pop(line, None)
        for key in [key for key, sender in self._senders.items() if sender == line]:
            del self._senders[key]
        if decoder is None or not decoder.pending:
            return ()
        return (Odd(line, f"it ended within a line, after {decoder.pending} octets of it"),)

    def received(self, line: Line, octets: bytes) -> Sequence[DeskEffect]:
        """What follows from octets of a line, however they are cut."""
        decoder = self._decoders.get(line)
        if decoder is None:
            return ()
        return tuple(self._taken(line, each) for each in decoder.feed(octets))

    def came_up(self, octets: bytes) -> Sequence[DeskEffect]:
        """What is told of a message, or of a block of one, that the home sent."""
        if len(octets) > MAXIMUM_OCTETS:
            return (Odd(None, f"{len(octets)} octets came up: more than a line holds"),)
        heading = _heading(octets, upward=True)
        frame = encode_gfi(GfiFrame(octets))
        if heading is not None and heading.cra is Cra.RESPONSE:
            sender = self._senders.get(heading.key)
            if sender is not None:
                return (ToLine(sender, frame),)
        return tuple(ToLine(line, frame) for line in self._decoders)

    def _taken(self, line: Line, found: GfiFrame | GfiFault) -> DeskEffect:
        if isinstance(found, GfiFault):
            return Odd(line, f"octet {found.offset}: {found.reason}")
        heading = _heading(found.octets, upward=False)
        if heading is None:
            return ToHome(found.octets, None)
        self._senders[heading.key] = line
        self._senders.move_to_end(heading.key)
        while len(self._senders) > self._settings.commands:
            self._senders.popitem(last=False)
        return ToHome(found.octets, heading.device)


def _heading(octets: bytes, *, upward: bool) -> _Heading | None:
    """Who speaks to whom, and of which command; None when the octets are no message."""
    try:
        if is_block(octets):
            route = RoutedBlock.decode(octets).route
            ends, cra, counter = (route.originator, route.recipient), route.cra, route.counter
        else:
            message = Message.decode(octets)
            ends = (message.originator, message.recipient)
            cra, counter = message.cra, message.counter
    except WireError:
        return None
    device, party = ends if upward else ends[::-1]
    return _Heading(cra, device, party, counter)
