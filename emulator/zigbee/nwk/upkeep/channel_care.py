"""Energy scans on demand, and the change of the channel (R22 3.3.9 of Annex E, 2.4.3.3.9).

Whoever manages the network asks through ZDO; what was sent and what failed is counted here.
"""

from typing import TYPE_CHECKING

from emulator.kernel.units import Instant, later
from emulator.radio.bands import band_of
from emulator.zigbee.mac.primitives import (
    MlmeScanConfirm,
    MlmeScanRequest,
    MlmeSetRequest,
    ScanKind,
)
from emulator.zigbee.nwk.facts import ChannelChanged
from emulator.zigbee.nwk.primitives import (
    NlmeChannelRequest,
    NlmeEnergyScanConfirm,
    NlmeEnergyScanRequest,
    NlmeManagerRequest,
)
from emulator.zigbee.nwk.state import Effects, NwkState
from emulator.zigbee.nwk.timers import Duty
from emulator.zigbee.nwk.traffic.transmission import Transmission

if TYPE_CHECKING:
    from emulator.radio.port import Channel


class ChannelCare:
    """Measures channels, and leaves one for another."""

    def __init__(self, state: NwkState, transmission: Transmission) -> None:
        self._nwk = state
        self._transmission = transmission
        self._asked: NlmeEnergyScanRequest | None = None
        self._next: tuple[Channel, int] | None = None

    @property
    def scanning(self) -> bool:
        """Whether a scan confirm is meant for us."""
        return self._asked is not None

    def clear(self) -> None:
        """Give up, without a word."""
        self._asked = None
        self._next = None

    def scan(self, request: NlmeEnergyScanRequest, _now: Instant) -> Effects:
        """Measure the energy on some channels; one scan at a time."""
        if self._asked is not None or not request.channels:
            return [NlmeEnergyScanConfirm(request.handle, None, *self._counts())]
        self._asked = request
        return [MlmeScanRequest(ScanKind.ENERGY, request.channels, request.duration)]

    def measured(self, confirm: MlmeScanConfirm, _now: Instant) -> Effects:
        """The scan ended."""
        asked, self._asked = self._asked, None
        if asked is None:
            return []
        return [NlmeEnergyScanConfirm(asked.handle, confirm.energies, *self._counts())]

    def _counts(self) -> tuple[int, int]:
        counters = self._transmission.counters
        return counters.total, counters.failures

    def change(self, request: NlmeChannelRequest, now: Instant) -> Effects:
        """Go to another channel once the broadcast that said so has spread."""
        self._next = (request.channel, request.update_id)
        when = later(now, self._nwk.settings.broadcast_delivery_time)
        self._nwk.timers.set(Duty.CHANNEL_CHANGE, when)
        return []

    def manager(self, request: NlmeManagerRequest, _now: Instant) -> Effects:
        """Somebody else, or somewhere else, is the network's manager (R22 2.4.3.3.9)."""
        nib = self._nwk.nib
        nib.manager, nib.update_id = request.manager, request.update_id
        return []

    def due(self, _now: Instant) -> Effects:
        """The time is over: be on the new channel; failures count from zero there."""
        nwk, nib = self._nwk, self._nwk.nib
        if self._next is None or not nib.joined:
            self._next = None
            return []
        channel, nib.update_id = self._next
        self._next = None
        former = nib.channel
        if nib.second_channel is not None and band_of(nib.second_channel) is band_of(channel):
            former, nib.second_channel = nib.second_channel, channel
        else:
            nib.channel = channel
        self._transmission.counters.reset()
        beacon = [nwk.beacon()] if nib.routing else []
        return [MlmeSetRequest(channel=channel), *beacon, ChannelChanged(former, channel)]
