"""When a device looks for a network again, and which one it tries (ZSE 1.4 5.5.5.1)."""

from collections import Counter
from collections.abc import Sequence

from emulator.kernel.streams import Stream
from emulator.kernel.units import Duration, Instant, later
from emulator.smart_energy.settings import JoinerSettings
from emulator.zigbee.addresses import ExtendedPanId
from emulator.zigbee.nwk.primitives import NetworkDescriptor


class Candidates:
    """The networks of one scan that are still worth a try, best first."""

    def __init__(self, settings: JoinerSettings) -> None:
        self._settings = settings
        self._tries: Counter[ExtendedPanId] = Counter()
        self._barred: set[ExtendedPanId] = set()
        self._since_scan = 0
        self._heard: tuple[NetworkDescriptor, ...] = ()

    def heard(self, networks: Sequence[NetworkDescriptor]) -> None:
        """Start over with what a new scan heard."""
        self._heard = tuple(network for network in networks if network.permit_joining)
        self._since_scan = 0
        self._tries.clear()

    def bar(self, network: ExtendedPanId) -> None:
        """Never try this network again: it refused us for good."""
        self._barred.add(network)

    def unbar(self) -> None:
        """Every network may be tried again."""
        self._barred.clear()

    def take(self) -> ExtendedPanId | None:
        """The next network to join, and count the try; None when another scan is due first."""
        if self._since_scan >= self._settings.joins_before_scan:
            return None
        for network in self._heard:
            name = network.extended_pan_id
            if name not in self._barred and self._tries[name] < self._settings.same_network_joins:
                self._tries[name] += 1
                self._since_scan += 1
                return name
        return None


def next_round(settings: JoinerSettings, stream: Stream, began: Instant, now: Instant) -> Instant:
    """When the next round of scans begins: about every minute at first, later about every hour."""
    if now - began < settings.retry_phase:
        pause, jitter = settings.retry, settings.retry_jitter
    else:
        pause, jitter = settings.slow_retry, settings.slow_retry_jitter
    return later(now, stream.duration(Duration(pause - jitter), Duration(pause + jitter)))
