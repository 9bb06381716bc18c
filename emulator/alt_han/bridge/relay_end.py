"""One end of a bridge that repeats MAC frames (`Transparency.RELAY` and `PROXY`).

An 802.15.4 acknowledgement must come within 864 us, which no backhaul can promise, so each end
acknowledges for the devices on the other side. A frame that is lost afterwards is lost although its
sender believes otherwise; APS, above, notices. Polls are always answered with "frame pending",
because nobody here knows yet what the parent on the other side holds.
"""

from collections import deque
from collections.abc import Sequence
from typing import Any, ClassVar, Final

from emulator.alt_han.bridge.facts import BridgeDropped, BridgeSearching, BridgeSettled
from emulator.alt_han.bridge.primitives import (
    Carry,
    FromPeer,
    Message,
    Search,
    Seen,
    Settled,
    ToPeer,
)
from emulator.alt_han.bridge.proxy import Proxy
from emulator.alt_han.bridge.reading import destination_of, named_by, polls, source_of
from emulator.alt_han.bridge.searching import ASKING, HanSearch
from emulator.alt_han.bridge.settings import BridgeSettings, Transparency
from emulator.alt_han.bridge.sides import Sides
from emulator.kernel.errors import WireError
from emulator.kernel.identity import Eui64
from emulator.kernel.units import Instant, later
from emulator.radio.port import (
    RadioConfig,
    RadioConfigure,
    RadioPending,
    RadioReceived,
    RadioTransmit,
    RadioTransmitted,
    TransmitOutcome,
)
from emulator.zigbee.addresses import NO_NWK_ADDRESS, ExtendedPanId, PanId
from emulator.zigbee.mac.frames import MacFrame, decode_frame

_LOST: Final = (TransmitOutcome.NO_ACK, TransmitOutcome.CHANNEL_ACCESS_FAILURE)
_SOMETHING_WAITS: Final = RadioPending(frozenset(), frozenset(), everyone=True)


class RelayEnd:
    """One end.

    Args:
        eui64: of the end itself, which it never sends under.
        transparency: relay or proxy.
        settings: how it behaves.
    """

    accepts: ClassVar[tuple[type, ...]] = (Search, FromPeer, RadioReceived, RadioTransmitted)

    def __init__(self, eui64: Eui64, transparency: Transparency, settings: BridgeSettings) -> None:
        self.sides = Sides()
        self._eui64 = eui64
        self._proxy = Proxy(settings) if transparency is Transparency.PROXY else None
        self._settings = settings
        self._search = HanSearch(eui64, settings)
        self._han: ExtendedPanId | None = None
        self._settled: Settled | None = None
        self._leads = False
        self._quiet_at: Instant | None = None
        self._handle = ASKING
        self._sent: deque[tuple[int, bytes]] = deque()
        self._recent: dict[bytes, Instant] = {}

    @property
    def settled(self) -> bool:
        """Whether it is on the channel of its HAN."""
        return self._settled is not None

    @property
    def pan_id(self) -> PanId | None:
        """The PAN identifier under which it answers; None while it looks for its HAN."""
        return None if self._settled is None else self._settled.pan_id

    @property
    def deadline(self) -> Instant | None:
        """The search, the HAN's silence, or what a proxy waits for."""
        proxy = None if self._proxy is None else self._proxy.deadline
        times = (self._search.deadline, self._quiet_at, proxy)
        return min((each for each in times if each is not None), default=None)

    def handle(self, event: Any, now: Instant) -> Sequence[Any]:
        """What follows from a frame, an outcome, a message of the other end, or an order."""
        match event:
            case Search(wanted):
                self._leads, self._han = True, wanted
                return self._look("told to", now)
            case FromPeer(message):
                return self._from_peer(message, now)
            case RadioReceived(psdu):
                return self._received(psdu, now)
            case RadioTransmitted(handle, outcome):
                return self._transmitted(handle, outcome, now)
            case _:
                return ()

    def wake(self, now: Instant) -> Sequence[Any]:
        """Go on searching, look for a HAN that went silent, or do what a proxy has to."""
        effects: list[Any] = []
        if self._proxy is not None:
            effects.extend(self._proxy.expired(now))
            effects.extend(self._transmit(psdu) for psdu in self._proxy.questions(now))
        if self._search.deadline is not None and self._search.deadline <= now:
            effects.extend(self._search.wake(now))
        if self._quiet_at is not None and self._quiet_at <= now:
            effects.extend(self._look("silence", now))
        return effects

    # Finding the HAN.

    def _look(self, reason: str, now: Instant) -> Sequence[Any]:
        self._settled, self._quiet_at = None, None
        return BridgeSearching(reason), *self._search.start(self._han, now)

    def _settle(self, place: Settled, now: Instant) -> Sequence[Any]:
        self._settled, self._han = place, place.extended_pan_id
        self._quiet_at = later(now, self._settings.silence) if self._leads else None
        config = RadioConfig(place.channel, place.pan_id, NO_NWK_ADDRESS, self._eui64)
        fact = BridgeSettled(place.channel.number, place.channel.page, place.pan_id)
        return RadioConfigure(config), self.sides.aliases(), _SOMETHING_WAITS, fact

    # From this side to the other.

    def _received(self, psdu: bytes, now: Instant) -> Sequence[Any]:
        try:
            frame = decode_frame(psdu)
        except WireError:
            return (BridgeDropped("no frame that can be read", len(psdu)),)
        if self._search.running:
            found = self._search.hears(frame)
            if found is None:
                return ()
            return (*self._settle(found, now), ToPeer(found), *self._learn(frame))
        if self._settled is None:
            return ()
        if self._leads:
            self._quiet_at = later(now, self._settings.silence)
        if self._heard_lately(psdu, now):
            return ()
        return (*self._learn(frame), *self._onward(frame, psdu, now))

    def _heard_lately(self, psdu: bytes, now: Instant) -> bool:
        """Whether it was heard a moment ago; what is older is forgotten."""
        while self._recent:
            oldest = next(iter(self._recent))
            if self._recent[oldest] > now:
                break
            del self._recent[oldest]
        if psdu in self._recent:
            return True
        self._recent[psdu] = later(now, self._settings.repeat_window)
        return False

    def _learn(self, frame: MacFrame) -> Sequence[Any]:
        source = source_of(frame)
        if source is None:
            return ()
        return (self.sides.aliases(), ToPeer(source)) if self.sides.heard_here(source) else ()

    def _onward(self, frame: MacFrame, psdu: bytes, now: Instant) -> Sequence[Any]:
        destination = destination_of(frame)
        if destination is not None and destination not in self.sides.theirs:
            return ()
        effects: list[Any] = [ToPeer(Carry(psdu))]
        named = named_by(frame)
        if named is not None:
            self.sides.heard_there(named)
            effects.append(self.sides.aliases())
        if self._proxy is not None:
            self._proxy.heard(frame)
            kept = self._proxy.polled(frame, now) if polls(frame) else self._proxy.beacon(frame)
            effects.extend(self._transmit(each) for each in kept)
        return effects

    # From the other side to this one.

    def _from_peer(self, message: Message, now: Instant) -> Sequence[Any]:
        match message:
            case Settled():
                return self._settle(message, now)
            case Seen():
                self.sides.heard_there(message)
                return (self.sides.aliases(),)
            case Carry(psdu):
                return self._carried(psdu, now)

    def _carried(self, psdu: bytes, now: Instant) -> Sequence[Any]:
        if self._settled is None:
            return (BridgeDropped("not on the HAN's channel", len(psdu)),)
        frame = decode_frame(psdu)
        named = named_by(frame)
        if named is not None:
            self.sides.heard_here(named)
        if self._proxy is not None:
            gone = self._proxy.keeps(frame, psdu, now)
            if gone is not None:
                return gone
            self._proxy.passed_on(frame, psdu, now)
        return (self._transmit(psdu),)

    # The radio.

    def _transmit(self, psdu: bytes) -> RadioTransmit:
        self._handle += 1
        self._sent.append((self._handle, psdu))
        return RadioTransmit(self._handle, psdu)

    def _transmitted(self, handle: int, outcome: TransmitOutcome, now: Instant) -> Sequence[Any]:
        """A frame's end; frames end in the order in which they were given to the radio."""
        if handle == ASKING:
            return ()
        psdu = b""
        while self._sent and self._sent[0][0] <= handle:
            psdu = self._sent.popleft()[1]
        if outcome not in _LOST or (self._proxy is not None and self._proxy.unheard(psdu, now)):
            return ()
        return (BridgeDropped(outcome.value, len(psdu)),)
