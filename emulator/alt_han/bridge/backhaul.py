"""The line between two ends: latency, jitter, loss, throughput, pieces, a queue, and outages."""

from collections.abc import Callable

from emulator.alt_han.bridge.facts import BackhaulDropped, BackhaulOutage
from emulator.alt_han.bridge.settings import BackhaulSettings
from emulator.kernel.scheduler import Scheduler
from emulator.kernel.streams import Streams
from emulator.kernel.trace import Trace
from emulator.kernel.units import Duration, Instant, later

_MICROSECONDS = 1_000_000
_SPREAD = 1_000
"""Steps in which the length of an outage is drawn."""


class Backhaul:
    """One direction of a line.

    Args:
        name: under which it stands in the trace.
        scheduler: whose time it takes.
        streams: what jitter, loss and outages are drawn from.
        trace: what is told of losses.
        settings: of the line.
    """

    def __init__(
        self,
        name: str,
        scheduler: Scheduler,
        streams: Streams,
        trace: Trace,
        settings: BackhaulSettings,
    ) -> None:
        self.settings = settings
        self._name = name
        self._scheduler = scheduler
        self._trace = trace
        self._stream = streams.stream(name, "backhaul")
        self._outages = streams.stream(name, "outages")
        self._free_at = scheduler.now
        self._arrived_at = scheduler.now
        self._waiting = 0
        self._out = False
        self._watched = False

    @property
    def out(self) -> bool:
        """Whether nothing gets through now."""
        return self._out

    def start(self) -> None:
        """Let outages happen from now on, if the settings have any."""
        if self.settings.outage_every and not self._watched:
            self._watched = True
            self._next_outage()

    def cut(self, *, out: bool) -> None:
        """Take the line away, or give it back: an outage that a scenario orders."""
        if out != self._out:
            self._out = out
            self._trace.add(self._scheduler.now, self._name, BackhaulOutage(out))

    def send(self, octets: int, deliver: Callable[[], object]) -> bool:
        """Carry a message of so many octets; `deliver` is called once it has arrived, if it does.

        Args:
            octets: how long it is.
            deliver: what happens at the other end.

        Returns:
            Whether it will arrive.
        """
        reason = self._lost(octets)
        if reason:
            self._trace.add(self._scheduler.now, self._name, BackhaulDropped(reason, octets))
            return False
        now = self._scheduler.now
        begun = max(now, self._free_at)
        self._free_at = later(Instant(begun), self._time_for(octets))
        jitter = self._stream.duration(Duration(0), self.settings.jitter)
        through = later(later(self._free_at, self.settings.latency), jitter)
        self._arrived_at = Instant(max(through, self._arrived_at))
        self._waiting += 1
        self._scheduler.at(self._arrived_at, lambda: self._deliver(deliver))
        return True

    def _deliver(self, deliver: Callable[[], object]) -> None:
        self._waiting -= 1
        deliver()

    def _pieces(self, octets: int) -> int:
        return max(1, -(-octets // self.settings.mtu))

    def _time_for(self, octets: int) -> Duration:
        carried = octets + self._pieces(octets) * self.settings.overhead
        return Duration(-(-carried * 8 * _MICROSECONDS // self.settings.throughput))

    def _lost(self, octets: int) -> str:
        if self._out:
            return "outage"
        if self._waiting >= self.settings.queue:
            return "queue full"
        pieces = range(self._pieces(octets))
        if self.settings.loss and any(self._stream.chance(self.settings.loss) for _ in pieces):
            return "lost"
        return ""

    def _next_outage(self) -> None:
        self._scheduler.after(self._drawn(self.settings.outage_every), self._begin_outage)

    def _begin_outage(self) -> None:
        self.cut(out=True)
        self._scheduler.after(self._drawn(self.settings.outage_length), self._end_outage)

    def _end_outage(self) -> None:
        self.cut(out=False)
        self._next_outage()

    def _drawn(self, mean: Duration) -> Duration:
        """A time around the mean: evenly from half of it to half as much again."""
        return Duration(mean // 2 + mean * self._outages.integer(0, _SPREAD) // _SPREAD)
