"""The tariff that the state of a gas meter says: calendar, prices by tier or block, thresholds.

Prices are a kilowatt hour (SMETS2 4.6.4.29, 4.6.4.31 and 4.6.4.32), gas is counted in litres. So
prices and thresholds are in parts: so many of them that conversion factor and calorific value of
five decimals leave no remainder.
"""

from dataclasses import dataclass
from typing import Final

from emulator.gbcs_device.gas_meter.calendars import executed
from emulator.gbcs_device.gbz.state.calendars import TARIFF, Calendar
from emulator.gbcs_device.gbz.state.store import MeterStore
from emulator.metering.demand.gas_energy import PARTS
from emulator.metering.prepayment.terms import Tariff
from emulator.metering.tariff_registers import TariffRegisters

PRICE: Final = 0x0700
STANDING_CHARGE: Final = 0x0301
FACTOR: Final = 0x0302
CALORIFIC_VALUE: Final = 0x0304
TIERS_IN_USE: Final = 0x0611
THRESHOLDS_IN_USE: Final = 0x0612
TIERS: Final = 4
"""Time-of-use registers of a gas meter (SMETS2 4.6.5.20), numbered from 1."""
BLOCKS: Final = 4
"""Block counters of a gas meter (SMETS2 4.6.5.19)."""
ENERGY_PARTS: Final = 36 * PARTS * PARTS
"""Parts of a watt hour in which the energy of a litre is a whole number."""
PRICE_PARTS: Final = ENERGY_PARTS // 10
"""Parts of a millipence in which the price of a cubic metre is a whole number."""
_DECIMALS: Final = 5
"""Digits after the point that are kept of factor, value and pounds."""


@dataclass(frozen=True, slots=True)
class TariffSettings:
    """What the state says of the tariff; equal ones need no new tariff.

    Args:
        calendar: the switching table that it goes by.
        prices: millipence a kilowatt hour, of each register for each block.
        thresholds: watt hours.
        energy: of a litre, parts of a watt hour.
        standing_charge: millipence a day.
    """

    calendar: Calendar
    prices: tuple[tuple[int, ...], ...]
    thresholds: tuple[int, ...]
    energy: int
    standing_charge: int

    def registers(self) -> TariffRegisters:
        """Registers that have counted nothing."""
        thresholds = tuple(each * ENERGY_PARTS for each in self.thresholds)
        return TariffRegisters(executed(self.calendar), thresholds, self.energy)

    def tariff(self, registers: TariffRegisters) -> Tariff:
        """What consumption costs, in `PRICE_PARTS`.

        Args:
            registers: that count its blocks.
        """
        scale = self.energy // 10
        first, *others = (tuple(price * scale for price in row) for row in self.prices)
        return Tariff(
            calendar=registers.calendar,
            prices=first,
            standing_charge=self.standing_charge,
            blocks=registers if others else None,
            block_prices=tuple(others),
        )


def tariff_settings(store: MeterStore) -> TariffSettings:
    """What the attributes and calendars of a state say."""
    number = store.attributes.number

    def price(attribute: int) -> int:
        return _scaled(number(PRICE, attribute), number(PRICE, 0x0617) >> 4)

    thresholds = _thresholds(store)
    tiers = min(number(PRICE, TIERS_IN_USE), TIERS)
    if thresholds:
        rows = tuple((price(0x0400 + block),) * (TIERS + 1) for block in range(len(thresholds) + 1))
    elif tiers:
        rows = (tuple(price(0x0400 + tier * 0x10) for tier in range(TIERS + 1)),)
    else:
        rows = ((price(0x0400),) * (TIERS + 1),)
    factor = _scaled(number(PRICE, FACTOR), number(PRICE, 0x0303) >> 4)
    value = _scaled(number(PRICE, CALORIFIC_VALUE), number(PRICE, 0x0306) >> 4)
    return TariffSettings(
        calendar=store.calendars.going_by(TARIFF),
        prices=rows,
        thresholds=thresholds,
        energy=max(1, factor) * max(1, value) * 10,
        standing_charge=_scaled(number(PRICE, STANDING_CHARGE), number(PRICE, 0x0617) >> 4),
    )


def _thresholds(store: MeterStore) -> tuple[int, ...]:
    """Watt hours, of as many blocks as are in use; none where they do not ascend."""
    number = store.attributes.number
    used = min(number(PRICE, THRESHOLDS_IN_USE), BLOCKS - 1)
    multiplier, divisor = number(PRICE, 0x0202), max(1, number(PRICE, 0x0203))
    found = [number(PRICE, 0x0100 + place) * multiplier * 1_000 // divisor for place in range(used)]
    ascending = all(early < late for early, late in zip((0, *found), found, strict=False))
    return tuple(found) if ascending else ()


def _scaled(value: int, digits: int) -> int:
    """Hundred-thousandths of a value with so many decimals; what is finer is cut off."""
    if digits <= _DECIMALS:
        return value * int(10 ** (_DECIMALS - digits))
    return value // int(10 ** (digits - _DECIMALS))
