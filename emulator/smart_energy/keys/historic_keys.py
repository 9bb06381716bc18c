"""The keys of devices that were removed, kept for their return (GBCS CCS01, CCS02)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from emulator.kernel.identity import Eui64
from emulator.kernel.units import Instant

CAPACITY: Final = 15
"""Devices whose keys are kept (use-case annex of GBCS, CCS02)."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A device that may come back under its old key for some time.

    Args:
        key: what it shared with us before.
        install_key: what its install code gives, for the time after.
        window: seconds for which each of them is waited for.
        until: when the first window is over.
    """

    key: bytes
    install_key: bytes
    window: int
    until: Instant

    def snapshot(self) -> dict[str, Any]:
        """The keys and the window, as JSON knows them."""
        keys = {"key": self.key.hex(), "install_key": self.install_key.hex()}
        return {**keys, "window": self.window}

    @classmethod
    def restored(cls, state: Mapping[str, Any]) -> "Trial":
        """What `snapshot` told, with a window that is still to begin."""
        key, install_key = bytes.fromhex(state["key"]), bytes.fromhex(state["install_key"])
        return cls(key, install_key, state["window"], Instant(0))


class HistoricKeys:
    """At most so many keys; the oldest makes room."""

    def __init__(self) -> None:
        self._keys: dict[Eui64, bytes] = {}

    def remember(self, eui64: Eui64, key: bytes) -> Eui64 | None:
        """Keep the key of a device; whose key had to make room for it."""
        displaced = None
        if eui64 not in self._keys and len(self._keys) >= CAPACITY:
            displaced = next(iter(self._keys))
            del self._keys[displaced]
        self._keys[eui64] = key
        return displaced

    def take(self, eui64: Eui64) -> bytes | None:
        """The key of a device, which is kept no longer."""
        return self._keys.pop(eui64, None)

    def snapshot(self) -> list[list[str]]:
        """The keys, the oldest first, as JSON knows them."""
        return [[f"{eui64:016x}", key.hex()] for eui64, key in self._keys.items()]

    def restore(self, state: list[list[str]]) -> None:
        """Take back what `snapshot` gave."""
        self._keys = {Eui64(int(eui64, 16)): bytes.fromhex(key) for eui64, key in state}
