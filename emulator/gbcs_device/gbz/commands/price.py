"""Tariff, conversion and billing calendar: the commands of the Price cluster (ZSE 1.4 D.4)."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Final

from emulator.gbcs_device.gbz.commands.answers import Answer, Reply
from emulator.gbcs_device.gbz.commands.handling import Circumstances, CommandKey, Handling
from emulator.gbcs_device.gbz.state.billing_calendar import next_billing
from emulator.gbcs_device.gbz.state.calendars import TARIFF
from emulator.gbcs_device.gbz.state.moments import moment_of
from emulator.gbcs_device.gbz.state.schedule import entry_at
from emulator.gbcs_device.gbz.state.store import MeterStore
from emulator.zcl.payloads.price import (
    BY_TIER,
    GetBillingPeriod,
    GetCurrentPrice,
    PublishBillingPeriod,
    PublishBlockPeriod,
    PublishBlockThresholds,
    PublishCalorificValue,
    PublishConversionFactor,
    PublishPrice,
    PublishPriceMatrix,
    PublishTariffInformation,
)
from emulator.zcl.primitives import Side, ZclStatus

PRICE: Final = 0x0700
BLOCK_THRESHOLD: Final = 0x0100
NO_TIER_BLOCK_PRICE: Final = 0x0400
STANDING_CHARGE: Final = 0x0301
CURRENT_BLOCK: Final = (0x0702, 0x000E)
"""Of the Metering cluster: the block that counts, from 1; 0 where there are no blocks."""
_TIER_STEP: Final = 0x10
_UNTIL_CHANGED: Final = 0xFFFF
_MOST_TIERS: Final = 15
_MOST_BLOCKS: Final = 15


def _hold(store: MeterStore, values: Mapping[int, object]) -> None:
    for attribute, value in values.items():
        store.attributes.set(PRICE, attribute, value)


def publish_tariff_information(
    store: MeterStore, request: PublishTariffInformation, _: Circumstances
) -> Answer:
    """Let a tariff take effect, apart from its prices and thresholds."""
    store.published.hold(request)
    store.published.forget(PublishPrice)
    _hold(
        store,
        {
            0x0202: request.block_threshold_multiplier,
            0x0203: request.block_threshold_divisor,
            STANDING_CHARGE: request.standing_charge,
            0x0610: request.tariff_label,
            0x0611: request.number_of_price_tiers_in_use,
            0x0612: request.number_of_block_thresholds_in_use,
            0x0613: request.tier_block_mode,
            0x0615: request.unit_of_measure,
            0x0616: request.currency,
            0x0617: request.price_trailing_digit,
        },
    )
    return ZclStatus.SUCCESS


def publish_price_matrix(
    store: MeterStore, request: PublishPriceMatrix, _: Circumstances
) -> Answer:
    """Let prices take effect, by tier or by block."""
    store.published.forget(PublishPrice)
    by_tier = bool(request.sub_payload_control & BY_TIER)
    prices: dict[int, object] = {}
    for each in request.prices:
        if by_tier and not 1 <= each.tier_block_id <= _MOST_TIERS:
            return ZclStatus.INVALID_FIELD
        place = each.tier_block_id * _TIER_STEP if by_tier else each.tier_block_id
        prices[NO_TIER_BLOCK_PRICE + place] = each.price
    _hold(store, prices)
    return ZclStatus.SUCCESS


def publish_block_thresholds(
    store: MeterStore, request: PublishBlockThresholds, _: Circumstances
) -> Answer:
    """Let block thresholds take effect, each above the one before."""
    for group in request.groups:
        if any(late <= early for early, late in pairwise((0, *group.thresholds))):
            return ZclStatus.INVALID_FIELD
    _hold(
        store,
        {
            BLOCK_THRESHOLD + group.tier * _TIER_STEP + block: threshold
            for group in request.groups
            for block, threshold in enumerate(group.thresholds)
        },
    )
    return ZclStatus.SUCCESS


def publish_conversion_factor(
    store: MeterStore, request: PublishConversionFactor, _: Circumstances
) -> Answer:
    """Hold the conversion factor."""
    digit = request.conversion_factor_trailing_digit
    _hold(store, {0x0302: request.conversion_factor, 0x0303: digit})
    return ZclStatus.SUCCESS


def publish_calorific_value(
    store: MeterStore, request: PublishCalorificValue, _: Circumstances
) -> Answer:
    """Hold the calorific value."""
    _hold(
        store,
        {
            0x0304: request.calorific_value,
            0x0305: request.calorific_value_unit,
            0x0306: request.calorific_value_trailing_digit,
        },
    )
    return ZclStatus.SUCCESS


def publish_billing_period(
    store: MeterStore, request: PublishBillingPeriod, circumstances: Circumstances
) -> Answer:
    """Hold the billing calendar, and go by it from now on."""
    store.published.hold(request)
    store.billing.due = next_billing(request, circumstances.moment)
    start, duration = request.billing_period_start_time, request.billing_period_duration
    _hold(store, {0x0700: start, 0x0701: duration})
    return ZclStatus.SUCCESS


def publish_block_period(
    store: MeterStore, request: PublishBlockPeriod, _: Circumstances
) -> Answer:
    """Hold the period over which blocks are counted."""
    _hold(
        store,
        {
            0x0200: request.block_period_start_time,
            0x0201: request.block_period_duration,
            0x0204: request.block_period_duration_type,
            0x0619: request.tariff_resolution_period,
        },
    )
    return ZclStatus.SUCCESS


def get_billing_period(store: MeterStore, _: GetBillingPeriod, __: Circumstances) -> Answer:
    """Answer with the billing calendar."""
    period = store.published.latest(PublishBillingPeriod)
    return ZclStatus.NOT_FOUND if period is None else (Reply(0x09, period),)


def get_current_price(
    store: MeterStore, _: GetCurrentPrice, circumstances: Circumstances
) -> Answer:
    """Answer with the price of the tier that the switching table has in force."""
    now = circumstances.moment
    price = store.published.latest(PublishPrice)
    if price is None:
        tariff = store.published.latest(PublishTariffInformation)
        if tariff is None:
            return ZclStatus.NOT_FOUND
        price = _price(store, tariff, now)
    return (Reply(0x00, replace(price, current_time=now)),)


def _price(store: MeterStore, tariff: PublishTariffInformation, now: int) -> PublishPrice:
    calendar = store.calendars.going_by(TARIFF)
    tiers = min(tariff.number_of_price_tiers_in_use, _MOST_TIERS)
    tier = entry_at(calendar, moment_of(now)) or 0 if tiers else 0
    tier = min(tier, _MOST_TIERS)
    return PublishPrice(
        provider_id=tariff.provider_id,
        rate_label=tariff.tariff_label,
        issuer_event_id=tariff.issuer_event_id,
        current_time=now,
        unit_of_measure=tariff.unit_of_measure,
        currency=tariff.currency,
        price_trailing_digit_and_price_tier=tariff.price_trailing_digit & 0xF0 | tier,
        number_of_price_tiers_and_register_tier=tiers << 4 | tier,
        start_time=0,
        duration=_UNTIL_CHANGED,
        price=store.attributes.number(PRICE, NO_TIER_BLOCK_PRICE + _place(store, tier)),
    )


def _place(store: MeterStore, tier: int) -> int:
    """Which of the prices holds: that of a block where one counts, otherwise that of a tier."""
    block = store.attributes.number(*CURRENT_BLOCK)
    return block - 1 if block else tier * _TIER_STEP


def _part(request: PublishPriceMatrix | PublishBlockThresholds) -> int:
    return request.command_index


def _starts(
    request: PublishTariffInformation | PublishPriceMatrix | PublishBlockThresholds,
    _: Circumstances,
) -> int:
    return request.start_time


def _handlings() -> Iterator[tuple[CommandKey, Handling[Any]]]:
    client, server = Side.CLIENT, Side.SERVER
    yield (PRICE, server, 0x00), Handling(GetCurrentPrice, get_current_price)
    yield (PRICE, server, 0x0B), Handling(GetBillingPeriod, get_billing_period)
    yield (PRICE, client, 0x01), Handling(PublishBlockPeriod, publish_block_period)
    yield (PRICE, client, 0x02), Handling(PublishConversionFactor, publish_conversion_factor)
    yield (PRICE, client, 0x03), Handling(PublishCalorificValue, publish_calorific_value)
    yield (
        (PRICE, client, 0x04),
        Handling(PublishTariffInformation, publish_tariff_information, _starts),
    )
    yield (
        (PRICE, client, 0x05),
        Handling(PublishPriceMatrix, publish_price_matrix, _starts, _part),
    )
    yield (
        (PRICE, client, 0x06),
        Handling(PublishBlockThresholds, publish_block_thresholds, _starts, _part),
    )
    yield (PRICE, client, 0x09), Handling(PublishBillingPeriod, publish_billing_period)


HANDLINGS: Final[Mapping[CommandKey, Handling[Any]]] = MappingProxyType(dict(_handlings()))
"""The commands that a device takes."""
