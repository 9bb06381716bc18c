"""The tariff of an electricity meter as the Price cluster tells it (ZSE 1.4 D.4).

Prices are in thousandths of a penny a kilowatt hour, thresholds in watt hours. A time of use is a
price tier of its number, with blocks or without; that a time of use with blocks has no tier of its
own beside the one without is unverified (GBCS 7.4 was not found).
"""

from collections.abc import Mapping, Sequence
from typing import Final

from emulator.equipment.published_tariff import (
    HIGHEST_PRICE,
    published_prices,
    published_thresholds,
)
from emulator.metering.tariff_matrix import FIRST_BLOCK_SCRIPT, UNLIMITED, TariffMatrix, TariffTerms
from emulator.smart_energy.home.supply_server import Told
from emulator.wire.struct import Struct
from emulator.zcl.payloads.home_requests import GetTariffInformation
from emulator.zcl.payloads.price import (
    GetBlockThresholds,
    GetCurrentPrice,
    GetPriceMatrix,
    PriceExtension,
    PublishPrice,
    PublishPriceMatrix,
    PublishTariffInformation,
)

KILOWATT_HOURS: Final = 0x00
POUND: Final = 826
FIVE_DECIMALS: Final = 0x50
"""Thousandths of a penny are hundred-thousandths of a pound."""
THRESHOLD_DIVISOR: Final = 1000
_UNTIL_CHANGED: Final = 0xFFFF
MOST_TIERS: Final = 15
"""That fit into four bits; how many more there are is told beside."""
_TIME_OF_USE_SCHEME: Final = 0x00
_BLOCK_SCHEME: Final = 0x30
"""Charging scheme: blocks, with thresholds of each tier's own (ZSE 1.4 D.4)."""
_NO_BLOCKS: Final = 0xFF
_BLOCKS_OF_A_TIER: Final = 0x02
"""Tier block mode: a block holds for its tier, and so do thresholds (ZSE 1.4 D.4)."""
_FIRST_BLOCK: Final = 0xA
_TIER_STEP: Final = 0x10


def tier_of(script: int) -> int:
    """The price tier of a script: its time of use."""
    return script if script < FIRST_BLOCK_SCRIPT else script - FIRST_BLOCK_SCRIPT + 1


def current_tier(matrix: TariffMatrix, own: int) -> int:
    """The tier that holds; 0 before a tariff was set."""
    return 0 if matrix.terms.calendar is None else tier_of(matrix.script(own))


def current_block(matrix: TariffMatrix, own: int) -> int:
    """CurrentBlock of the Metering cluster, from 1; 0 where no block holds (ZSE 1.4 D.3)."""
    script = matrix.script(own)
    return 0 if script < FIRST_BLOCK_SCRIPT else matrix.block(tier_of(script)) + 1


def current_price(matrix: TariffMatrix, own: int, moment: int) -> PublishPrice:
    """The price that holds.

    Args:
        matrix: of the meter.
        own: its own time.
        moment: seconds since 2000, of the question.
    """
    tiers, tier = _tiers(matrix.terms), current_tier(matrix, own)
    extension = PriceExtension(
        number_of_block_thresholds=_thresholds_in_use(matrix.terms),
        extended_number_of_price_tiers=max(0, tiers - MOST_TIERS),
        extended_price_tier=max(0, tier - MOST_TIERS),
        extended_register_tier=max(0, tier - MOST_TIERS),
    )
    near = min(tier, MOST_TIERS)
    return PublishPrice(
        provider_id=0,
        rate_label=b"",
        issuer_event_id=0,
        current_time=moment,
        unit_of_measure=KILOWATT_HOURS,
        currency=POUND,
        price_trailing_digit_and_price_tier=FIVE_DECIMALS | near,
        number_of_price_tiers_and_register_tier=min(tiers, MOST_TIERS) << 4 | near,
        start_time=0,
        duration=_UNTIL_CHANGED,
        price=min(matrix.price(own), HIGHEST_PRICE),
        rest=extension.encode(),
    )


def tariff_information(terms: TariffTerms) -> PublishTariffInformation:
    """What a tariff has: tiers, blocks and a standing charge."""
    blocks = _in_blocks(terms)
    return PublishTariffInformation(
        provider_id=0,
        issuer_event_id=0,
        issuer_tariff_id=0,
        start_time=0,
        tariff_type_charging_scheme=_BLOCK_SCHEME if blocks else _TIME_OF_USE_SCHEME,
        tariff_label=b"",
        number_of_price_tiers_in_use=_tiers(terms),
        number_of_block_thresholds_in_use=_thresholds_in_use(terms),
        unit_of_measure=KILOWATT_HOURS,
        currency=POUND,
        price_trailing_digit=FIVE_DECIMALS,
        standing_charge=min(terms.standing_charge, HIGHEST_PRICE),
        tier_block_mode=_BLOCKS_OF_A_TIER if blocks else _NO_BLOCKS,
        block_threshold_multiplier=1,
        block_threshold_divisor=THRESHOLD_DIVISOR,
    )


def price_matrix(terms: TariffTerms) -> PublishPriceMatrix:
    """The prices of every tier, or of every tier and block where a block may hold.

    Where a tariff has blocks at some times and none at others, the latter are of one block.
    """
    if not _in_blocks(terms):
        return published_prices(time_of_use_prices(terms), in_blocks=False)
    whole = {
        tier << 4: terms.prices.get(tier, 0) for tier in _registers(terms) if tier <= MOST_TIERS
    }
    return published_prices(whole | dict(block_prices(terms)), in_blocks=True)


def told_of_tariff(matrix: TariffMatrix, request: Struct, own: int, moment: int) -> Sequence[Told]:
    """What answers a request of the Price cluster; nothing where no tariff was set.

    Args:
        matrix: of the meter.
        request: for price, tariff, prices or thresholds.
        own: own time of the meter.
        moment: seconds since 2000, of the question.
    """
    terms = matrix.terms
    if not terms.prices and not terms.standing_charge:
        return ()
    match request:
        case GetCurrentPrice():
            return ((0x00, current_price(matrix, own, moment)),)
        case GetTariffInformation():
            return ((0x04, tariff_information(terms)),)
        case GetPriceMatrix():
            return ((0x05, price_matrix(terms)),)
        case GetBlockThresholds():
            thresholds = published_thresholds(block_thresholds(terms))
            return () if thresholds is None else ((0x06, thresholds),)
        case _:
            return ()


def time_of_use_prices(terms: TariffTerms) -> Mapping[int, int]:
    """Prices without blocks, of the tiers up to the highest that its calendar knows."""
    tiers = range(1, _tiers(terms) + 1)
    return {index: price for index, price in terms.prices.items() if index in tiers}


def block_prices(terms: TariffTerms) -> Mapping[int, int]:
    """Prices of the blocks that can be reached; none where its calendar has none.

    The tier is in the high half of an octet, the block from 0 in the low half.
    """
    limits, registers = block_thresholds(terms), _registers(terms)
    priced = {
        ((index >> 4) - _FIRST_BLOCK, index & 0x0F): price
        for index, price in terms.prices.items()
        if index >> 4 >= _FIRST_BLOCK
    }
    return {
        tier << 4 | block: price
        for (block, tier), price in priced.items()
        if FIRST_BLOCK_SCRIPT + tier - 1 in registers and block <= len(limits.get(tier, ()))
    }


def _in_blocks(terms: TariffTerms) -> bool:
    """Whether its calendar ever lets a register with blocks count."""
    return any(register >= FIRST_BLOCK_SCRIPT for register in _registers(terms))


def _registers(terms: TariffTerms) -> frozenset[int]:
    """What its calendar ever lets count."""
    days = () if terms.calendar is None else terms.calendar.days
    return frozenset(switch.register for day in days for switch in day)


def _tiers(terms: TariffTerms) -> int:
    """The highest tier that its calendar knows."""
    return max(map(tier_of, _registers(terms)), default=0)


def block_thresholds(terms: TariffTerms) -> Mapping[int, tuple[int, ...]]:
    """Thresholds that can be reached, by tier."""
    if not _in_blocks(terms):
        return {}
    reached = {
        tier: tuple(each for each in limits if each != UNLIMITED)
        for tier, limits in terms.thresholds.items()
    }
    return {tier: limits for tier, limits in reached.items() if limits}


def _thresholds_in_use(terms: TariffTerms) -> int:
    return max((len(each) for each in block_thresholds(terms).values()), default=0)
