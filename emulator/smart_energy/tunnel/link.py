"""What a tunnel's client knows of one partner: how far the tunnel is, and what waits for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any, Self

from emulator.kernel.identity import Eui64
from emulator.kernel.units import Duration, Instant
from emulator.smart_energy.tunnel.outbox import Outbox
from emulator.smart_energy.tunnel.settings import TunnelSettings
from emulator.zcl.primitives import ZclAddress
from emulator.zigbee.addresses import Endpoint


class LinkState(Enum):
    """How far the tunnel to a partner is."""

    CLOSED = auto()
    """No tunnel; one is asked for when the time has come, or a message."""
    WAITING = auto()
    """Another partner's request is under way; ours follows."""
    FINDING = auto()
    """The partner was asked which endpoint serves tunnels."""
    REQUESTING = auto()
    CLEARING = auto()
    """Old tunnels are closed, one after the other, because the partner has no number left."""
    OPEN = auto()


OPENING = frozenset({LinkState.FINDING, LinkState.REQUESTING, LinkState.CLEARING})
"""States in which a request is under way; one partner at a time is in one of them."""


@dataclass(slots=True)
class Link:
    """One partner.

    Args:
        due: when a tunnel is asked for by itself.
        ids: the numbers of tunnels that may be open there.
        maximum: octets that one TransferData may bring it.
        address: where its server is, as of the last request.
        handle: of the request or question under way.
        failures: requests in a row that nobody answered.
        busy: whether the partner asked us to wait before the next request.
        cleared: whether tunnels were closed for the sake of this request.
    """

    partner: Eui64
    outbox: Outbox
    state: LinkState = LinkState.CLOSED
    due: Instant | None = None
    endpoint: Endpoint | None = None
    address: ZclAddress | None = None
    tunnel: int | None = None
    ids: set[int] = field(default_factory=set)
    closing: list[int] = field(default_factory=list)
    maximum: int = 0
    handle: int = 0
    failures: int = 0
    busy: bool = False
    cleared: bool = False

    @classmethod
    def to(cls, partner: Eui64, settings: TunnelSettings) -> Self:
        """A new link, nothing open."""
        return cls(partner, Outbox(partner, settings.tries))

    def ids_to_close(self, settings: TunnelSettings) -> list[int]:
        """Every number that may be active at the partner (GBCS 10.2.2.1)."""
        return sorted(self.ids) or list(range(settings.last_id + 1))

    def pause(self, settings: TunnelSettings) -> Duration:
        """How long to wait after so many requests without an answer."""
        doubled = settings.failure_retry << min(self.failures - 1, 16)
        return Duration(min(doubled, settings.busy_retry))

    def snapshot(self) -> dict[str, Any]:
        """What survives a power cycle, as JSON knows it."""
        return {"ids": sorted(self.ids)}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take back what `snapshot` gave."""
        self.ids = set(state["ids"])
