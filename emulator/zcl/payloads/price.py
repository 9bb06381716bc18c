"""What commands of the Price cluster say, each declared once (ZSE 1.4 D.4).

Times are seconds since 2000-01-01 UTC.
"""

from typing import Annotated, Final

from emulator.wire.codecs import U8, U16, U24, U32, Bits, Many, Prefixed, Remaining, UInt
from emulator.wire.struct import Struct

Octets = Annotated[bytes, Prefixed()]
NOT_USED: Final = 0xFFFF_FFFF
"""A price or a charge that there is not (ZSE 1.4 D.4)."""
BY_TIER: Final = 0x01
"""Sub-payload control of a price matrix: prices are numbered by tier, not by tier and block.

ZSE 1.4 Table D-110; so do reference messages (RTDS 4.5.0, GCS01a).
"""
OF_EVERY_TIER: Final = 0x01
"""Sub-payload control of block thresholds: they are those of every tier (ZSE 1.4 Table D-111)."""
EVERY_TIER: Final = 0
"""The tier of such thresholds (ZSE 1.4 Figure D-82)."""


class GetCurrentPrice(Struct):
    """Get Current Price (ZSE 1.4 D.4)."""

    command_options: U8


class GetBillingPeriod(Struct):
    """Get Billing Period (ZSE 1.4 D.4)."""

    earliest_start_time: U32
    min_issuer_event_id: U32
    number_of_commands: U8
    rest: Remaining = b""
    """Tariff type, where sent."""


class GetPriceMatrix(Struct):
    """Get Price Matrix (ZSE 1.4 D.4)."""

    issuer_tariff_id: U32


class GetBlockThresholds(Struct):
    """Get Block Thresholds (ZSE 1.4 D.4)."""

    issuer_tariff_id: U32


class PublishPrice(Struct):
    """Publish Price (ZSE 1.4 D.4)."""

    provider_id: U32
    rate_label: Octets
    issuer_event_id: U32
    current_time: U32
    unit_of_measure: U8
    currency: U16
    price_trailing_digit_and_price_tier: U8
    number_of_price_tiers_and_register_tier: U8
    start_time: U32
    duration: U16
    price: U32
    rest: Remaining = b""
    """Price ratio, generation price and what follows them, where sent."""


class PriceExtension(Struct):
    """What may follow the price in Publish Price (ZSE 1.4 D.4); all ones where it is not used.

    A tier above 15 is 15 in the fields before, and says here by how much it is above that; zero
    refers to those fields.
    """

    price_ratio: U8 = 0xFF
    generation_price: U32 = 0xFFFF_FFFF
    generation_price_ratio: U8 = 0xFF
    alternate_cost_delivered: U32 = 0xFFFF_FFFF
    alternate_cost_unit: U8 = 0xFF
    alternate_cost_trailing_digit: U8 = 0xFF
    number_of_block_thresholds: U8 = 0xFF
    price_control: U8 = 0
    number_of_generation_tiers: U8 = 0xFF
    generation_tier: U8 = 0xFF
    extended_number_of_price_tiers: U8 = 0
    extended_price_tier: U8 = 0
    extended_register_tier: U8 = 0


class PublishBlockPeriod(Struct):
    """Publish Block Period (ZSE 1.4 D.4)."""

    provider_id: U32
    issuer_event_id: U32
    block_period_start_time: U32
    block_period_duration: U24
    block_period_control: U8
    block_period_duration_type: U8
    tariff_type: U8
    tariff_resolution_period: U8


class PublishConversionFactor(Struct):
    """Publish Conversion Factor (ZSE 1.4 D.4)."""

    issuer_event_id: U32
    start_time: U32
    conversion_factor: U32
    conversion_factor_trailing_digit: U8


class PublishCalorificValue(Struct):
    """Publish Calorific Value (ZSE 1.4 D.4)."""

    issuer_event_id: U32
    start_time: U32
    calorific_value: U32
    calorific_value_unit: U8
    calorific_value_trailing_digit: U8


class PublishTariffInformation(Struct):
    """Publish Tariff Information (ZSE 1.4 D.4)."""

    provider_id: U32
    issuer_event_id: U32
    issuer_tariff_id: U32
    start_time: U32
    tariff_type_charging_scheme: U8
    tariff_label: Octets
    number_of_price_tiers_in_use: U8
    number_of_block_thresholds_in_use: U8
    unit_of_measure: U8
    currency: U16
    price_trailing_digit: U8
    standing_charge: U32
    tier_block_mode: U8
    block_threshold_multiplier: U24
    block_threshold_divisor: U24


class TierBlockPrice(Struct):
    """One price of a matrix (ZSE 1.4 D.4)."""

    tier_block_id: U8
    price: U32


class PublishPriceMatrix(Struct):
    """Publish Price Matrix (ZSE 1.4 D.4)."""

    provider_id: U32
    issuer_event_id: U32
    start_time: U32
    issuer_tariff_id: U32
    command_index: U8
    total_number_of_commands: U8
    sub_payload_control: U8
    prices: Annotated[tuple[TierBlockPrice, ...], Many(TierBlockPrice)]


class BlockThresholdGroup(Struct):
    """The thresholds of one tier, or of all; tier 0 where no tier is meant (ZSE 1.4 D.4)."""

    count: Annotated[int, Bits(4)]
    tier: Annotated[int, Bits(4)]
    thresholds: Annotated[tuple[int, ...], Many(UInt(6), count=lambda group: group.count)]


class PublishBlockThresholds(Struct):
    """Publish Block Thresholds (ZSE 1.4 D.4)."""

    provider_id: U32
    issuer_event_id: U32
    start_time: U32
    issuer_tariff_id: U32
    command_index: U8
    total_number_of_commands: U8
    sub_payload_control: U8
    groups: Annotated[tuple[BlockThresholdGroup, ...], Many(BlockThresholdGroup)]


class PublishBillingPeriod(Struct):
    """Publish Billing Period (ZSE 1.4 D.4)."""

    provider_id: U32
    issuer_event_id: U32
    billing_period_start_time: U32
    billing_period_duration: U24
    billing_period_duration_type: U8
    tariff_type: U8
