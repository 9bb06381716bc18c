"""The SM WAN between the DCC and hubs: coverage, latency, loss, outages and maintenance (SEC H8).

What a hub has is the truth; what the coverage database says about it is another thing
(`emulator.dcc.wan_coverage`).
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from typing import Final

from emulator.dcc.facts import WanMessageLost
from emulator.dcc.primitives import (
    DistributeImage,
    HubHeard,
    PowerLost,
    Unreachable,
    WanDown,
    WanUp,
)
from emulator.dcc.settings import WanSettings
from emulator.kernel.errors import LocalError
from emulator.kernel.identity import Eui64, format_eui64
from emulator.kernel.scheduler import Scheduler
from emulator.kernel.streams import Stream
from emulator.kernel.trace import Trace
from emulator.kernel.units import Calendar, Duration, Instant

_NODE: Final = "SM WAN"

Deliver = Callable[[bytes], None]
DeliverImage = Callable[[Eui64, bytes], None]
"""Gives a hub an image file for a device."""


@dataclass(frozen=True, slots=True)
class Window:
    """A maintenance window, every day (SEC H8.3: from 20:00 to 08:00).

    Args:
        start: UTC.
        end: UTC; before the start for a window over midnight.
    """

    start: time
    end: time

    def holds(self, moment: datetime) -> bool:
        """Whether a moment lies in it."""
        at = moment.time()
        if self.start <= self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end


@dataclass(frozen=True, slots=True)
class _Hub:
    """A hub on the SM WAN.

    Args:
        deliver: gives it a message.
        images: gives it an image; None for a hub that takes none.
        covered: whether there is coverage where it is.
        off_since: when it lost its power; None while it is on.
    """

    deliver: Deliver
    images: DeliverImage | None = None
    covered: bool = True
    off_since: Instant | None = None


@dataclass(slots=True, kw_only=True)
class SmWan:
    """The SM WAN; an object on the scheduler, to which hubs connect.

    Args:
        post: gives the DCC what comes up.
        stream: for latency and loss.
        outage: whether the whole of it is down.
        maintenance: windows in which nothing goes through.
    """

    scheduler: Scheduler
    trace: Trace
    calendar: Calendar
    post: Callable[[object], None]
    stream: Stream
    settings: WanSettings = field(default_factory=WanSettings)
    outage: bool = False
    maintenance: tuple[Window, ...] = ()
    _hubs: dict[Eui64, _Hub] = field(default_factory=dict)

    def connect(
        self,
        hub: Eui64,
        deliver: Deliver,
        *,
        images: DeliverImage | None = None,
        covered: bool = True,
    ) -> None:
        """Let a hub take part; with coverage the DCC hears of it at once.

        Args:
            hub: its CHF.
            deliver: gives it a message from the DCC.
            images: gives it an image for a device; None for a hub that takes none.
            covered: whether there is coverage where it is.
        """
        self._hubs[hub] = _Hub(deliver, images, covered)
        self._announce(hub)

    def disconnect(self, hub: Eui64) -> None:
        """Take a hub off, as when it loses its power; what is under way to it is lost.

        When it stays off, the DCC hears of an outage.
        """
        known, since = self._known(hub), self.scheduler.now
        if known.off_since is not None:
            return
        self._hubs[hub] = replace(known, off_since=since)

        def tell() -> None:
            if self._hubs[hub].off_since == since:
                self.post(PowerLost(hub, since))

        self.scheduler.after(self.settings.outage_after, tell)

    def cover(self, hub: Eui64, *, covered: bool) -> None:
        """Give a hub coverage, or take it away.

        Raises:
            LocalError: when it never connected.
        """
        self._hubs[hub] = replace(self._known(hub), covered=covered)
        self._announce(hub)

    def reachable(self, hub: Eui64) -> bool:
        """Whether a message would go through now."""
        known = self._hubs.get(hub)
        return known is not None and known.covered and known.off_since is None and not self._down

    def up(self, hub: Eui64, octets: bytes) -> None:
        """A message of a hub for the DCC."""
        if not self.reachable(hub):
            self._lose(hub, "no contact", upward=True)
            return
        self._travel(hub, lambda: self.post(WanUp(hub, octets)), upward=True)

    def down(self, sent: WanDown) -> None:
        """A message of the DCC for a device behind a hub."""
        if not self.reachable(sent.hub):
            self._lose(sent.hub, "no contact", upward=False)
            self.post(Unreachable(sent.hub, sent.octets))
            return
        self._travel(sent.hub, lambda: self._arrive(sent), upward=False)

    def distribute(self, sent: DistributeImage) -> None:
        """An image of the DCC for a device behind a hub; without contact it is lost."""
        known = self._hubs.get(sent.hub)
        deliver = None if known is None else known.images
        if deliver is None or not self.reachable(sent.hub):
            self._lose(sent.hub, "no contact", upward=False)
            return
        hand_over = deliver
        self._travel(sent.hub, lambda: hand_over(sent.device, sent.octets), upward=False)

    def _arrive(self, sent: WanDown) -> None:
        hub = self._hubs[sent.hub]
        if self.reachable(sent.hub):
            hub.deliver(sent.octets)
        else:
            self._lose(sent.hub, "contact lost on the way", upward=False)

    def _travel(self, hub: Eui64, arrive: Callable[[], None], *, upward: bool) -> None:
        latency = self._latency()
        if self.stream.chance(self.settings.loss):
            self._lose(hub, "lost", upward=upward)
            return
        self.scheduler.after(latency, arrive)

    def _latency(self) -> Duration:
        return self.stream.duration(self.settings.shortest, self.settings.longest)

    def _announce(self, hub: Eui64) -> None:
        if self.reachable(hub):
            self.scheduler.after(self._latency(), lambda: self.post(HubHeard(hub)))

    def _lose(self, hub: Eui64, reason: str, *, upward: bool) -> None:
        self.trace.add(self.scheduler.now, _NODE, WanMessageLost(hub, upward, reason))

    def _known(self, hub: Eui64) -> _Hub:
        known = self._hubs.get(hub)
        if known is None:
            raise LocalError(f"hub {format_eui64(hub)} never connected to the SM WAN")
        return known

    @property
    def _down(self) -> bool:
        moment = self.calendar.moment(self.scheduler.now)
        return self.outage or any(window.holds(moment) for window in self.maintenance)
