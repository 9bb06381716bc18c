"""One dongle that listens: what it hears of one's own network is kept, handed on and told."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from emulator.kernel.scheduler import Scheduler
from emulator.kernel.units import NEVER, Duration, Instant, later, milliseconds
from emulator.lab.captures.frame import CapturedFrame
from emulator.lab.radios.paced_clock import PacedClock
from emulator.lab.sniffing.channels import DWELL
from emulator.lab.sniffing.frame_clock import FrameClock
from emulator.lab.sniffing.kinds import SniffedFrame, SnifferKind
from emulator.lab.sniffing.outlets import Outlet
from emulator.lab.sniffing.own_network import OwnNetwork
from emulator.radio.capture import CaptureKey, heading, packet_block, tap_header
from emulator.radio.fcs import FCS_SIZE
from emulator.radio.port import Channel
from emulator.radio.settings import ReceiverSettings

COMMENT: Final = "heard on the air by hanlab radio sniff"
_RECEIVER: Final = ReceiverSettings()
_LOOK: Final[Duration] = milliseconds(200)
"""How often it looks whether it is to end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listening:
    """How one listens.

    Args:
        port: of the dongle.
        channels: one after the other, again and again.
        dwell: how long on each.
        duration: after which it ends; None for until it is stopped.
        frames: kept frames after which it ends; None for any number.
    """

    port: str
    channels: Sequence[Channel]
    dwell: Duration = DWELL
    duration: Duration | None = None
    frames: int | None = None


class Sniff:
    """Listens until it is stopped.

    Args:
        listening: where, and for how long.
        kind: of dongle.
        own: which frames are kept.
        outlets: where they are kept; at least one may be gone before it ends.
        began: microseconds since 1970 at which it begins.
    """

    def __init__(
        self,
        listening: Listening,
        kind: SnifferKind,
        own: OwnNetwork,
        outlets: Sequence[Outlet],
        began: int,
    ) -> None:
        self.kept = 0
        self.passed_over = 0
        """Frames of networks that are not one's own."""
        self.own = own
        self._listening = listening
        self._outlets = list(outlets)
        self._needed = bool(outlets)
        self._clock = PacedClock()
        self.scheduler = Scheduler(self._clock)
        self._moments = FrameClock(began)
        self._tell: Callable[[CapturedFrame], None] | None = None
        self._sniffer = kind.sniffer(listening.port, self.scheduler, self._heard)
        send = self._clock.open("sniffer", lambda: kind.line(listening.port), self._sniffer.receive)
        self._sniffer.attach(send)

    @property
    def troubles(self) -> str:
        """What went wrong on the line and was mended."""
        return self._sniffer.troubles

    def tell(self, listener: Callable[[CapturedFrame], None]) -> None:
        """Tell `listener` of every frame that is kept."""
        self._tell = listener

    def begin(self, keys: Sequence[CaptureKey] = ()) -> None:
        """Begin the capture; `keys` stand in it, for whoever reads it."""
        self._hand_on(heading(COMMENT, self._listening.port, keys))

    def run(self) -> None:
        """Listen until the time is over, enough was kept, or nobody takes the capture any more.

        Raises:
            EnvironmentFault: when the dongle is pulled out or cannot listen; the capture is whole.
            KeyboardInterrupt: on Ctrl-C; the capture is whole.
        """
        self._tune(0)
        self.scheduler.after(_LOOK, self._look)
        duration = self._listening.duration
        end = NEVER if duration is None else later(self.scheduler.now, duration)
        self.scheduler.run(Instant(end), stop=self._over)

    def close(self) -> None:
        """Release the dongle, and end every outlet."""
        self._clock.close()
        for each in self._outlets:
            each.close()

    def _tune(self, place: int) -> None:
        channels = self._listening.channels
        self._sniffer.tune(channels[place])
        if len(channels) > 1:
            following = (place + 1) % len(channels)
            self.scheduler.after(self._listening.dwell, lambda: self._tune(following))

    def _look(self) -> None:
        """Something happens now and then, so that an end is noticed in silence, too."""
        self.scheduler.after(_LOOK, self._look)

    def _over(self) -> bool:
        frames = self._listening.frames
        enough = frames is not None and self.kept >= frames
        return enough or (self._needed and not self._outlets)

    def _heard(self, frame: SniffedFrame) -> None:
        if self._over():
            return
        if not self.own.takes(frame.psdu[:-FCS_SIZE]):
            self.passed_over += 1
            return
        self.kept += 1
        at = self._moments.moment(self.scheduler.now, frame.radio_time)
        header = tap_header(frame.channel, frame.rss, _RECEIVER)
        self._hand_on(packet_block(at, header + frame.psdu))
        if self._tell is not None:
            psdu, fcs = frame.psdu[:-FCS_SIZE], frame.psdu[-FCS_SIZE:]
            self._tell(CapturedFrame(self.kept, at, psdu, fcs, frame.channel, frame.rss))

    def _hand_on(self, octets: bytes) -> None:
        for each in tuple(self._outlets):
            if not each.write(octets):
                self._outlets.remove(each)
                each.close()
