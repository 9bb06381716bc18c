"""What a supplier sets for an account (SMETS2 5.7.4, GBCS ECS08a, GCS08)."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from emulator.kernel.errors import UsageError
from emulator.metering.prepayment.money import POUND
from emulator.metering.prepayment.non_disablement import NonDisablementCalendar
from emulator.metering.tariff_calendar import TariffCalendar
from emulator.metering.tariff_registers import TariffRegisters


class PaymentMode(StrEnum):
    """How consumption is paid for (SMETS2 5.7.4.30)."""

    CREDIT = "credit"
    PREPAYMENT = "prepayment"


class SupplyState(StrEnum):
    """What the supply switch or valve does (SMETS2 5.7.5.33)."""

    ENABLED = "enabled"
    DISABLED = "disabled"
    ARMED = "armed"


class Prices(Protocol):
    """What consumption costs, by time and by what was consumed."""

    @property
    def standing_charge(self) -> int:
        """Millipence a day."""
        ...

    def price(self, own: int) -> int:
        """Millipence a kilowatt hour or unit of gas, from an own time on."""
        ...

    def lasts(self, rate: int) -> int | None:
        """Microseconds until the next block begins at a rate; None when none does."""
        ...

    def next_change(self, own: int) -> int:
        """Own time after `own` at which the price may be another one."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Tariff:
    """What consumption costs.

    Args:
        calendar: which register counts when.
        prices: millipence a kilowatt hour or unit of gas, by register; those that are not named
            cost nothing.
        standing_charge: millipence a day.
        blocks: who counts the blocks of a tariff that has them.
        block_prices: prices like those, of the second block and of those after it.
    """

    calendar: TariffCalendar
    prices: tuple[int, ...]
    standing_charge: int = 0
    blocks: TariffRegisters | None = None
    block_prices: tuple[tuple[int, ...], ...] = ()

    def __post_init__(self) -> None:
        prices = (each for row in (self.prices, *self.block_prices) for each in row)
        if min((*prices, self.standing_charge)) < 0:
            raise UsageError("tariff: prices and standing charge cannot be negative")

    def price(self, own: int) -> int:
        """Millipence a kilowatt hour at an own time, in the block that counts."""
        block = 0 if self.blocks is None else self.blocks.block
        prices = (self.prices, *self.block_prices)[min(block, len(self.block_prices))]
        register = self.calendar.register(own)
        return prices[register] if register < len(prices) else 0

    def lasts(self, rate: int) -> int | None:
        """Microseconds until the next block begins at a rate; None when none does."""
        return None if self.blocks is None else self.blocks.lasts(rate)

    def next_change(self, own: int) -> int:
        """Own time of the next switch."""
        return self.calendar.next_switch(own)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrepaymentTerms:
    """How credit is given and supply interrupted; money in millipence.

    Args:
        emergency_limit: how much emergency credit there is.
        emergency_threshold: balance at or below which a consumer may have it.
        disablement_threshold: balance at which supply is interrupted.
        maximum_credit: of one top-up.
        maximum_balance: beyond which no top-up is taken.
        suspend_debt_in_emergency: collect no debt by time while emergency credit is used.
        suspend_debt_when_disabled: nor while supply is interrupted.
        non_disablement: when it is not.
    """

    emergency_limit: int = 5 * POUND
    emergency_threshold: int = 1 * POUND
    disablement_threshold: int = 0
    maximum_credit: int = 500 * POUND
    maximum_balance: int = 1_000 * POUND
    suspend_debt_in_emergency: bool = False
    suspend_debt_when_disabled: bool = False
    non_disablement: NonDisablementCalendar = field(default_factory=NonDisablementCalendar)
