"""How a hub hears the devices in its log, as its objects tell it (GBCS CCS06, COSEM class 104)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from emulator.cosem.moments import date_time_octets
from emulator.gbcs_device.device_clock import DeviceClock
from emulator.gbcs_device.hub_device_log import HubDeviceLog, LinkStatistics
from emulator.kernel.identity import Eui64
from emulator.kernel.units import Instant
from emulator.zigbee.aps.primitives import ApsdeDataIndication

_LEVELS: Final = (-128, 127)
"""dBm that an attribute of eight bits can tell."""


@dataclass(slots=True)
class _Levels:
    """Highest, sum and lowest of what was measured."""

    highest: int
    total: int
    lowest: int

    def take(self, level: int) -> None:
        """Count one more measurement in."""
        self.highest = max(self.highest, level)
        self.lowest = min(self.lowest, level)
        self.total += level

    def told(self, count: int) -> tuple[int, int, int]:
        """Highest, average and lowest of so many."""
        return self.highest, round(self.total / count), self.lowest


@dataclass(slots=True)
class _Heard:
    """What was heard of a device since the hub has power."""

    count: int
    rssi: _Levels
    lqi: _Levels


class LinkWatch:
    """Notes in the device log how each message was heard, as the radio measured its last hop.

    What was heard is not kept without power. Status, hops, transmissions and versions are not
    known here, and told as 0.

    Args:
        log: of the hub, the same that its objects show.
        clock: of the hub.
    """

    accepts: ClassVar[tuple[type, ...]] = (ApsdeDataIndication,)
    deadline: Instant | None = None

    def __init__(self, log: HubDeviceLog, clock: DeviceClock) -> None:
        self._log = log
        self._clock = clock
        self._heard: dict[Eui64, _Heard] = {}

    def handle(self, event: ApsdeDataIndication, now: Instant) -> Sequence[object]:
        """Count a message in; of a device that is not in the log nothing is kept."""
        eui64 = event.source_eui64
        if eui64 is None:
            return ()
        if eui64 not in self._log.devices:
            self._heard.pop(eui64, None)
            return ()
        heard = self._counted(eui64, min(max(event.rssi, _LEVELS[0]), _LEVELS[1]), event.lqi)
        statistics = LinkStatistics(
            rssi=heard.rssi.told(heard.count),
            lqi=heard.lqi.told(heard.count),
            last_heard=date_time_octets(self._clock.moment(now)),
        )
        self._log.heard(eui64, statistics)
        return ()

    def wake(self, now: Instant) -> Sequence[object]:  # noqa: ARG002 - the one shape of machines
        """Nothing is ever due."""
        return ()

    def _counted(self, eui64: Eui64, rssi: int, lqi: int) -> _Heard:
        heard = self._heard.get(eui64)
        if heard is None:
            heard = _Heard(1, _Levels(rssi, rssi, rssi), _Levels(lqi, lqi, lqi))
            self._heard[eui64] = heard
            return heard
        heard.count += 1
        heard.rssi.take(rssi)
        heard.lqi.take(lqi)
        return heard
