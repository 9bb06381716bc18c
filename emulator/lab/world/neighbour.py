"""A radio next door that fills a channel: beacons of another network, one after the other."""

from emulator.kernel.scheduler import Scheduler
from emulator.kernel.units import NEVER, Duration, Instant
from emulator.radio.air import Air
from emulator.radio.fcs import with_fcs
from emulator.radio.phy.pages import airtime
from emulator.radio.port import Channel

_BEACON = bytes.fromhex(
    "0080 00 fe3f 0000"  # a beacon with a short source; sequence number, PAN, coordinator
    "ff4f 00 00"  # no superframe, no slots, nothing pending
    "00 2284 0807060504030201 ffffff 00"  # a Zigbee network that nobody may join
)


class Neighbour:
    """Sends without listening, for a share of the time; implements what the air knows of a radio.

    Args:
        air: where it sends.
        scheduler: its time.
        channel: the channel it fills.
        share: of the time, above 0 and below 1.
    """

    def __init__(self, air: Air, scheduler: Scheduler, channel: Channel, share: float) -> None:
        self.name = "next door"
        self.listening_since: Instant = NEVER
        self._air = air
        self._scheduler = scheduler
        self._channel = channel
        self._psdu = with_fcs(_BEACON)
        sending = airtime(len(self._psdu), channel.page)
        self._pause = Duration(round(sending * (1 - share) / share))
        self._on = False
        air.attach(self)

    def start(self) -> None:
        """Begin."""
        self._on = True
        self._send()

    def stop(self) -> None:
        """Be silent after the beacon that is on the air."""
        self._on = False

    def accepts(self, psdu: bytes) -> bool:
        """It takes no frame."""
        return not psdu

    def hear(self, psdu: bytes, rss: int, success: float = 1.0) -> None:
        """It hears nothing."""

    def sent(self) -> None:
        """Send again after a pause."""
        if self._on:
            self._scheduler.after(self._pause, self._send)

    def _send(self) -> None:
        if self._on:
            self._air.transmit(self, self._channel, self._psdu)
