"""A packet as a capture file holds it, and what may be wrong with the file."""

from dataclasses import dataclass

from emulator.kernel.errors import UsageError


class CaptureError(UsageError):
    """A capture file that cannot be read on.

    Args:
        offset: of the octet at which it is wrong, from 0.
        problem: what is wrong.
    """

    def __init__(self, offset: int, problem: str) -> None:
        super().__init__(f"at octet {offset}: {problem}")
        self.offset = offset


@dataclass(frozen=True, slots=True)
class Packet:
    """One packet.

    Args:
        offset: of its header in the file.
        link_type: what its octets are (https://www.tcpdump.org/linktypes.html).
        at: microseconds since 1970.
        octets: as captured.
    """

    offset: int
    link_type: int
    at: int
    octets: bytes


@dataclass(frozen=True, slots=True)
class StoredKey:
    """A key that a pcapng file holds for its own packets (secrets types ZNWK and ZAPS)."""

    octets: bytes
    network: bool
