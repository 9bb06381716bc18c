"""What a kind of dongle must offer to be listened with; group `hanlab.sniffers` has the kinds."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from emulator.kernel.scheduler import Scheduler
from emulator.lab.radios.kinds import DongleReport
from emulator.lab.radios.lines import HostedLine, Send
from emulator.radio.port import Channel


@dataclass(frozen=True, slots=True)
class SniffedFrame:
    """A frame as a dongle heard it.

    Args:
        psdu: with its FCS.
        rss: dBm.
        channel: where it was heard.
        radio_time: microseconds of the dongle's own clock when it ended; 0 where it has none.
    """

    psdu: bytes
    rss: int
    channel: Channel
    radio_time: int = 0


class Sniffer(Protocol):
    """A dongle that listens and sends nothing."""

    @property
    def troubles(self) -> str:
        """What went wrong and was mended, in words; empty when nothing did."""
        ...

    def attach(self, send: Send) -> None:
        """Send octets through `send`."""
        ...

    def receive(self, octets: bytes) -> None:
        """Take octets of the line; raises `EnvironmentFault` when the dongle cannot listen."""
        ...

    def tune(self, channel: Channel) -> None:
        """Listen on a channel from now on."""
        ...


class SnifferKind(Protocol):
    """A kind of dongle that can listen."""

    def check(self, port: str) -> None:
        """Whether `port` can be one; raises `UsageError` otherwise."""
        ...

    def probe(self, port: str) -> DongleReport:
        """What is there; raises `EnvironmentFault` when there is none that answers."""
        ...

    def line(self, port: str) -> HostedLine:
        """The line, open for nobody else; raises `EnvironmentFault` when it does not open."""
        ...

    def sniffer(
        self, name: str, scheduler: Scheduler, heard: Callable[[SniffedFrame], None]
    ) -> Sniffer:
        """One that tells `heard` of every frame with a right FCS."""
        ...
