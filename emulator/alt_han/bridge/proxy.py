"""What an end of a proxying bridge does for devices that sleep, or are still joining.

A frame for a device that polls waits here until it does. One for a device that has not collected
its association response waits until it has: under its new address nobody is there before.
"""

from collections.abc import Sequence

from emulator.alt_han.bridge.facts import BridgeDropped
from emulator.alt_han.bridge.fetching import ResponseFetcher
from emulator.alt_han.bridge.keeping import KeptFrames
from emulator.alt_han.bridge.primitives import Seen
from emulator.alt_han.bridge.reading import (
    asks_for_beacons,
    associates,
    destination_of,
    listens,
    named_by,
    source_of,
)
from emulator.alt_han.bridge.settings import BridgeSettings
from emulator.kernel.units import Instant, later
from emulator.zigbee.mac.frames import FrameType, MacFrame, decode_frame


class Proxy:
    """Keeps frames at one end.

    Args:
        settings: for how long, and how many.
    """

    def __init__(self, settings: BridgeSettings) -> None:
        self._settings = settings
        self._kept = KeptFrames(settings)
        self._fetcher = ResponseFetcher(settings)
        self._awake_until: dict[Seen, Instant] = {}
        self._listening: set[Seen] = set()
        self._to_be: dict[Seen, Seen] = {}
        self._again: dict[bytes, Instant] = {}
        self._beacon = b""

    @property
    def deadline(self) -> Instant | None:
        """When a response is to be fetched, or a frame was kept long enough."""
        times = (self._kept.deadline, self._fetcher.deadline)
        return min((each for each in times if each is not None), default=None)

    def heard(self, frame: MacFrame) -> None:
        """A frame of this side: a joiner says in its request whether it listens at all times."""
        device = source_of(frame)
        if device is not None and associates(frame):
            self._listening.discard(device)
            if listens(frame):
                self._listening.add(device)

    def passed_on(self, frame: MacFrame, psdu: bytes, now: Instant) -> None:
        """A frame of the other side was given to this one."""
        if associates(frame):
            self._fetcher.associating(frame, now)
        if frame.frame_type is FrameType.BEACON:
            self._beacon = psdu

    def beacon(self, frame: MacFrame) -> Sequence[bytes]:
        """The last beacon of the other side, for who asks; what it is now, the next one gets."""
        return (self._beacon,) if self._beacon and asks_for_beacons(frame) else ()

    def keeps(self, frame: MacFrame, psdu: bytes, now: Instant) -> Sequence[BridgeDropped] | None:
        """Keep a frame of the other side, where its device does not listen now.

        Returns:
            What had to go for it; None when it is not kept and can be sent.
        """
        device = destination_of(frame)
        if device is None:
            return None
        name = named_by(frame)
        if not (name is not None or self._joining(device) or self._sleeps(device, now)):
            return None
        if name is not None:
            self._to_be[device] = name
            if device in self._listening:
                self._listening.add(name)
        gone = self._kept.keep(device, psdu, now)
        return () if gone is None else (BridgeDropped("too many kept", len(gone)),)

    def polled(self, frame: MacFrame, now: Instant) -> Sequence[bytes]:
        """What a device gets that has just asked."""
        device = source_of(frame)
        if device is None:
            return ()
        self._awake_until[device] = later(now, self._settings.awake)
        first = self._kept.take(device)
        if first is None:
            return ()
        self._awake_until[device] = now  # what it gets ends its listening (7.5.6.3)
        name = self._to_be.pop(device, None)
        return (first,) if name is None else (first, *self._all_for(name))

    def unheard(self, psdu: bytes, now: Instant) -> bool:
        """Keep a frame that nobody acknowledged for the next poll, where its device polls.

        It had stopped listening. Whoever asks and never acknowledges gets it until it is too old;
        a joiner asks once, and a response of then is of no use to its next attempt.

        Returns:
            Whether it is kept.
        """
        device = destination_of(decode_frame(psdu)) if psdu else None
        until = self._again.setdefault(psdu, later(now, self._settings.kept_for))
        if device is None or device not in self._awake_until or until <= now:
            return False
        if device.short is None or device in self._listening:
            return False
        self._kept.put_back(device, psdu, until)
        return True

    def questions(self, now: Instant) -> Sequence[bytes]:
        """Frames that fetch what is due, in the names of those who join."""
        return self._fetcher.wake(now)

    def expired(self, now: Instant) -> Sequence[BridgeDropped]:
        """What nobody came for."""
        self._again = {psdu: until for psdu, until in self._again.items() if until > now}
        return [BridgeDropped("nobody asked for it", len(psdu)) for psdu in self._kept.expire(now)]

    def _sleeps(self, device: Seen, now: Instant) -> bool:
        """Whether a device polls and has stopped listening since.

        One that has not polled for long may have done so for its keep-alive alone (R22 3.6.10): it
        is sent to, and what it does not acknowledge is kept.
        """
        until = self._awake_until.get(device)
        if until is None or device in self._listening:
            return False
        return until < now <= later(until, self._settings.kept_for)

    def _joining(self, name: Seen) -> bool:
        """Whether a device has still to collect the response that gives it this address."""
        return any(
            given == name and self._kept.waits(joiner) for joiner, given in self._to_be.items()
        )

    def _all_for(self, device: Seen) -> Sequence[bytes]:
        found = []
        while (psdu := self._kept.take(device)) is not None:
            found.append(psdu)
        return found
