"""The hub as network manager moves its network to a quieter channel (R22 Annex E).

It looks when too many of its own frames fail, when a router reports that its do, or when told to.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, Final

from emulator.kernel.units import Duration, Instant, hours
from emulator.radio.bands import Band, band_of
from emulator.radio.port import Channel
from emulator.smart_energy.facts import ChannelChangeOrdered, ChannelKept, ChannelsMeasured
from emulator.smart_energy.network.lasting_failures import LastingFailures
from emulator.smart_energy.primitives import ChangeChannel
from emulator.smart_energy.settings import AgilitySettings
from emulator.zigbee.addresses import BROADCAST_RX_ON
from emulator.zigbee.nwk.primitives import (
    NlmeChannelRequest,
    NlmeEnergyScanConfirm,
    NlmeEnergyScanRequest,
    NlmeTransmitFailures,
)
from emulator.zigbee.nwk.tables.nib import Nib
from emulator.zigbee.nwk.tables.transmit_counters import ENOUGH, FAILING_SHARE
from emulator.zigbee.zdo.management_frames import CHANGE_CHANNEL, MgmtNwkUpdateReq
from emulator.zigbee.zdo.network_updates import mask_of
from emulator.zigbee.zdo.primitives import NetworkUpdateNotified, ZdpRequest

_WEEK: Final = hours(7 * 24)
Channels = Mapping[Band, tuple[Channel, ...]]


class FrequencyAgility:
    """Decides about the channel of each band; one assessment at a time.

    Args:
        settings: what is worth a change.
        channels: where the network may be, by band.
        nib: where it is.
        handles: the node's one count of handles.
    """

    accepts: ClassVar[tuple[type, ...]] = (
        NlmeTransmitFailures,
        NetworkUpdateNotified,
        NlmeEnergyScanConfirm,
        ChangeChannel,
    )
    deadline: Instant | None = None

    def __init__(
        self, settings: AgilitySettings, channels: Channels, nib: Nib, handles: Iterator[int]
    ) -> None:
        self._settings = settings
        self._failures = LastingFailures(settings.lasting)
        self._channels = channels
        self._nib = nib
        self._handles = handles
        self._scan: int | None = None
        self._levels: dict[Channel, int] = {}
        self._left = 0
        self._band = Band.GHZ_2_4
        self._moved: list[Instant] = []
        self._events: Mapping[type, Callable[[Any, Instant], Sequence[Any]]] = {
            NlmeTransmitFailures: self._failing,
            NetworkUpdateNotified: self._notified,
            NlmeEnergyScanConfirm: self._measured,
            ChangeChannel: self._told,
        }

    def handle(self, event: Any, now: Instant) -> Sequence[Any]:
        """Effects of a sign of interference, a measurement or an order."""
        return self._events[type(event)](event, now)

    def wake(self, now: Instant) -> Sequence[Any]:  # noqa: ARG002 - the one shape of machines
        """Nothing is ever due."""
        return ()

    def _told(self, order: ChangeChannel, now: Instant) -> Sequence[Any]:
        """Somebody orders a change, to a channel or to the quietest one."""
        if order.channel is None:
            return self._assess(Band.GHZ_2_4)
        return self._move(order.channel, "ordered", now)

    def _failing(self, _told: NlmeTransmitFailures, now: Instant) -> Sequence[Any]:
        lasting = self._settings.enabled and self._failures.last(now)
        return self._assess(Band.GHZ_2_4) if lasting else ()

    def _notified(self, told: NetworkUpdateNotified, _now: Instant) -> Sequence[Any]:
        """A router reports; what is no interference by R22 Annex E.3 is none here."""
        said = told.notification
        failing = said.total >= ENOUGH and said.failures * FAILING_SHARE >= said.total
        return self._assess(Band.GHZ_2_4) if failing and self._settings.enabled else ()

    def _assess(self, band: Band) -> Sequence[Any]:
        channels = self._channels.get(band, ())
        if self._scan is not None or not channels:
            return ()
        self._levels = {}
        self._left = self._settings.scans
        self._band = band
        return self._measure()

    def _measure(self) -> Sequence[Any]:
        """One more energy scan: what is our own traffic is not in all of them."""
        self._left -= 1
        self._scan = next(self._handles)
        channels = self._channels[self._band]
        return (NlmeEnergyScanRequest(self._scan, channels, self._settings.scan_duration),)

    def _measured(self, confirm: NlmeEnergyScanConfirm, now: Instant) -> Sequence[Any]:
        if confirm.handle != self._scan:
            return ()
        self._scan = None
        if not confirm.energies:
            return (ChannelKept("the energy could not be measured"),)
        for channel, level in confirm.energies:
            self._levels[channel] = min(level, self._levels.get(channel, level))
        if self._left > 0:
            return self._measure()
        levels = self._levels
        current = next((each for each in self._nib.channels if each in levels), self._nib.channel)
        best = min(levels, key=lambda each: (levels[each], each))
        measured = ChannelsMeasured(current, levels.get(current, 0), best, levels[best])
        if levels.get(current, 0) - levels[best] < self._settings.quieter:
            return (measured, ChannelKept("no channel is quieter by enough"))
        return (measured, *self._move(best, "quieter", now))

    def _move(self, channel: Channel, reason: str, now: Instant) -> Sequence[Any]:
        self._moved = [each for each in self._moved if Duration(now - each) < _WEEK]
        if len(self._moved) >= self._settings.changes_per_week:
            return (ChannelKept("no more changes this week (GBCS 10.6.2)"),)
        if channel in self._nib.channels:
            return (ChannelKept("the network is there already"),)
        self._moved.append(now)
        update_id = (self._nib.update_id + 1) & 0xFF
        order = MgmtNwkUpdateReq(mask_of((channel,)), CHANGE_CHANNEL, update_id=update_id)
        return (
            ChannelChangeOrdered(channel, band_of(channel).value, reason),
            ZdpRequest(next(self._handles), BROADCAST_RX_ON, order),
            NlmeChannelRequest(channel, update_id),
        )
