"""What a proxy keeps for devices that sleep, until they ask for it."""

from collections import deque
from dataclasses import dataclass, field

from emulator.alt_han.bridge.primitives import Seen
from emulator.alt_han.bridge.settings import BridgeSettings
from emulator.kernel.units import Instant, later


@dataclass(slots=True)
class KeptFrames:
    """Frames by the device that they are for, oldest first."""

    settings: BridgeSettings
    _kept: dict[Seen, deque[tuple[Instant, bytes]]] = field(default_factory=dict)

    def keep(self, device: Seen, psdu: bytes, now: Instant) -> bytes | None:
        """Keep a frame; gives the one that had to go for it."""
        waiting = self._kept.setdefault(device, deque())
        gone = waiting.popleft()[1] if len(waiting) >= self.settings.kept_frames else None
        waiting.append((later(now, self.settings.kept_for), psdu))
        return gone

    def put_back(self, device: Seen, psdu: bytes, until: Instant) -> None:
        """Keep a frame that was taken, before all others."""
        self._kept.setdefault(device, deque()).appendleft((until, psdu))

    def take(self, device: Seen) -> bytes | None:
        """The oldest frame for a device."""
        waiting = self._kept.get(device)
        return waiting.popleft()[1] if waiting else None

    def waits(self, device: Seen) -> bool:
        """Whether there is a frame for a device."""
        return bool(self._kept.get(device))

    def expire(self, now: Instant) -> tuple[bytes, ...]:
        """Frames that nobody asked for in time."""
        gone = []
        for waiting in self._kept.values():
            while waiting and waiting[0][0] <= now:
                gone.append(waiting.popleft()[1])
        return tuple(gone)

    @property
    def deadline(self) -> Instant | None:
        """When the next frame has been kept long enough."""
        return min((waiting[0][0] for waiting in self._kept.values() if waiting), default=None)
