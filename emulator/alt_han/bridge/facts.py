"""What the trace is told about bridges."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class BridgeSettled:
    """An end is on the channel of its HAN."""

    kind: ClassVar[str] = "bridge_settled"
    channel: int
    page: int
    pan_id: int


@dataclass(frozen=True, slots=True)
class BridgeSearching:
    """The wired end looks for its HAN."""

    kind: ClassVar[str] = "bridge_searching"
    reason: str


@dataclass(frozen=True, slots=True)
class BridgeDropped:
    """A frame ended at a bridge although its sender has an acknowledgement."""

    kind: ClassVar[str] = "bridge_dropped"
    reason: str
    octets: int


@dataclass(frozen=True, slots=True)
class BackhaulDropped:
    """A message was lost between the ends."""

    kind: ClassVar[str] = "backhaul_dropped"
    reason: str
    octets: int


@dataclass(frozen=True, slots=True)
class BackhaulOutage:
    """The line between the ends went, or came back."""

    kind: ClassVar[str] = "backhaul_outage"
    out: bool
