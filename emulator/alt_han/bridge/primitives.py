"""What the ends of a bridge tell each other, and are told."""

from dataclasses import dataclass

from emulator.alt_han.bridge.settings import CONTROL_OCTETS
from emulator.kernel.identity import Eui64
from emulator.radio.port import Channel
from emulator.zigbee.addresses import ExtendedPanId, PanId


@dataclass(frozen=True, slots=True)
class Search:
    """Look for the HAN; any that has a beacon where none is named."""

    extended_pan_id: ExtendedPanId | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """The wired end found the HAN; the other end goes there too."""

    channel: Channel
    pan_id: PanId
    extended_pan_id: ExtendedPanId


@dataclass(frozen=True, slots=True)
class Seen:
    """A device was heard at this end, under a short or an extended address."""

    short: int | None = None
    extended: Eui64 | None = None


@dataclass(frozen=True, slots=True)
class Carry:
    """A MAC frame for the other side, without FCS."""

    psdu: bytes


Message = Settled | Seen | Carry


@dataclass(frozen=True, slots=True)
class ToPeer:
    """Effect: give this to the other end."""

    message: Message


@dataclass(frozen=True, slots=True)
class FromPeer:
    """Event: the other end gave this."""

    message: Message


def octets_of(message: Message) -> int:
    """How long a message is on the backhaul."""
    return len(message.psdu) if isinstance(message, Carry) else CONTROL_OCTETS
