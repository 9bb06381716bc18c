"""Indirect transmission, the keeping side: what is held until a sleeping device asks (7.5.5).

A device is known by its short address, or by its EUI-64 before it has one.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from emulator.kernel.construction import quick
from emulator.kernel.identity import Eui64
from emulator.kernel.units import Duration, Instant, later
from emulator.radio.port import RadioPending
from emulator.zigbee.mac.frames import MacFrame


@quick
@dataclass(frozen=True, slots=True)
class ShortName:
    """A device by its short address; distinct from any EUI-64 of the same number."""

    address: int


Device = ShortName | Eui64


@dataclass(eq=False, slots=True)
class Transaction:
    """One frame that waits for its device.

    Args:
        device: who has to ask for it.
        frame: the frame; a repetition carries the same sequence number.
        handle: of the data request it came from; None for an association response.
        expires: when it is given up.
    """

    device: Device
    frame: MacFrame
    handle: int | None
    expires: Instant
    in_flight: bool = False


class IndirectQueue:
    """Transactions in the order in which they came."""

    def __init__(self, capacity: int, persistence: Duration) -> None:
        self._capacity = capacity
        self._persistence = persistence
        self.transactions: list[Transaction] = []

    def __iter__(self) -> Iterator[Transaction]:
        return iter(self.transactions)

    def keep(
        self, device: Device, frame: MacFrame, handle: int | None, now: Instant
    ) -> Transaction | None:
        """The new transaction; None when there is no room (TRANSACTION_OVERFLOW)."""
        if len(self.transactions) >= self._capacity:
            return None
        transaction = Transaction(device, frame, handle, later(now, self._persistence))
        self.transactions.append(transaction)
        return transaction

    def take(self, device: Device) -> tuple[Transaction, bool] | None:
        """The oldest transaction of `device`, now in flight, and whether more are kept for it.

        None when there is none, or one is in flight already.
        """
        if not self.transactions:
            return None
        mine = [each for each in self.transactions if each.device == device]
        if not mine or any(each.in_flight for each in mine):
            return None
        mine[0].in_flight = True
        return mine[0], len(mine) > 1

    def forget(self, transaction: Transaction) -> bool:
        """Whether the transaction was still kept; it no longer is."""
        if transaction not in self.transactions:
            return False
        self.transactions.remove(transaction)
        return True

    def purge(self, handle: int) -> bool:
        """Whether a transaction of that handle, not in flight, was kept; it no longer is."""
        found = next((each for each in self if each.handle == handle and not each.in_flight), None)
        return found is not None and self.forget(found)

    def expire(self, now: Instant) -> tuple[Transaction, ...]:
        """The transactions given up by `now`, which are no longer kept; none in flight."""
        gone = tuple(each for each in self if each.expires <= now and not each.in_flight)
        for each in gone:
            self.transactions.remove(each)
        return gone

    def clear(self) -> None:
        """Forget every transaction."""
        self.transactions.clear()

    def pending(self) -> RadioPending:
        """For whom something is kept, as the radio wants to know it."""
        shorts: set[int] = set()
        extendeds: set[Eui64] = set()
        for each in self.transactions:
            if isinstance(each.device, ShortName):
                shorts.add(each.device.address)
            else:
                extendeds.add(each.device)
        return RadioPending(frozenset(shorts), frozenset(extendeds))

    @property
    def deadline(self) -> Instant | None:
        """When the next transaction is given up."""
        due: Instant | None = None
        for each in self.transactions:
            if not each.in_flight and (due is None or each.expires < due):
                due = each.expires
        return due
