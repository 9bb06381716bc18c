"""What goes with a meter: what it tells of what passes, and what it asks before it goes on."""

from collections.abc import Sequence
from typing import Protocol


class Follower(Protocol):
    """What goes with the import of a meter: tariff registers, an account, maximum demand."""

    def next_change(self, own: int) -> int:
        """Own time after `own` at which it does something by itself."""
        ...

    def passed(self, amount: int, start: int, end: int) -> None:
        """Take what passed between two own times; no change of its own lies between them."""
        ...


class HalfHourly(Protocol):
    """What looks at each half hour by itself, and does nothing at any other time: a demand."""

    def passed(self, amount: int, start: int, end: int) -> None:
        """Take what passed between two own times within a half hour."""
        ...

    def half_hours(self, slot: int, amounts: Sequence[int]) -> None:
        """Take what passed up to the end of each of half hours that follow each other.

        Args:
            slot: the number of the first, part of which may have passed before.
            amounts: from now on, up to each end.
        """
        ...


class Gate(Protocol):
    """What may interrupt the supply of a meter: an account that is empty."""

    @property
    def open(self) -> bool:
        """Whether it lets supply through."""
        ...

    def lasts(self, rate: int, own: int) -> int | None:
        """Microseconds until it closes at a rate, if nothing else changes; None when not.

        At a lower rate it must last as long or longer.
        """
        ...


class Pacer(Protocol):
    """What changes after so much has passed: a tariff with blocks."""

    def paces(self, rates: Sequence[int], own: int) -> int | None:
        """Microseconds, at least one, until it changes at these rates; None when it does not.

        At lower rates it must last as long or longer.

        Args:
            rates: of the channels, in the meter's order.
            own: own time.
        """
        ...
