"""Prices and blocks of a tariff, as a display makes them of what a supply told (ZSE 1.4 D.4).

Blocks count for every tier together, or for each by itself. Which block of a tier counts is then
worked out from its registers, as a supply tells but that of the tier that holds. Thresholds are
energy, and so is what was used of a block: of gas it is worked out from the volume, with conversion
factor and calorific value (GBCS GCS01a, GCS13b, GCS23).
"""

from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from emulator.kernel.errors import UsageError
from emulator.metering.demand.gas_energy import watt_hours
from emulator.wire.struct import Struct
from emulator.zcl.clusters.metering import block_register
from emulator.zcl.payloads.price import (
    BY_TIER,
    EVERY_TIER,
    OF_EVERY_TIER,
    PublishBlockThresholds,
    PublishCalorificValue,
    PublishConversionFactor,
    PublishPriceMatrix,
    PublishTariffInformation,
)

Told = Mapping[type[Struct], Struct]

_DECIMALS: Final = 5
"""Digits after the point that are kept: a thousandth of a penny is the fifth of a pound."""
_COUNTS: Final = 1000
_MEGAJOULES_A_CUBIC_METRE: Final = 0x01
"""CalorificValueUnit (GBCS GCS23)."""


@dataclass(frozen=True, slots=True)
class BlockSeen:
    """A block that comes after the one that counts.

    Args:
        number: from 1.
        begins: watt hours after which it counts.
        price: thousandths of a penny a kilowatt hour; None where that is not known.
    """

    number: int
    begins: int
    price: int | None = None


class HomeTariff:
    """The tariff of one supply.

    Args:
        told: what it told.
        metered: gives what a register of its Metering cluster shows, in watt hours or litres.
        block: the block that counts at the tier that holds, as the supply says; 0 for none.
        gas: whether its registers are litres of gas.
    """

    def __init__(
        self,
        told: Told,
        metered: Callable[[int], int | None],
        block: int | None = None,
        *,
        gas: bool = False,
    ) -> None:
        self._metered = metered
        self._energy = _energy_of_gas(told) if gas else _as_it_is
        self._block = block or 0
        self._prices: Mapping[int, int] = {}
        self._by_tier = True
        self._limits: Mapping[int, tuple[int, ...]] = {}
        self._common = True
        tariff = told.get(PublishTariffInformation)
        if not isinstance(tariff, PublishTariffInformation):
            return
        matrix, limits = told.get(PublishPriceMatrix), told.get(PublishBlockThresholds)
        if isinstance(matrix, PublishPriceMatrix):
            digit = tariff.price_trailing_digit
            self._by_tier = bool(matrix.sub_payload_control & BY_TIER)
            self._prices = {
                each.tier_block_id: in_millipence(each.price, digit) for each in matrix.prices
            }
        if isinstance(limits, PublishBlockThresholds):
            scale = tariff.block_threshold_multiplier * _COUNTS
            divisor = max(1, tariff.block_threshold_divisor)
            self._common = bool(limits.sub_payload_control & OF_EVERY_TIER)
            self._limits = {
                group.tier: tuple(each * scale // divisor for each in group.thresholds)
                for group in limits.groups
            }

    def price(self, tier: int) -> int | None:
        """Of a kilowatt hour at a tier, of the block that counts there; None for not known."""
        if self._by_tier:
            return self._prices.get(tier)
        block = self._block_at(tier)
        return self._price_of(tier, block) if block else None

    def used(self, tier: int) -> int | None:
        """Watt hours that were taken at a tier since its blocks began anew; None for not known."""
        group = EVERY_TIER if self._common else tier
        limits = self._limits.get(group)
        if limits is None:
            return None
        counted = [self._metered(block_register(group, block)) for block in range(len(limits) + 1)]
        known = [each for each in counted if each is not None]
        return self._energy(sum(known)) if len(known) == len(counted) else None

    def later_blocks(self, tier: int, block: int | None) -> tuple[BlockSeen, ...]:
        """The blocks of a tier that come after one, which is numbered from 1."""
        limits = self._limits.get(EVERY_TIER if self._common else tier, ())
        return tuple(
            BlockSeen(number, begins, self._price_of(tier, number))
            for number, begins in enumerate(limits, 2)
            if number > (block or 1)
        )

    def _block_at(self, tier: int) -> int:
        """The block that counts at a tier, from 1; 0 where that is not known."""
        if self._common:
            return self._block
        if tier not in self._limits:
            return 1
        used = self.used(tier)
        return 0 if used is None else bisect_right(self._limits[tier], used) + 1

    def _price_of(self, tier: int, block: int) -> int | None:
        """Of a block at a tier; prices of no tier are those of every one."""
        return self._prices.get(tier << 4 | block - 1, self._prices.get(block - 1))


def in_millipence(price: int, trailing_digit: int) -> int:
    """A price of which so many decimals are of the currency, in thousandths of a penny."""
    return _hundred_thousandths(price, trailing_digit)


def _hundred_thousandths(value: int, trailing_digit: int) -> int:
    """A value with as many decimals as a trailing digit says (ZSE 1.4 D.4)."""
    power = _DECIMALS - (trailing_digit >> 4)
    scaled: int = value * 10**power if power >= 0 else value // 10**-power
    return scaled


def _as_it_is(counts: int) -> int | None:
    return counts


def _energy_of_gas(told: Told) -> Callable[[int], int | None]:
    """Gives the watt hours in litres of gas; None where the supply does not tell enough."""
    factor, value = told.get(PublishConversionFactor), told.get(PublishCalorificValue)
    if (
        not isinstance(factor, PublishConversionFactor)
        or not isinstance(value, PublishCalorificValue)
        or value.calorific_value_unit != _MEGAJOULES_A_CUBIC_METRE
    ):
        return lambda _: None
    parts = (
        _hundred_thousandths(factor.conversion_factor, factor.conversion_factor_trailing_digit),
        _hundred_thousandths(value.calorific_value, value.calorific_value_trailing_digit),
    )

    def energy(litres: int) -> int | None:
        try:
            return watt_hours(litres, *parts)
        except UsageError:
            return None

    return energy
