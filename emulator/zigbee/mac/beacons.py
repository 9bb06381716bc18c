"""Answering beacon requests, as a coordinator or router without superframes (7.5.2.4)."""

from collections.abc import Sequence

from emulator.kernel.streams import Stream
from emulator.kernel.units import Duration, Instant, later
from emulator.radio.port import RadioTransmit
from emulator.zigbee.mac.building import beacon_frame
from emulator.zigbee.mac.pib import MacPib
from emulator.zigbee.mac.transmitter import Procedure, Transmitter


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

    def asked(self, now: Instant) -> None:
        """Plan the beacon that a beacon request asks for, if this node has one."""
        answers = self._pib.coordinator or self._pib.answers_beacon_requests
        if answers and self.deadline is None:
            self.deadline = later(now, self._stream.duration(Duration(0), self._jitter))

    def wake(self, _now: Instant) -> Sequence[RadioTransmit]:
        """Send the beacon."""
        self.deadline = None
        return (self._transmitter.send(beacon_frame(self._pib), Procedure.BEACON),)

    def reset(self) -> None:
        """Forget the beacon that is planned."""
        self.deadline = None
