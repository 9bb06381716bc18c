"""What a gas meter shows of itself: registers, supply, balances and debts, as attributes.

Nothing is measured here: whoever shows has let the meter measure up to now.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from emulator.gbcs_device.gas_meter.tariff_in_force import BLOCKS, TIERS
from emulator.gbcs_device.gbz.commands.price import CURRENT_BLOCK
from emulator.gbcs_device.gbz.state.attributes import AttributeKey
from emulator.gbcs_device.gbz.state.balances import (
    METERING,
    PREPAYMENT,
)
from emulator.metering.channel_meter import ChannelMeter
from emulator.metering.prepayment.account import Account
from emulator.metering.prepayment.cost_of_use import CostOfUse, Period
from emulator.metering.prepayment.terms import PaymentMode, SupplyState
from emulator.metering.tariff_registers import TariffRegisters
from emulator.metering.valve import Valve
from emulator.zcl.clusters.metering import BILL_TO_DATE

SUPPLY_STATUS: Final = {
    SupplyState.DISABLED: 0,
    SupplyState.ARMED: 1,
    SupplyState.ENABLED: 2,
}
"""SupplyStatus (ZSE 1.4 Table D-16; use-case annex of GBCS, GCS32 and GCS39)."""
CREDIT_REMAINING: Final = (PREPAYMENT, 0x0001)
BILL: Final = (METERING, BILL_TO_DATE)
_COSTS: Final = {Period.DAY: 0x051C, Period.WEEK: 0x0530, Period.MONTH: 0x0540}
"""First attribute of the costs of a period; those before it follow, two apart (ZSE 1.4 D.7)."""
_MOST_SIGNED: Final = 0x7FFFFFFF
_MOST_UNSIGNED: Final = 0xFFFFFFFE
_REGISTER: Final = 1 << 48


@dataclass(frozen=True, slots=True)
class GasMeterParts:
    """What is shown."""

    meter: ChannelMeter
    registers: TariffRegisters
    account: Account
    valve: Valve


def shown_values(parts: GasMeterParts, low_credit: int) -> Mapping[AttributeKey, object]:
    """Every value that is the meter's own, by attribute.

    Args:
        parts: of the meter.
        low_credit: balance below which the consumer is warned.
    """
    return dict((*_registers(parts), *_balances(parts.account), *_costs(parts.account))) | {
        (METERING, 0x0014): SUPPLY_STATUS[parts.valve.state],
        (PREPAYMENT, 0x0003): credit_status(parts.account, low_credit),
    }


def _registers(parts: GasMeterParts) -> Iterator[tuple[AttributeKey, int]]:
    registers = parts.registers
    yield (METERING, 0x0000), parts.meter.counts % _REGISTER
    for tier in range(1, TIERS + 1):
        yield (METERING, 0x00FE + 2 * tier), registers.time_of_use.get(tier, 0) % _REGISTER
    for block in range(BLOCKS):
        counted = sum(each for (of, _), each in registers.blocks.items() if of == block)
        yield (METERING, 0x0700 + block), counted % _REGISTER
    yield (METERING, 0x000C), registers.consumed // registers.weight % _REGISTER
    yield CURRENT_BLOCK, registers.block + 1 if registers.thresholds else 0


def _balances(account: Account) -> Iterator[tuple[AttributeKey, int]]:
    if account.mode is PaymentMode.CREDIT:
        yield BILL, max(0, min(-account.balance, _MOST_UNSIGNED))
    else:
        yield CREDIT_REMAINING, _signed(account.balance)
    yield (PREPAYMENT, 0x0002), _signed(account.emergency_left)
    yield (PREPAYMENT, 0x0005), _signed(account.accumulated_debt)
    owed = (*(each.remaining for each in account.time_debts), account.payment_debt.remaining)
    for place, remaining in enumerate(owed):
        yield (PREPAYMENT, 0x0211 + place * 0x10), min(remaining, _MOST_UNSIGNED)


def cost_attributes(costs: CostOfUse) -> Iterator[tuple[int, int]]:
    """Cost of use by attribute of the Prepayment cluster, of this and past periods."""
    for period, first in _COSTS.items():
        shown = (costs.current[period], *reversed(costs.past[period]))
        for place, cost in enumerate(shown):
            yield first + 2 * place, cost % _REGISTER


def _costs(account: Account) -> Iterator[tuple[AttributeKey, int]]:
    for attribute, cost in cost_attributes(account.cost_of_use):
        yield (PREPAYMENT, attribute), cost


def credit_status(account: Account, low_credit: int) -> int:
    """CreditStatus (ZSE 1.4 D.7): seven bits on credit and emergency credit; 0 in credit mode."""
    if account.mode is PaymentMode.CREDIT:
        return 0
    terms = account.terms
    above = account.balance > terms.disablement_threshold
    used = account.emergency_active and bool(account.emergency_used)
    bits = (
        account.balance >= low_credit,
        account.balance < low_credit,
        bool(terms.emergency_limit),
        account.emergency_offered,
        account.emergency_active,
        used and not above,
        account.emergency_active and not account.emergency_left,
    )
    return sum(set_ << place for place, set_ in enumerate(bits))


def _signed(value: int) -> int:
    return max(-_MOST_SIGNED, min(value, _MOST_SIGNED))
