"""What tunnels tell the trace; the messages themselves never stand in a fact."""

from dataclasses import dataclass
from typing import ClassVar

from emulator.kernel.identity import Eui64


@dataclass(frozen=True, slots=True)
class TunnelOpened:
    """A tunnel is open, under the number its server gave it."""

    kind: ClassVar[str] = "tunnel_opened"
    partner: Eui64
    tunnel: int
    server: bool


@dataclass(frozen=True, slots=True)
class TunnelRefused:
    """No tunnel was opened, and why."""

    kind: ClassVar[str] = "tunnel_refused"
    partner: Eui64 | None
    reason: str


@dataclass(frozen=True, slots=True)
class TunnelClosed:
    """A tunnel is open no longer, and why."""

    kind: ClassVar[str] = "tunnel_closed"
    partner: Eui64
    tunnel: int
    reason: str


@dataclass(frozen=True, slots=True)
class MessageTunnelled:
    """So many octets crossed a tunnel; direction is `to` or `from` the partner."""

    kind: ClassVar[str] = "message_tunnelled"
    partner: Eui64
    size: int
    direction: str


@dataclass(frozen=True, slots=True)
class MessageLost:
    """A message did not reach its partner, and nobody tries any more."""

    kind: ClassVar[str] = "message_lost"
    partner: Eui64
    size: int
    reason: str


@dataclass(frozen=True, slots=True)
class MessageQueued:
    """A message waits until its partner wakes; so many wait now."""

    kind: ClassVar[str] = "message_queued"
    partner: Eui64
    size: int
    waiting: int


@dataclass(frozen=True, slots=True)
class FetchGivenUp:
    """The hub answered none of so many requests for a message."""

    kind: ClassVar[str] = "fetch_given_up"
    partner: Eui64
    tries: int


@dataclass(frozen=True, slots=True)
class TunnelMessageDropped:
    """Octets came through a tunnel that nobody can take."""

    kind: ClassVar[str] = "tunnel_message_dropped"
    partner: Eui64
    size: int
    reason: str
