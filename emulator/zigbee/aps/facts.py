"""What the APS layer states about itself, besides dropped and malformed frames."""

from dataclasses import dataclass
from typing import ClassVar

from emulator.kernel.identity import Eui64
from emulator.zigbee.addresses import NwkAddress


@dataclass(frozen=True, slots=True)
class ApsRetransmitted:
    """No acknowledgement came in time; the frame (or block) went out again."""

    kind: ClassVar[str] = "aps_retransmitted"
    destination: NwkAddress
    counter: int
    attempt: int


@dataclass(frozen=True, slots=True)
class ApsDuplicate:
    """A frame came again; acknowledged once more where it asked, not delivered."""

    kind: ClassVar[str] = "aps_duplicate"
    source: NwkAddress
    counter: int


@dataclass(frozen=True, slots=True)
class ApsFragmented:
    """An ASDU too long for one frame goes out in blocks."""

    kind: ClassVar[str] = "aps_fragmented"
    destination: NwkAddress
    counter: int
    octets: int
    blocks: int


@dataclass(frozen=True, slots=True)
class ApsReassemblyAbandoned:
    """A fragmented reception got no further block in time."""

    kind: ClassVar[str] = "aps_reassembly_abandoned"
    source: NwkAddress
    counter: int
    received: int
    blocks: int


@dataclass(frozen=True, slots=True)
class ApsCommandNotSent:
    """A security command could not go out; the reason names what is missing."""

    kind: ClassVar[str] = "aps_command_not_sent"
    command: str
    device: Eui64
    reason: str


@dataclass(frozen=True, slots=True)
class ApsTunnelRelayed:
    """A frame in a Tunnel command was handed to the child it is for (R22 4.4.11.6)."""

    kind: ClassVar[str] = "aps_tunnel_relayed"
    destination: Eui64
    octets: int


@dataclass(frozen=True, slots=True)
class ApsProtocolViolation:
    """An event that the state does not know; the state stayed as it was."""

    kind: ClassVar[str] = "aps_protocol_violation"
    state: str
    event: str
