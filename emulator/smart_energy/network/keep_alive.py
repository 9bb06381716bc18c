"""How a device watches its trust centre: reads of the Keep-Alive cluster (ZSE 1.4 5.4, 5.5.5.3).

The trust centre serves two attributes that say how often: a base in minutes and a jitter in
seconds. After so many failures in a row the trust centre counts as lost.
"""

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, Final

from emulator.kernel.streams import Stream
from emulator.kernel.units import Duration, Instant, later, minutes, seconds
from emulator.smart_energy.facts import KeepAliveMissed
from emulator.smart_energy.primitives import StartKeepAlive, StopKeepAlive, TrustCentreLost
from emulator.smart_energy.settings import KeepAliveSettings
from emulator.zcl.clusters.keep_alive import KEEP_ALIVE
from emulator.zcl.primitives import ReadAttributesConfirm, ReadAttributesRequest, ZclAddress
from emulator.zigbee.addresses import COORDINATOR, SMART_ENERGY_PROFILE, Endpoint
from emulator.zigbee.zdo.discovery_frames import MatchDescReq
from emulator.zigbee.zdo.primitives import ZdpConfirm, ZdpRequest

BASE: Final = 0x0000
JITTER: Final = 0x0001
BASES: Final = range(1, 0x100)
JITTERS: Final = range(0x10000)
"""Minutes and seconds that the attributes can stand for, whatever type a peer sends them as."""


class KeepAliveClient:
    """Reads the trust centre's Keep-Alive attributes from time to time."""

    accepts: ClassVar[tuple[type, ...]] = (
        StartKeepAlive,
        StopKeepAlive,
        ZdpConfirm,
        ReadAttributesConfirm,
    )

    def __init__(
        self,
        endpoint: Endpoint,
        settings: KeepAliveSettings,
        stream: Stream,
        handles: Iterator[int],
    ) -> None:
        self._endpoint = endpoint
        self._settings = settings
        self._stream = stream
        self._handles = handles
        self._server: Endpoint | None = None
        self._base = settings.base
        self._jitter = settings.jitter
        self._handle: int | None = None
        self._due: Instant | None = None
        self.failures = 0

    @property
    def deadline(self) -> Instant | None:
        """When to ask the trust centre next."""
        return self._due

    def handle(self, event: Any, now: Instant) -> Sequence[Any]:
        """Effects of `event`; answers to others' requests change nothing."""
        if isinstance(event, StartKeepAlive):
            self.failures = 0
            self._due = later(now, self._settings.first)
            return ()
        if isinstance(event, StopKeepAlive):
            self._due = self._handle = None
            return ()
        if event.handle != self._handle:
            return ()
        self._handle = None
        if isinstance(event, ZdpConfirm):
            return self._found(event, now)
        return self._answered(event, now)

    def wake(self, now: Instant) -> Sequence[Any]:  # noqa: ARG002 - the one shape of machines
        """Ask now."""
        self._due = None
        return self._ask()

    def _ask(self) -> Sequence[Any]:
        self._handle = next(self._handles)
        if self._server is None:
            match = MatchDescReq(COORDINATOR, SMART_ENERGY_PROFILE, (KEEP_ALIVE.id,), ())
            return (ZdpRequest(self._handle, COORDINATOR, match),)
        server = ZclAddress(COORDINATOR, self._server)
        read = ReadAttributesRequest(
            self._handle, server, self._endpoint, KEEP_ALIVE.id, (BASE, JITTER)
        )
        return (read,)

    def _found(self, event: ZdpConfirm, now: Instant) -> Sequence[Any]:
        endpoints = getattr(event.response, "endpoints", ())
        if not endpoints:
            return self._missed(now)
        self._server = Endpoint(endpoints[0])
        return self._ask()

    def _answered(self, event: ReadAttributesConfirm, now: Instant) -> Sequence[Any]:
        values = {result.attribute: result.value for result in event.results}
        base, jitter = values.get(BASE), values.get(JITTER)
        if not isinstance(base, int) or not isinstance(jitter, int):
            return self._missed(now)
        if base not in BASES or jitter not in JITTERS:
            return self._missed(now)
        self.failures = 0
        self._base, self._jitter = base, jitter
        self._plan(now)
        return ()

    def _missed(self, now: Instant) -> Sequence[Any]:
        self.failures += 1
        missed = KeepAliveMissed(self.failures)
        if self.failures >= self._settings.failures:
            return (missed, TrustCentreLost())
        self._plan(now)
        return (missed,)

    def _plan(self, now: Instant) -> None:
        spread = self._stream.duration(Duration(0), seconds(self._jitter))
        self._due = later(now, Duration(minutes(self._base) + spread))
