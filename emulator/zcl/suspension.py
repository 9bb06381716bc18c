"""Peers with whom no messages are exchanged for a while (ZSE 1.4 Annex D, Sub-GHz cluster)."""

from collections.abc import Iterable

from emulator.kernel.units import Duration, Instant
from emulator.zigbee.addresses import ClusterId, NwkAddress


class Suspensions:
    """Until when which peer is suspended; the clusters that say so are never held back.

    Args:
        always: clusters of which messages pass all the same.
    """

    def __init__(self, always: Iterable[ClusterId]) -> None:
        self._always = frozenset(always)
        self._until: dict[NwkAddress, Instant] = {}

    def __bool__(self) -> bool:
        return bool(self._until)

    def suspend(self, peer: NwkAddress, until: Instant | None) -> None:
        """Exchange nothing with `peer` until then; None lets everything pass again."""
        if until is None:
            self._until.pop(peer, None)
        else:
            self._until[peer] = until

    def left(self, peer: NwkAddress, now: Instant) -> Duration:
        """How much longer a peer is suspended; 0 when it is not."""
        until = self._until.get(peer)
        if until is None:
            return Duration(0)
        if until <= now:
            del self._until[peer]
            return Duration(0)
        return Duration(until - now)

    def holds_back(self, peer: NwkAddress, cluster: ClusterId, now: Instant) -> bool:
        """Whether a message of that cluster to or from `peer` is held back."""
        return cluster not in self._always and self.left(peer, now) > 0
