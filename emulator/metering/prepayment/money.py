"""Money in whole thousandths of a penny, as meters count it (GBCS, SMETS2 5.7.5: millipence)."""

from typing import Final

from emulator.metering.quantities import COUNT, COUNTS_PER_UNIT

PENNY: Final = 1_000
POUND: Final = 100 * PENNY
BASIS_POINTS: Final = 10_000
"""A whole, in hundredths of a percent."""
_PRICED: Final = COUNT * COUNTS_PER_UNIT
"""An amount that costs its price: a kilowatt hour, or a unit of gas."""


class CostCounter:
    """What passed, in money; the part of a thousandth of a penny that is over is carried on.

    Args:
        parts: into how many parts of a thousandth of a penny prices are divided.
    """

    __slots__ = ("_over", "_unit")

    def __init__(self, parts: int = 1) -> None:
        self._over = 0
        self._unit = _PRICED * parts

    def cost(self, amount: int, price: int) -> int:
        """Whole millipence that became due.

        Args:
            amount: rate times microseconds that passed.
            price: parts of a millipence a kilowatt hour, not negative.
        """
        due, self._over = divmod(self._over + amount * price, self._unit)
        return due

    def lasts(self, money: int, rate: int, price: int) -> int:
        """Microseconds in which so many whole millipence become due at a rate above zero."""
        return -(-(money * self._unit - self._over) // (rate * price))

    @property
    def over(self) -> int:
        """What is carried on."""
        return self._over

    def carry(self, over: int) -> None:
        """Carry this on, as a snapshot says."""
        self._over = over


def share(amount: int, basis_points: int) -> int:
    """So many hundredths of a percent of an amount, rounded down."""
    return amount * basis_points // BASIS_POINTS
