"""Active and energy scan over channels (IEEE 802.15.4-2006 7.5.2.1)."""

from collections.abc import Callable, Sequence
from enum import Enum, auto
from typing import Final

from emulator.kernel.units import Duration, Instant, later
from emulator.radio.bands import Band, band_of, symbol_of
from emulator.radio.port import (
    Channel,
    RadioEnergy,
    RadioEnergyScan,
    RadioTransmit,
    RadioTransmitted,
    TransmitOutcome,
)
from emulator.zigbee.mac.building import beacon_request_frame, enhanced_beacon_request_frame
from emulator.zigbee.mac.facts import MacUnexpectedEvent
from emulator.zigbee.mac.pib import MacPib
from emulator.zigbee.mac.primitives import MacStatus, MlmeScanConfirm, MlmeScanRequest, ScanKind
from emulator.zigbee.mac.settings import MacSettings
from emulator.zigbee.mac.transmitter import Procedure, Transmitter

Effect = RadioTransmit | RadioEnergyScan | MlmeScanConfirm | MacUnexpectedEvent

BASE_SUPERFRAME_SYMBOLS: Final = 960
"""aBaseSuperframeDuration in symbols (Table 85)."""
MAX_SCAN_DURATION: Final = 14
_AT_2_4_GHZ: Final = Channel(0, 11)


class ScanState(Enum):
    """What the scan is doing on the current channel."""

    IDLE = auto()
    ASKING = auto()
    LISTENING = auto()
    MEASURING = auto()


class ScanEvent(Enum):
    """What may happen to a scan."""

    START_ACTIVE = auto()
    START_ENERGY = auto()
    SENT = auto()
    NEXT_ACTIVE = auto()
    NEXT_ENERGY = auto()
    END = auto()


def scan_duration(exponent: int, channel: Channel = _AT_2_4_GHZ) -> Duration:
    """How long a channel takes: aBaseSuperframeDuration * (2^n + 1) of its symbols (7.1.11.1)."""
    return Duration(symbol_of(channel) * BASE_SUPERFRAME_SYMBOLS * ((1 << exponent) + 1))


class Scan:
    """One scan at a time."""

    def __init__(
        self, pib: MacPib, transmitter: Transmitter, settings: MacSettings | None = None
    ) -> None:
        self.state = ScanState.IDLE
        self.deadline: Instant | None = None
        self._pib = pib
        self._transmitter = transmitter
        self._settings = settings or MacSettings()
        self._kind = ScanKind.ACTIVE
        self._request = MlmeScanRequest(ScanKind.ACTIVE, (), 0)
        self._left: list[Channel] = []
        self.channel: Channel | None = None
        """Where the active scan is; None while there is none."""
        self._beacons = 0
        self._levels: list[tuple[Channel, int]] = []

    @property
    def active(self) -> bool:
        """Whether a scan is going on."""
        return self.state is not ScanState.IDLE

    def start(self, request: MlmeScanRequest, now: Instant) -> Sequence[Effect]:
        """Scan the channels of the request in their order."""
        if self.active:
            return (MlmeScanConfirm(request.kind, MacStatus.SCAN_IN_PROGRESS),)
        sensible = request.channels and 0 <= request.duration <= MAX_SCAN_DURATION
        if not (sensible and request.kind.known):
            return (MlmeScanConfirm(request.kind, MacStatus.INVALID_PARAMETER),)
        self._kind = request.kind
        self._left = list(request.channels)
        self._request = request
        self._beacons = 0
        self._levels = []
        energy = request.kind is ScanKind.ENERGY
        return self.apply(ScanEvent.START_ENERGY if energy else ScanEvent.START_ACTIVE, now)

    def beacon_heard(self) -> None:
        """Count a beacon."""
        self._beacons += 1

    def transmitted(self, event: RadioTransmitted, now: Instant) -> Sequence[Effect]:
        """Listen after the beacon request; a channel that gave no access stays unscanned."""
        if event.outcome is TransmitOutcome.SENT:
            return self.apply(ScanEvent.SENT, now)
        return self._go_on(now)

    def measured(self, event: RadioEnergy, now: Instant) -> Sequence[Effect]:
        """Take the level of a channel."""
        if self.state is not ScanState.MEASURING:
            return self.apply(ScanEvent.NEXT_ENERGY, now)
        self._levels.append((event.channel, event.level))
        return self._go_on(now)

    def wake(self, now: Instant) -> Sequence[Effect]:
        """Leave the channel."""
        return self._go_on(now)

    def reset(self) -> None:
        """Forget the scan that is going on."""
        self.state = ScanState.IDLE
        self.deadline = None
        self.channel = None

    def _go_on(self, now: Instant) -> Sequence[Effect]:
        if not self._left:
            return self.apply(ScanEvent.END, now)
        energy = self._kind is ScanKind.ENERGY
        return self.apply(ScanEvent.NEXT_ENERGY if energy else ScanEvent.NEXT_ACTIVE, now)

    def apply(self, event: ScanEvent, now: Instant) -> Sequence[Effect]:
        """Apply the table; an event it does not provide for changes nothing."""
        found = TRANSITIONS.get((self.state, event))
        if found is None:
            return (MacUnexpectedEvent("scan", self.state.name, event.name),)
        self.state, action = found
        self.deadline = None
        return action(self, now)

    def ask(self, _now: Instant) -> Sequence[Effect]:
        """Go to the next channel and ask for beacons."""
        self.channel = channel = self._left.pop(0)
        if band_of(channel) is Band.SUB_GHZ:
            frame = enhanced_beacon_request_frame(self._pib, self._request)
        else:
            frame = beacon_request_frame(self._pib)
        return (self._transmitter.send(frame, Procedure.SCAN),)

    def listen(self, now: Instant) -> Sequence[Effect]:
        """Listen for beacons."""
        channel = self.channel or self._pib.channel
        self.deadline = later(now, self._dwell(channel))
        return ()

    def _dwell(self, channel: Channel) -> Duration:
        """Below 1 GHz whoever answers may first have to stay off the air for a while."""
        dwell = scan_duration(self._request.duration, channel)
        if band_of(channel) is Band.SUB_GHZ:
            return max(dwell, self._settings.sub_ghz_shortest_scan)
        return dwell

    def measure(self, _now: Instant) -> Sequence[Effect]:
        """Have the energy of the next channel measured."""
        channel = self._left.pop(0)
        return (RadioEnergyScan(channel, scan_duration(self._request.duration, channel)),)

    def conclude(self, _now: Instant) -> Sequence[Effect]:
        """Go back to our own channel and confirm."""
        self.channel = None
        if self._kind is ScanKind.ENERGY:
            confirm = MlmeScanConfirm(self._kind, MacStatus.SUCCESS, tuple(self._levels))
        else:
            heard = MacStatus.SUCCESS if self._beacons else MacStatus.NO_BEACON
            confirm = MlmeScanConfirm(self._kind, heard)
        return (confirm,)


_Action = Callable[[Scan, Instant], Sequence[Effect]]
_State = ScanState
_Event = ScanEvent

TRANSITIONS: Final[dict[tuple[ScanState, ScanEvent], tuple[_State, _Action]]] = {
    (_State.IDLE, _Event.START_ACTIVE): (_State.ASKING, Scan.ask),
    (_State.IDLE, _Event.START_ENERGY): (_State.MEASURING, Scan.measure),
    (_State.ASKING, _Event.SENT): (_State.LISTENING, Scan.listen),
    (_State.ASKING, _Event.NEXT_ACTIVE): (_State.ASKING, Scan.ask),
    (_State.ASKING, _Event.END): (_State.IDLE, Scan.conclude),
    (_State.LISTENING, _Event.NEXT_ACTIVE): (_State.ASKING, Scan.ask),
    (_State.LISTENING, _Event.END): (_State.IDLE, Scan.conclude),
    (_State.MEASURING, _Event.NEXT_ENERGY): (_State.MEASURING, Scan.measure),
    (_State.MEASURING, _Event.END): (_State.IDLE, Scan.conclude),
}
"""What each event leads to."""
