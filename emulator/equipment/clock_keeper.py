"""A meter keeps its clock in step with the hub's between commands (GBCS 9.1).

It reads the hub's Time cluster about once a day. The hub tells whole seconds, and its answer takes
time, so a clock is wrong only by what neither explains. What is wrong by no more than the tolerance
is put right without a word (Honeywell AS302P manual, 26: no event up to 10 s); more is left, told
with alert 0x8F0C (GBCS 16.2), and the clock trusted no more. One that is not trusted waits for the
command that sets it (GBCS 9.1.3, ECS70 and GCS28). That only a trusted clock is compared, and that
a hub's TimeStatus must name it master or synchronised, is unverified.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from emulator.equipment.facts import ClockCompared
from emulator.gbcs.asn1.codes import DeviceTimeStatus
from emulator.gbcs_device.device_clock import DeviceClock
from emulator.gbcs_device.primitives import HubTimeCompared
from emulator.gbcs_device.remote_party_machine import RemotePartyMachine
from emulator.kernel.streams import Stream
from emulator.kernel.units import Duration, Instant, later
from emulator.metering.drifting_clock import DriftingClock
from emulator.smart_energy.device import Applications, Boot
from emulator.smart_energy.settings import ClockSettings
from emulator.zcl.clock_server import MASTER, TIME_STATUS, UTC_TIME
from emulator.zcl.clusters.time import TIME
from emulator.zcl.primitives import ReadAttributesConfirm, ReadAttributesRequest, ZclAddress
from emulator.zigbee.addresses import COORDINATOR, SMART_ENERGY_PROFILE, Endpoint
from emulator.zigbee.zdo.discovery_frames import MatchDescReq
from emulator.zigbee.zdo.primitives import ZdpConfirm, ZdpRequest

SYNCHRONISED: Final = 0x02
"""TimeStatus bit: this clock follows the network's master (ZCL8 3.12.2.2.2)."""
_SECOND: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Asks:
    """How a meter asks for the hub's time.

    Args:
        endpoint: of the meter, from which it asks.
        settings: how often, and how far a clock is set.
        stream: spreads the comparisons of several meters.
        handles: for requests.
    """

    endpoint: Endpoint
    settings: ClockSettings
    stream: Stream
    handles: Iterator[int]


class ClockKeeper:
    """Compares one meter's clock with the hub's.

    Args:
        meter: its own time.
        clock: how far it is trusted.
        asks: how it asks.
        now: when its device got power.
    """

    accepts: ClassVar[tuple[type, ...]] = (ZdpConfirm, ReadAttributesConfirm)

    def __init__(self, meter: DriftingClock, clock: DeviceClock, asks: Asks, now: Instant) -> None:
        self._meter = meter
        self._clock = clock
        self._asks = asks
        self._server: Endpoint | None = None
        self._handle: int | None = None
        self._asked = 0
        self.deadline: Instant | None = self._tomorrow(now)

    def handle(self, event: Any, now: Instant) -> Sequence[Any]:
        """Effects of `event`; answers to others' requests change nothing."""
        if event.handle != self._handle:
            return ()
        self._handle = None
        return self._found(event, now) if isinstance(event, ZdpConfirm) else self._read(event, now)

    def wake(self, now: Instant) -> Sequence[Any]:
        """Ask the hub, if the clock is one that may be compared."""
        if self.deadline is None or now < self.deadline:
            return ()
        self.deadline = self._tomorrow(now)
        return self._ask(now) if self._trusted() else ()

    def _ask(self, now: Instant) -> Sequence[Any]:
        self._handle = next(self._asks.handles)
        if self._server is None:
            match = MatchDescReq(COORDINATOR, SMART_ENERGY_PROFILE, (TIME.id,), ())
            return (ZdpRequest(self._handle, COORDINATOR, match),)
        self._asked = self._meter.own(now)
        server = ZclAddress(COORDINATOR, self._server)
        asked = (UTC_TIME, TIME_STATUS)
        return (ReadAttributesRequest(self._handle, server, self._asks.endpoint, TIME.id, asked),)

    def _found(self, event: ZdpConfirm, now: Instant) -> Sequence[Any]:
        endpoints = getattr(event.response, "endpoints", ())
        if not endpoints:
            return self._again("no answer", now)
        self._server = Endpoint(endpoints[0])
        return self._ask(now)

    def _read(self, event: ReadAttributesConfirm, now: Instant) -> Sequence[Any]:
        values = {result.attribute: result.value for result in event.results}
        said, status = values.get(UTC_TIME), values.get(TIME_STATUS)
        if not isinstance(status, int) or UTC_TIME not in values:
            return self._again("no answer", now)
        if not isinstance(said, int) or not status & (MASTER | SYNCHRONISED):
            return self._again("hub without time", now)
        if not self._trusted():
            return ()
        return self._compare(said * _SECOND, now)

    def _compare(self, said: int, now: Instant) -> Sequence[Any]:
        """Set the clock by as much as it is surely wrong."""
        slow, fast = said - self._meter.own(now), self._asked - (said + _SECOND - 1)
        move = slow if slow > 0 else -max(fast, 0)
        if not move:
            return (ClockCompared("in step"),)
        accepted = abs(move) <= self._asks.settings.tolerance
        if not accepted:
            self._clock.distrust()
        outcome = "adjusted" if accepted else "outside tolerance"
        return (ClockCompared(outcome, move), HubTimeCompared(move, accepted))

    def _again(self, outcome: str, now: Instant) -> Sequence[Any]:
        # another hub may serve its time elsewhere
        self._server = None
        self.deadline = later(now, self._asks.settings.retry)
        return (ClockCompared(outcome),)

    def _trusted(self) -> bool:
        return self._clock.status == DeviceTimeStatus.RELIABLE

    def _tomorrow(self, now: Instant) -> Instant:
        sooner = self._asks.stream.duration(Duration(0), self._asks.settings.spread)
        return later(now, Duration(self._asks.settings.every - sooner))


def keeps_time(
    fitted: Applications, boot: Boot, meter: DriftingClock, endpoint: Endpoint, room: ClockSettings
) -> Applications:
    """The applications of a meter, whose clock follows the hub's where remote parties set it.

    Args:
        fitted: without that.
        boot: of the device.
        meter: its clock.
        endpoint: from which it asks.
        room: how often, and how far it is set.
    """
    remote = fitted.persistent.get("remote_parties")
    if not isinstance(remote, RemotePartyMachine):
        return fitted
    asks = Asks(endpoint, room, boot.stream("clock"), boot.handles)
    keeper = ClockKeeper(meter, remote.clock, asks, boot.surroundings.scheduler.now)
    return fitted.beside(Applications((keeper,)))
