"""Captured frames put on the air of an emulated home, and what became of each of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import islice
from typing import Any, Final

from emulator.kernel.errors import WireError
from emulator.kernel.trace import Record, Trace
from emulator.kernel.units import NEVER, Duration, Instant, later, milliseconds
from emulator.lab.captures.frame import CapturedFrame
from emulator.lab.captures.rewriting import FrameRewriter
from emulator.lab.lab import Lab
from emulator.radio.acknowledgement import acknowledges, is_acknowledgement
from emulator.radio.air import Transmission
from emulator.radio.fcs import with_fcs
from emulator.radio.port import Channel
from emulator.smart_energy.facts import JoinRefused
from emulator.zigbee.aps.facts import ApsDuplicate, ApsProtocolViolation
from emulator.zigbee.facts import FrameDropped, MalformedFrame
from emulator.zigbee.mac.frames import FrameType, MacFrame
from emulator.zigbee.nwk.facts import ChildRefused

PLACE: Final = "replay"
"""Where the frames come from, as links know it."""
_REFUSALS: Final = (
    FrameDropped,
    MalformedFrame,
    ApsDuplicate,
    ApsProtocolViolation,
    ChildRefused,
    JoinRefused,
)
_SHORTEST: Final = 3
"""Octets of the shortest frame: frame control and sequence number."""
HANDED_UP: Final = milliseconds(1)
"""A radio hands a frame up once it has acknowledged it, after 544 us; answers come later."""
GAP: Final = milliseconds(15)
"""From one frame to the next: longer than the longest with its acknowledgement and an answer."""


class Fate(Enum):
    """What became of a frame."""

    REFUSED = "refused"
    """A device stated that a rule forbids to act on it."""
    TAKEN = "taken"
    """A device acknowledged it, and nothing of the home refused it."""
    UNHEARD = "unheard"
    """Nobody acknowledged it: it was for no device of the home, or for everybody."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """One frame that was put on the air.

    Args:
        frame: as captured.
        sent: octets without FCS as they were sent.
        fate: what became of it.
        reason: of the refusal, and whose it is.
        protected: whether it carries data, which in this network is always protected.
    """

    frame: CapturedFrame
    sent: bytes
    fate: Fate
    reason: str
    protected: bool


class _Sender:
    """A place on the air that sends what it is told, and hears nothing."""

    def __init__(self, lab: Lab) -> None:
        self.name = PLACE
        self.listening_since: Instant = NEVER
        self._air = lab.air
        lab.air.attach(self)

    def accepts(self, psdu: bytes) -> bool:
        """It hears nothing."""
        return not psdu

    def hear(self, psdu: bytes, rss: int, success: float = 1.0) -> None:
        """It hears nothing."""

    def sent(self) -> None:
        """What it sent is over."""

    def send(self, psdu: bytes, channel: Channel) -> None:
        """Send octets now, without listening first."""
        self._air.tune(self, channel)
        self._air.transmit(self, channel, with_fcs(psdu))


class Replayer:
    """Puts frames on the air one after the other.

    Args:
        lab: whose home hears them.
        channel: on which the home is.
        rewriter: makes them new; None sends them exactly as they were.
    """

    def __init__(self, lab: Lab, channel: Channel, rewriter: FrameRewriter | None) -> None:
        self._lab = lab
        self._channel = channel
        self._rewriter = rewriter
        self._sender = _Sender(lab)
        self._acknowledged = False
        self._sent = b""
        self._over = lab.scheduler.now
        lab.air.listen(self._heard)

    def replay(self, frames: Sequence[CapturedFrame]) -> Iterator[Replayed]:
        """Send every frame, and tell what became of it before the next."""
        for frame in frames:
            yield self._one(frame)

    def _one(self, frame: CapturedFrame) -> Replayed:
        psdu = frame.psdu if self._rewriter is None else self._rewriter.rewritten(frame.psdu)
        self._sent, self._acknowledged = psdu, False
        scheduler = self._lab.scheduler
        begin = len(self._lab.trace.records)
        self._sender.send(psdu, self._channel)
        scheduler.run(later(scheduler.now, Duration(GAP)))
        refusal = next(_refusals(self._lab.trace, begin, self._over), None)
        fate = Fate.UNHEARD
        if refusal is not None:
            fate = Fate.REFUSED
        elif self._acknowledged:
            fate = Fate.TAKEN
        return Replayed(frame, psdu, fate, _told(refusal), _protected(psdu))

    def _heard(self, transmission: Transmission) -> None:
        psdu = transmission.psdu_with_fcs
        if transmission.sender == PLACE:
            self._over = later(transmission.start, transmission.duration)
        if transmission.sender == PLACE or len(self._sent) < _SHORTEST:
            return
        if is_acknowledgement(psdu) and acknowledges(psdu, self._sent):
            self._acknowledged = True


def _refusals(trace: Trace, begin: int, over: Instant) -> Iterator[Record]:
    """Refusals of the frame itself; later ones are of what devices answered to it."""
    latest = later(over, HANDED_UP)
    return (
        each
        for each in islice(trace.records, begin, None)
        if each.at <= latest and isinstance(each.fact, _REFUSALS)
    )


def _told(record: Record | None) -> str:
    if record is None:
        return ""
    fact: Any = record.fact
    reason = getattr(fact, "reason", "") or fact.kind.replace("_", " ")
    return f"{reason} ({record.node})"


def _protected(psdu: bytes) -> bool:
    return psdu[:1] != b"" and psdu[0] & 0x07 == FrameType.DATA and len(psdu) >= _SHORTEST


def pan_of(psdu: bytes) -> int | None:
    """The PAN that a frame is for, or from where it names no other; None of what names none."""
    try:
        frame = MacFrame.decode(psdu)
    except WireError:
        return None
    return frame.destination_pan if frame.destination_pan is not None else frame.source_pan
