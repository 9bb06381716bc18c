"""The keys of a run, in the order in which they became known: what opens its frames.

Nothing here shows a key to a person except the key file, which Wireshark needs and which says of
every key that it is a test key.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from emulator.kernel.identity import Eui64
from emulator.radio.capture import CaptureKey, KeyKind
from emulator.radio.key_file import key_file
from emulator.zigbee.addresses import NO_PAN, PanId
from emulator.zigbee.aps.primitives import KeyOrigin

MARK: Final = "test key: "
"""What every label starts with."""

KEY_SIZE: Final = 16


@dataclass(frozen=True, slots=True)
class NetworkKey:
    """A network key; `sequence` is None where nobody told it."""

    octets: bytes
    sequence: int | None
    label: str


@dataclass(frozen=True, slots=True)
class LinkKey:
    """A link key that the device `eui64` shares with the trust centre."""

    octets: bytes
    eui64: Eui64
    label: str
    origin: KeyOrigin


class KeyRing:
    """Network and link keys as they become known; equal ones are kept once."""

    def __init__(self) -> None:
        self._network: list[NetworkKey] = []
        self._link: list[LinkKey] = []
        self._ordered: dict[tuple[KeyKind, bytes], str] = {}

    def add_network_key(
        self, octets: bytes, sequence: int | None = None, label: str = "network key"
    ) -> None:
        """Take in a network key of 16 octets; one that is known already changes nothing."""
        if any(key.octets == octets and key.sequence == sequence for key in self._network):
            return
        numbered = label if sequence is None else f"{label} {sequence}"
        self._network.append(NetworkKey(octets, sequence, _marked(numbered)))
        self._ordered.setdefault((KeyKind.NETWORK, octets), _marked(numbered))

    def add_link_key(self, octets: bytes, eui64: Eui64, label: str, origin: KeyOrigin) -> None:
        """Take in the link key of 16 octets that `eui64` shares with the trust centre from now on.

        A key that is known already changes nothing, except that it is the newest again.
        """
        key = LinkKey(octets, eui64, _marked(label), origin)
        self._link = [each for each in self._link if (each.octets, each.eui64) != (octets, eui64)]
        self._link.append(key)
        self._ordered.setdefault((KeyKind.LINK, octets), key.label)

    def network_keys(self, sequence: int | None) -> tuple[NetworkKey, ...]:
        """What may open a NWK frame: keys of that sequence number first, then the newest."""
        newest_first = self._network[::-1]
        return tuple(sorted(newest_first, key=lambda key: key.sequence != sequence))

    def link_keys(self, ends: Collection[Eui64 | None]) -> tuple[LinkKey, ...]:
        """What may open an APS frame between `ends`: their keys first, then the newest."""
        newest_first = self._link[::-1]
        return tuple(sorted(newest_first, key=lambda key: key.eui64 not in ends))

    def shows_in(self, octets: bytes) -> bool:
        """Whether some key of the ring can be read out of `octets`."""
        return len(octets) >= 16 and any(key in octets for _, key in self._ordered)

    def capture_keys(self, pan_id: PanId = NO_PAN) -> tuple[CaptureKey, ...]:
        """The keys for a capture, in the order in which they became known."""
        return tuple(
            CaptureKey(octets, label, kind, pan_id)
            for (kind, octets), label in self._ordered.items()
        )

    def key_file(self) -> str:
        """The keys as Wireshark's `zigbee_pc_keys`."""
        return key_file(self.capture_keys())


def _marked(label: str) -> str:
    return label if label.startswith(MARK) else MARK + label
