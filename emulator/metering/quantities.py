"""Units in which everything is measured exactly: whole rates, whole microseconds, whole products.

A register counts watt hours, var hours or litres. A rate is in thousandths of a count an hour:
milliwatts, millivars, millilitres an hour. Rate times microseconds is then a whole number, and
`COUNT` of it is one count, whatever is measured.
"""

from enum import StrEnum
from typing import Final

HOUR: Final = 3_600_000_000
"""Microseconds."""
HALF_HOUR: Final = HOUR // 2
DAY: Final = 24 * HOUR
COUNT: Final = 1_000 * HOUR
"""Rate times microseconds that is one watt hour, var hour or litre."""
COUNTS_PER_UNIT: Final = 1_000
"""Counts in a kilowatt hour, kilovar hour or cubic metre."""


class Channel(StrEnum):
    """What a register measures (SMETS2 5.7.5 and 4.6.5)."""

    ACTIVE_IMPORT = "active import"
    ACTIVE_EXPORT = "active export"
    REACTIVE_IMPORT = "reactive import"
    REACTIVE_EXPORT = "reactive export"
    SECONDARY_IMPORT = "secondary active import"
    GAS = "gas"


def rate_for(counts: int, duration: int) -> int:
    """The rate at which so many counts pass in so many microseconds, rounded half up."""
    return (2 * counts * COUNT + duration) // (2 * duration)


def whole_counts(amount: int) -> int:
    """The counts that a register shows for an amount; a begun count is not shown."""
    return amount // COUNT
