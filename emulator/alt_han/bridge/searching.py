"""How the wired end finds its HAN: it asks for beacons on one channel after the other."""

from collections.abc import Sequence
from enum import Enum, auto
from typing import Final

from emulator.alt_han.bridge.primitives import Settled
from emulator.alt_han.bridge.settings import BridgeSettings
from emulator.kernel.errors import WireError
from emulator.kernel.identity import Eui64
from emulator.kernel.units import Instant, later
from emulator.radio.port import Channel, RadioConfig, RadioConfigure, RadioTransmit
from emulator.zigbee.addresses import BROADCAST_ALL, NO_NWK_ADDRESS, NO_PAN, ExtendedPanId, PanId
from emulator.zigbee.mac.commands import BeaconRequest, encode_command
from emulator.zigbee.mac.frames import AddressingMode, Beacon, FrameType, MacFrame
from emulator.zigbee.nwk.frames import ZIGBEE_PRO, BeaconPayload

CHANNELS: Final = tuple(Channel(0, number) for number in range(11, 27))
ASKING: Final = 0
"""Handle of the frames that ask; those that are carried have others."""


class SearchState(Enum):
    """What the search is at."""

    IDLE = auto()
    LISTENING = auto()
    PAUSING = auto()


class HanSearch:
    """Looks for one HAN until it is found.

    Args:
        eui64: of the end that looks.
        settings: how long it listens.
        channels: where it looks, in this order.
    """

    def __init__(
        self, eui64: Eui64, settings: BridgeSettings, channels: Sequence[Channel] = CHANNELS
    ) -> None:
        self.state = SearchState.IDLE
        self.deadline: Instant | None = None
        self._eui64 = eui64
        self._settings = settings
        self._channels = tuple(channels)
        self._at = 0
        self._wanted: ExtendedPanId | None = None

    @property
    def running(self) -> bool:
        """Whether it has not found it yet."""
        return self.state is not SearchState.IDLE

    def start(
        self, wanted: ExtendedPanId | None, now: Instant
    ) -> Sequence[RadioConfigure | RadioTransmit]:
        """Look for a HAN, from the first channel."""
        self._wanted = wanted
        self._at = 0
        return self._ask(now)

    def wake(self, now: Instant) -> Sequence[RadioConfigure | RadioTransmit]:
        """Go on to the next channel, or begin again after a pause."""
        if self.state is SearchState.LISTENING:
            self._at += 1
            if self._at == len(self._channels):
                self.state = SearchState.PAUSING
                self.deadline = later(now, self._settings.search_pause)
                return ()
            return self._ask(now)
        self._at = 0
        return self._ask(now)

    def hears(self, frame: MacFrame) -> Settled | None:
        """What a frame tells about where the HAN is; the search ends with that."""
        if self.state is not SearchState.LISTENING or frame.frame_type is not FrameType.BEACON:
            return None
        found = _network(frame)
        if found is None or self._wanted not in (None, found[1]):
            return None
        self.state, self.deadline = SearchState.IDLE, None
        return Settled(self._channels[self._at], *found)

    def stop(self) -> None:
        """Do not look any more."""
        self.state, self.deadline = SearchState.IDLE, None

    def _ask(self, now: Instant) -> Sequence[RadioConfigure | RadioTransmit]:
        self.state = SearchState.LISTENING
        self.deadline = later(now, self._settings.scan_wait)
        config = RadioConfig(self._channels[self._at], NO_PAN, NO_NWK_ADDRESS, self._eui64)
        return RadioConfigure(config), RadioTransmit(ASKING, _beacon_request())


def _beacon_request() -> bytes:
    frame = MacFrame(
        FrameType.COMMAND,
        destination_mode=AddressingMode.SHORT,
        destination_pan=NO_PAN,
        destination_short=BROADCAST_ALL,
        payload=encode_command(BeaconRequest()),
    )
    return frame.encode()


def _network(frame: MacFrame) -> tuple[PanId, ExtendedPanId] | None:
    """PAN and extended PAN identifier of a Zigbee PRO beacon."""
    if frame.source_pan is None:
        return None
    try:
        payload = BeaconPayload.decode(Beacon.decode(frame.payload).payload)
    except WireError:
        return None
    if payload.stack_profile != ZIGBEE_PRO:
        return None
    return frame.source_pan, payload.extended_pan_id
