"""Tariff registers and prices of an electricity meter as attributes (ZSE 1.4 D.3, D.4).

A meter shows the home its registers by time of use and by block, and the tariff that they go by
(SMETS2 5.5). That it shows each of them so is unverified (GBCS 7.4 was not found).
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from emulator.equipment.electricity_tariff import (
    MOST_TIERS,
    block_prices,
    block_thresholds,
    current_block,
    tariff_information,
    time_of_use_prices,
)
from emulator.metering.tariff_matrix import (
    BLOCK_TIMES_OF_USE,
    BLOCKS,
    TIMES_OF_USE,
    TariffMatrix,
    TariffTerms,
)
from emulator.zcl.clusters.metering import block_register
from emulator.zcl.payloads.price import PublishTariffInformation

CURRENT_BLOCK: Final = 0x000E
_REGISTER: Final = 1 << 48
_ROW: Final = 0x10
_TIERS: Final = range(1, TIMES_OF_USE + 1)
_GRID: Final = tuple(
    (tier, block) for tier in range(1, BLOCK_TIMES_OF_USE + 1) for block in range(BLOCKS)
)


def time_of_use_register(tier: int) -> int:
    """CurrentTier{}SummationDelivered (ZSE 1.4 D.3.2)."""
    return 0x00FE + 2 * tier


_BY_TIER: Final[Mapping[int, int]] = MappingProxyType(
    {time_of_use_register(tier): tier for tier in _TIERS}
)
_BY_BLOCK: Final[Mapping[int, tuple[int, int]]] = MappingProxyType(
    {block_register(tier, block): (block, tier) for tier, block in _GRID}
)
"""CurrentTier{}Block{}SummationDelivered, by attribute."""
TARIFF_REGISTERS: Final = (CURRENT_BLOCK, *_BY_TIER, *_BY_BLOCK)
"""Attributes of the Metering cluster."""

_PRICES: Final[Mapping[int, tuple[int, int]]] = MappingProxyType(
    {
        **{0x0400 + _ROW * tier + block: (tier, block) for tier, block in _GRID},
        **{0x0400 + _ROW * tier: (tier, 0) for tier in _TIERS if tier <= MOST_TIERS},
        **{0x04FF + tier: (tier, 0) for tier in _TIERS if tier > MOST_TIERS},
    }
)
"""Tier{}Block{}Price, and PriceTier{} above 15."""
_THRESHOLDS: Final[Mapping[int, tuple[int, int]]] = MappingProxyType(
    {0x0100 + _ROW * tier + block: (tier, block) for tier, block in _GRID if block < BLOCKS - 1}
)
"""Tier{}Block{}Threshold."""
_SAID: Final[Mapping[int, Callable[[PublishTariffInformation], int]]] = MappingProxyType(
    {
        0x0202: lambda said: said.block_threshold_multiplier,
        0x0203: lambda said: said.block_threshold_divisor,
        0x0301: lambda said: said.standing_charge,
        0x0611: lambda said: said.number_of_price_tiers_in_use,
        0x0612: lambda said: said.number_of_block_thresholds_in_use,
        0x0613: lambda said: said.tier_block_mode,
        0x0615: lambda said: said.unit_of_measure,
        0x0616: lambda said: said.currency,
        0x0617: lambda said: said.price_trailing_digit,
    }
)
TARIFF_ATTRIBUTES: Final = (*_THRESHOLDS, *_PRICES, *_SAID)
"""Attributes of the Price cluster."""


def tariff_register(matrix: TariffMatrix, attribute: int, own: int) -> int:
    """What one of `TARIFF_REGISTERS` shows: watt hours, or the block that holds.

    Args:
        matrix: measured up to now.
        attribute: which.
        own: own time of the meter.
    """
    if attribute == CURRENT_BLOCK:
        return current_block(matrix, own)
    tier = _BY_TIER.get(attribute)
    if tier is not None:
        return matrix.time_of_use.get(tier, 0) % _REGISTER
    return matrix.blocks.get(_BY_BLOCK[attribute], 0) % _REGISTER


def tariff_attribute(terms: TariffTerms, attribute: int) -> int:
    """What one of `TARIFF_ATTRIBUTES` shows; prices and thresholds that are not set are zero."""
    said = _SAID.get(attribute)
    if said is not None:
        return said(tariff_information(terms))
    if attribute in _THRESHOLDS:
        tier, place = _THRESHOLDS[attribute]
        limits = block_thresholds(terms).get(tier, ())
        return limits[place] if place < len(limits) else 0
    tier, block = _PRICES[attribute]
    price = block_prices(terms).get(tier << 4 | block)
    if price is None and not block:
        price = time_of_use_prices(terms).get(tier)
    return 0 if price is None else price
