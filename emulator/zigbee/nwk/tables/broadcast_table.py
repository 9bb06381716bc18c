"""Broadcasts of the last seconds and who was heard relaying them (R22 3.6.5)."""

from dataclasses import dataclass, field

from emulator.kernel.units import Duration, Instant, later
from emulator.zigbee.addresses import NwkAddress


@dataclass(slots=True)
class Broadcast:
    """One broadcast transaction record.

    Args:
        expires: until when copies of it are duplicates.
        audience: neighbours that are expected to relay it.
        heard: neighbours that did.
    """

    expires: Instant
    audience: frozenset[NwkAddress]
    heard: set[NwkAddress] = field(default_factory=set)


class BroadcastTable:
    """nwkBroadcastTransactionTable: by source address and sequence number."""

    def __init__(self, delivery_time: Duration) -> None:
        self._delivery_time = delivery_time
        self._records: dict[tuple[NwkAddress, int], Broadcast] = {}

    def __len__(self) -> int:
        return len(self._records)

    def known(self, source: NwkAddress, sequence: int, now: Instant) -> Broadcast | None:
        """The record of a broadcast that has not expired."""
        record = self._records.get((source, sequence))
        return record if record is not None and record.expires > now else None

    def enter(
        self, source: NwkAddress, sequence: int, audience: frozenset[NwkAddress], now: Instant
    ) -> Broadcast:
        """A new record; what expired goes."""
        records = self._records
        while records:
            oldest = next(iter(records))
            if records[oldest].expires > now:
                break
            del records[oldest]
        record = Broadcast(later(now, self._delivery_time), audience)
        records.pop((source, sequence), None)
        records[source, sequence] = record
        return record

    def acknowledged(
        self, source: NwkAddress, sequence: int, live: frozenset[NwkAddress], now: Instant
    ) -> bool:
        """Whether everybody in the audience who is still in reach relayed it.

        An unknown or expired broadcast needs no more relaying either.
        """
        record = self.known(source, sequence, now)
        return record is None or (record.audience & live) <= record.heard

    def clear(self) -> None:
        """Forget every broadcast."""
        self._records.clear()
