"""Answering beacon requests, as a coordinator or router without superframes (7.5.2.4)."""

from collections.abc import Sequence
from typing import Final

from emulator.kernel.identity import Eui64
from emulator.kernel.streams import Stream
from emulator.kernel.units import Duration, Instant, later
from emulator.radio.port import RadioTransmit
from emulator.zigbee.mac.building import beacon_frame, enhanced_beacon_frame
from emulator.zigbee.mac.information_elements import InformationElements
from emulator.zigbee.mac.pib import MacPib
from emulator.zigbee.mac.transmitter import Procedure, Transmitter

MOST_REQUESTERS: Final = 8
"""Enhanced beacons that are owed at once; who asks beyond them scans again."""
_EXTENDED_PAN_ID: Final = slice(3, 11)
"""Where a Zigbee beacon payload has it (R22 3.6.7)."""


class BeaconAnswer:
    """Sends one beacon, a little later, however many requests came meanwhile."""

    def __init__(
        self, pib: MacPib, jitter: Duration, transmitter: Transmitter, stream: Stream
    ) -> None:
        self.deadline: Instant | None = None
        self._pib = pib
        self._jitter = jitter
        self._transmitter = transmitter
        self._stream = stream
        self._plain = False
        self._requesters: list[Eui64] = []

    def asked(self, now: Instant) -> None:
        """Plan the beacon that a beacon request asks for, if this node has one."""
        if self._answers:
            self._plain = True
            self._plan(now)

    def asked_enhanced(self, device: Eui64, elements: InformationElements, now: Instant) -> None:
        """Plan the enhanced beacon for `device`, if its request is one for us (R23 D.11.1)."""
        joining = elements.filter is not None and elements.filter.permit_joining_on
        if not self._answers or (joining and not self._pib.association_permit):
            return
        rejoin = elements.rejoin
        ours = self._pib.beacon_payload[_EXTENDED_PAN_ID]
        if rejoin is not None and rejoin.extended_pan_id.to_bytes(8, "little") != ours:
            return
        if device not in self._requesters and len(self._requesters) < MOST_REQUESTERS:
            self._requesters.append(device)
            self._plan(now)

    @property
    def _answers(self) -> bool:
        return self._pib.coordinator or self._pib.answers_beacon_requests

    def _plan(self, now: Instant) -> None:
        if self.deadline is None:
            self.deadline = later(now, self._stream.duration(Duration(0), self._jitter))

    def wake(self, _now: Instant) -> Sequence[RadioTransmit]:
        """Send the beacon, or one to each who asked for an enhanced one."""
        self.deadline = None
        frames = [beacon_frame(self._pib)] if self._plain else []
        frames += [enhanced_beacon_frame(self._pib, each) for each in self._requesters]
        self._plain = False
        self._requesters.clear()
        return [self._transmitter.send(frame, Procedure.BEACON) for frame in frames]

    def reset(self) -> None:
        """Forget the beacon that is planned."""
        self.deadline = None
        self._plain = False
        self._requesters.clear()
