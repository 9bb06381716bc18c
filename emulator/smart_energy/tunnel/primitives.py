"""What tunnels and the applications that talk to remote parties say to each other.

Applications speak of whole messages and partners. Below them, tunnel data is what one
TransferData carries: the bare message, or the message with a header where the partner sleeps.
"""

from dataclasses import dataclass
from enum import Enum

from emulator.kernel.identity import Eui64


class Undeliverable(Enum):
    """Why a message did not reach its partner."""

    NOT_LOGGED = "partner is not in the device log"
    UNLOGGED = "partner was removed from the device log"
    NO_TUNNEL = "no tunnel could be opened"
    TOO_LONG = "longer than the partner takes"
    NOT_DELIVERED = "partner did not acknowledge it"
    NO_MIRROR = "partner sleeps and has no mirror"
    FETCHES = "partner fetches its messages itself"
    """It turned out to sleep: whoever keeps messages for sleepers takes them over."""
    QUEUE_FULL = "too many messages wait for the partner"
    EXPIRED = "partner did not fetch it in time"


@dataclass(frozen=True, slots=True)
class SendThroughTunnel:
    """Application -> tunnels: bring a message to `partner`; at a device that is its hub."""

    partner: Eui64
    octets: bytes


@dataclass(frozen=True, slots=True)
class TunnelledMessage:
    """Tunnels -> application: a message came from `partner`."""

    partner: Eui64
    octets: bytes


@dataclass(frozen=True, slots=True)
class TunnelUndeliverable:
    """Tunnels -> application: a message did not reach `partner`, and nobody tries any more."""

    partner: Eui64
    octets: bytes
    reason: Undeliverable


@dataclass(frozen=True, slots=True)
class LogPartner:
    """Device log of the hub -> tunnels: `eui64` is in the log, so that it gets messages.

    Args:
        sleepy: it fetches its messages itself when it wakes, as a gas meter does.
    """

    eui64: Eui64
    sleepy: bool = False


@dataclass(frozen=True, slots=True)
class UnlogPartner:
    """Device log of the hub -> tunnels: no longer; what waits for it is dropped."""

    eui64: Eui64


@dataclass(frozen=True, slots=True)
class TunnelDataRequest:
    """Carrier -> tunnels: send these octets to `partner` in one TransferData."""

    handle: int
    partner: Eui64
    octets: bytes


@dataclass(frozen=True, slots=True)
class TunnelDataConfirm:
    """Tunnels -> carrier: the octets of that request arrived; or why not."""

    handle: int
    partner: Eui64
    failure: Undeliverable | None = None


@dataclass(frozen=True, slots=True)
class TunnelDataIndication:
    """Tunnels -> carrier: these octets came from `partner` in one TransferData."""

    partner: Eui64
    octets: bytes


@dataclass(frozen=True, slots=True)
class FetchMessages:
    """Mirror -> tunnels of a gas meter: messages wait at `partner`, the hub; fetch them all."""

    partner: Eui64


@dataclass(frozen=True, slots=True)
class EnsureTunnel:
    """Application -> tunnels: open the tunnel to `partner` if none is open."""

    partner: Eui64
