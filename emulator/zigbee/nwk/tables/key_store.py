"""Network keys and frame counters (nwkSecurityMaterialSet, R22 4.3.3)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from emulator.kernel.identity import Eui64

NUMBERS: Final = 0x100
"""Key sequence numbers there are; 0 follows the last (R22 4.5.1.4)."""
KEYS_KEPT: Final = 2
"""The key in use and the one after or before it (nwkSecurityMaterialSet, R22 4.3.3)."""
LAST_COUNTER: Final = 0xFFFFFFFF
"""A frame counter that may be neither sent nor accepted (R22 4.3.1.1, 4.3.1.2)."""


@dataclass(slots=True)
class NetworkKey:
    """A network key with its counters.

    Args:
        outgoing: the counter of the next frame we send under it.
        incoming: for each sender the lowest counter that is still fresh.
    """

    key: bytes
    sequence: int
    outgoing: int = 0
    incoming: dict[Eui64, int] = field(default_factory=dict)


class KeyStore:
    """Network keys by sequence number; at most one of them is active."""

    def __init__(self) -> None:
        self._keys: dict[int, NetworkKey] = {}
        self._active: int | None = None
        self._spent = 0
        self.replays = 0
        """How many frames were refused because their counter was not fresh."""

    def __iter__(self) -> Iterator[NetworkKey]:
        return iter(self._keys.values())

    def install(self, key: bytes, sequence: int, *, activate: bool) -> None:
        """Keep a key beside the active one; counters go on where its octets were known already."""
        same = next((held for held in self._keys.values() if held.key == key), None)
        if same is None:
            self._keys[sequence] = NetworkKey(key, sequence, 0 if self._keys else self._spent)
        elif same.sequence != sequence:
            self._keys.pop(same.sequence)
            self._keys[sequence] = NetworkKey(key, sequence, same.outgoing, same.incoming)
            if self._active == same.sequence:
                self._active = sequence
        if activate:
            self._active = sequence
        self._keep({sequence, self._active})

    def activate(self, sequence: int) -> bool:
        """Send under that key from now on; False where we hold none of that number."""
        if sequence not in self._keys:
            return False
        self._active = sequence
        return True

    def follow(self, key: NetworkKey) -> bool:
        """Send under a key that others use already, if it is newer than ours (R22 4.3.1.2)."""
        active = self._active
        if active is None or not 0 < (key.sequence - active) % NUMBERS < NUMBERS // 2:
            return False
        return self.activate(key.sequence)

    @property
    def active(self) -> NetworkKey | None:
        """The key we send under."""
        return None if self._active is None else self._keys[self._active]

    def by_sequence(self, sequence: int) -> NetworkKey | None:
        """The key with a sequence number."""
        return self._keys.get(sequence)

    def next_counter(self) -> tuple[NetworkKey, int] | None:
        """The active key and the counter for one more frame; None when there is none left."""
        key = self.active
        if key is None or key.outgoing >= LAST_COUNTER:
            return None
        counter = key.outgoing
        key.outgoing = counter + 1
        return key, counter

    def fresh(self, key: NetworkKey, sender: Eui64, counter: int) -> bool:
        """Whether a received counter was not used before; a stale one is counted."""
        if counter != LAST_COUNTER and counter >= key.incoming.get(sender, 0):
            return True
        self.replays += 1
        return False

    def accept(self, key: NetworkKey, sender: Eui64, counter: int) -> None:
        """A frame with that counter verified; only higher ones are fresh from now on."""
        key.incoming[sender] = counter + 1

    def _keep(self, sequences: set[int | None]) -> None:
        """An update needs two keys, the one in use and the next; a third is out of date."""
        if len(self._keys) > KEYS_KEPT:
            self._keys = {each: self._keys[each] for each in self._keys if each in sequences}

    def clear(self) -> None:
        """Forget every key, but not how far we counted: the next may be one of them (BDB 9.5)."""
        self._spent = max([self._spent, *(each.outgoing for each in self._keys.values())])
        self._keys.clear()
        self._active = None

    def snapshot(self) -> dict[str, Any]:
        """The keys and counters as JSON knows them."""
        return {
            "active": self._active,
            "spent": self._spent,
            "keys": [
                {
                    "key": key.key.hex(),
                    "sequence": key.sequence,
                    "outgoing": key.outgoing,
                    "incoming": {
                        f"{eui64:016x}": count for eui64, count in sorted(key.incoming.items())
                    },
                }
                for key in self._keys.values()
            ],
        }

    def restore(self, state: Mapping[str, Any], *, margin: int) -> None:
        """Take back what `snapshot` gave; outgoing counters jump by `margin`."""
        self._keys = {
            row["sequence"]: NetworkKey(
                bytes.fromhex(row["key"]),
                row["sequence"],
                min(row["outgoing"] + margin, LAST_COUNTER),
                {Eui64(int(eui64, 16)): count for eui64, count in row["incoming"].items()},
            )
            for row in state["keys"]
        }
        self._active = state["active"]
        self._spent = state["spent"]
