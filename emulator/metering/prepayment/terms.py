"""What a supplier sets for an account (SMETS2 5.7.4, GBCS ECS08a, GCS08)."""

from dataclasses import dataclass, field
from enum import StrEnum

from emulator.kernel.errors import UsageError
from emulator.metering.prepayment.money import POUND
from emulator.metering.prepayment.non_disablement import NonDisablementCalendar
from emulator.metering.tariff_calendar import TariffCalendar


class PaymentMode(StrEnum):
    """How consumption is paid for (SMETS2 5.7.4.30)."""

    CREDIT = "credit"
    PREPAYMENT = "prepayment"


class SupplyState(StrEnum):
    """What the supply switch or valve does (SMETS2 5.7.5.33)."""

    ENABLED = "enabled"
    DISABLED = "disabled"
    ARMED = "armed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tariff:
    """What consumption costs.

    Args:
        calendar: which register counts when.
        prices: millipence a kilowatt hour or unit of gas, by register; those that are not named
            cost nothing.
        standing_charge: millipence a day.
    """

    calendar: TariffCalendar
    prices: tuple[int, ...]
    standing_charge: int = 0

    def __post_init__(self) -> None:
        if min((*self.prices, self.standing_charge)) < 0:
            raise UsageError("tariff: prices and standing charge cannot be negative")

    def price(self, own: int) -> int:
        """Millipence a kilowatt hour at an own time."""
        register = self.calendar.register(own)
        return self.prices[register] if register < len(self.prices) else 0


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
