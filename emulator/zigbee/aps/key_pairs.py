"""Link keys by partner, with their frame counters (apsDeviceKeyPairSet, R22 Table 4-36)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from emulator.kernel.errors import SecurityError
from emulator.kernel.identity import Eui64
from emulator.zigbee.addresses import NO_EUI64
from emulator.zigbee.aps.primitives import KeyOrigin

LAST_COUNTER: Final = 0xFFFFFFFF
"""A counter that has come this far protects no frame any more (R22 4.4.1.1)."""


@dataclass(slots=True)
class KeyPair:
    """The key shared with one device; `incoming` is the least counter accepted from it."""

    eui64: Eui64
    key: bytes
    origin: KeyOrigin
    outgoing: int = 0
    incoming: int = 0

    def next_counter(self) -> int:
        """The counter of the next frame we protect; each is given out once.

        Raises:
            SecurityError: when there is none left.
        """
        if self.outgoing >= LAST_COUNTER:
            raise SecurityError("outgoing frame counter is used up (R22 4.4.1.1)")
        self.outgoing += 1
        return self.outgoing - 1

    def check(self, counter: int) -> None:
        """Let a counter pass that has not come before (R22 4.4.1.2).

        Raises:
            SecurityError: when it has, or is the last one.
        """
        if counter < self.incoming or counter == LAST_COUNTER:
            raise SecurityError(
                f"frame counter {counter} where {self.incoming} or more is due (R22 4.4.1.2)"
            )


class DeviceKeyPairSet:
    """One key for each partner.

    The pair of `NO_EUI64` is a joiner's key for a trust centre it has not met (R22 4.6.3.1).
    """

    def __init__(self) -> None:
        self._pairs: dict[Eui64, KeyPair] = {}

    def __iter__(self) -> Iterator[KeyPair]:
        return iter(self._pairs.values())

    def get(self, eui64: Eui64) -> KeyPair | None:
        """The pair shared with `eui64`."""
        return self._pairs.get(eui64)

    def set(self, eui64: Eui64, key: bytes, origin: KeyOrigin) -> KeyPair:
        """Share `key` with `eui64`; counters restart unless it is the key already shared."""
        known = self._pairs.get(eui64)
        if known is not None and known.key == key:
            known.origin = origin
            return known
        self._pairs[eui64] = pair = KeyPair(eui64, key, origin)
        return pair

    def forget(self, eui64: Eui64) -> None:
        """Share nothing with `eui64`."""
        self._pairs.pop(eui64, None)

    def adopt(self, eui64: Eui64) -> None:
        """The trust centre not met before turned out to be `eui64`."""
        pair = self._pairs.pop(NO_EUI64, None)
        if pair is not None:
            pair.eui64 = eui64
            self._pairs[eui64] = pair

    def clear(self) -> None:
        """Share nothing with anybody."""
        self._pairs.clear()

    def snapshot(self) -> list[dict[str, Any]]:
        """Keys and counters as JSON knows them."""
        return [
            {
                "eui64": f"{pair.eui64:016x}",
                "key": pair.key.hex(),
                "origin": pair.origin.value,
                "outgoing": pair.outgoing,
                "incoming": pair.incoming,
            }
            for pair in sorted(self._pairs.values(), key=lambda pair: pair.eui64)
        ]

    def restore(self, state: Iterable[Mapping[str, Any]]) -> None:
        """Take back what `snapshot` gave."""
        self.clear()
        for row in state:
            pair = KeyPair(
                Eui64(int(row["eui64"], 16)),
                bytes.fromhex(row["key"]),
                KeyOrigin(row["origin"]),
                row["outgoing"],
                row["incoming"],
            )
            self._pairs[pair.eui64] = pair
