"""What a supplier publishes of tariff and billing is read back as it was published."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from emulator.gbcs_device.gbz.executor import GbzExecutor
from emulator.testing.scenes.gbz_scene import (
    MOMENT,
    answers,
    attribute,
    command,
    component,
    filled,
    meter,
    statuses,
)
from emulator.wire.struct import Struct
from emulator.zcl.data_types import Date
from emulator.zcl.payloads.calendar import (
    PublishCalendar,
    PublishDayProfile,
    PublishSeasons,
    PublishWeekProfile,
    ScheduleEntry,
    Season,
)
from emulator.zcl.payloads.price import (
    BlockThresholdGroup,
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
    TierBlockPrice,
)

PRICE = 0x0700
CALENDAR = 0x0707
TARIFF = filled(
    PublishTariffInformation,
    provider_id=1,
    issuer_event_id=2,
    tariff_label=b"T",
    number_of_price_tiers_in_use=4,
    number_of_block_thresholds_in_use=3,
    unit_of_measure=1,
    currency=978,
    price_trailing_digit=0x50,
    standing_charge=22_465,
    tier_block_mode=2,
    block_threshold_multiplier=5,
    block_threshold_divisor=7,
)
BY_TIER = filled(
    PublishPriceMatrix,
    sub_payload_control=1,
    prices=(TierBlockPrice(tier_block_id=1, price=9600), TierBlockPrice(tier_block_id=4, price=1)),
)
BY_BLOCK = filled(
    PublishPriceMatrix,
    prices=(TierBlockPrice(tier_block_id=0, price=10), TierBlockPrice(tier_block_id=3, price=13)),
)
THRESHOLDS = filled(
    PublishBlockThresholds,
    groups=(
        BlockThresholdGroup(count=3, tier=0, thresholds=(100, 200, 300)),
        BlockThresholdGroup(count=1, tier=2, thresholds=(900,)),
    ),
)


def told(executor: GbzExecutor, *published: Struct, cluster: int = PRICE) -> dict[int, object]:
    """Attributes of the cluster that changed with what was published."""
    before = {key: executor.store.attributes.get(*key) for key in executor.store.attributes}
    for each in published:
        assert statuses(executor, component(cluster, each))[0][1] == 0
    attributes = executor.store.attributes
    return {
        key[1]: attributes.get(*key)
        for key in attributes
        if key not in before or attributes.get(*key) != before[key]
    }


def test_a_tariff_takes_effect() -> None:
    assert told(meter(), TARIFF) == {
        0x0202: 5,
        0x0203: 7,
        0x0301: 22_465,
        0x0610: b"T",
        0x0611: 4,
        0x0612: 3,
        0x0613: 2,
        0x0615: 1,
        0x0616: 978,
    }


@pytest.mark.parametrize(
    ("matrix", "prices"),
    [(BY_TIER, {0x0410: 9600, 0x0440: 1}), (BY_BLOCK, {0x0400: 10, 0x0403: 13})],
    ids=["by tier", "by block"],
)
def test_prices_take_effect(matrix: PublishPriceMatrix, prices: dict[int, object]) -> None:
    assert told(meter(), matrix) == prices


@pytest.mark.parametrize("tier", [0, 16])
def test_a_price_of_no_tier_is_refused_and_nothing_changes(tier: int) -> None:
    executor = meter()
    prices = (*BY_TIER.prices, TierBlockPrice(tier_block_id=tier, price=5))

    answered = statuses(executor, component(PRICE, replace(BY_TIER, prices=prices)))

    assert answered == [(0x05, 0x85)]
    assert attribute(executor, PRICE, 0x0410) == 0


def test_thresholds_take_effect() -> None:
    changed = {0x0100: 100, 0x0101: 200, 0x0102: 300, 0x0120: 900}

    assert told(meter(), THRESHOLDS) == changed


def test_conversion_and_calorific_value_are_held() -> None:
    factor = filled(
        PublishConversionFactor, conversion_factor=5, conversion_factor_trailing_digit=0x10
    )
    value = filled(
        PublishCalorificValue,
        calorific_value=7,
        calorific_value_unit=2,
        calorific_value_trailing_digit=0x20,
    )

    changed = told(meter(), factor, value)

    assert changed == {0x0302: 5, 0x0303: 0x10, 0x0304: 7, 0x0305: 2, 0x0306: 0x20}


def test_the_billing_calendar_is_read_back() -> None:
    executor = meter()
    period = filled(
        PublishBillingPeriod, billing_period_start_time=9, billing_period_duration=3, tariff_type=1
    )
    asked = component(PRICE, filled(GetBillingPeriod, min_issuer_event_id=0xFFFFFFFF))
    assert statuses(executor, asked) == [(0x0B, 0x8B)]

    assert told(executor, period) == {0x0700: 9, 0x0701: 3}

    (answer,) = answers(executor, command([asked]))
    assert (answer.header.command, answer.payload) == (0x09, period.encode())


def test_the_block_period_is_held() -> None:
    period = filled(
        PublishBlockPeriod,
        block_period_start_time=9,
        block_period_duration=3,
        block_period_duration_type=0x23,
        tariff_resolution_period=1,
    )

    assert told(meter(), period) == {0x0200: 9, 0x0201: 3, 0x0204: 0x23, 0x0619: 1}


def price_at(executor: GbzExecutor, moment: datetime) -> PublishPrice:
    """The price that a meter tells."""
    asked = command([component(PRICE, filled(GetCurrentPrice))], moment=moment)
    (answer,) = answers(executor, asked)
    return PublishPrice.decode(answer.payload)


def publish_day_and_night(executor: GbzExecutor) -> None:
    """A calendar with tier 1 from midnight on and tier 4 from eight o'clock on."""
    any_date = Date(year=0xFF, month=1, day=1, day_of_week=0xFF)
    entries = (ScheduleEntry(start_minute=0, entry=1), ScheduleEntry(start_minute=480, entry=4))
    days = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    parts = (
        filled(PublishCalendar, issuer_calendar_id=7),
        filled(PublishDayProfile, issuer_calendar_id=7, day_id=1, entries=entries),
        filled(PublishWeekProfile, issuer_calendar_id=7, week_id=1, **dict.fromkeys(days, 1)),
        filled(
            PublishSeasons,
            issuer_calendar_id=7,
            seasons=(Season(season_start_date=any_date, week_id=1),),
        ),
    )
    told(executor, *parts, cluster=CALENDAR)


def test_the_price_is_that_of_the_tier_in_force() -> None:
    executor = meter()
    told(executor, TARIFF, BY_TIER)
    publish_day_and_night(executor)

    night = price_at(executor, MOMENT)
    day = price_at(executor, datetime(2015, 1, 1, 8, 0, tzinfo=UTC))

    assert (night.price, night.price_trailing_digit_and_price_tier) == (9600, 0x51)
    assert (day.price, day.price_trailing_digit_and_price_tier) == (1, 0x54)
    assert day.number_of_price_tiers_and_register_tier == 0x44
    assert (day.currency, day.rate_label, day.provider_id) == (978, b"T", 1)
    assert day.current_time - night.current_time == 8 * 3600


def test_without_tiers_the_price_is_that_of_the_first_block() -> None:
    executor = meter()

    told(executor, replace(TARIFF, number_of_price_tiers_in_use=0), BY_BLOCK)

    price = price_at(executor, MOMENT)
    assert (price.price, price.number_of_price_tiers_and_register_tier) == (10, 0)


def test_without_tariff_there_is_no_price() -> None:
    assert statuses(meter(), component(PRICE, filled(GetCurrentPrice))) == [(0x00, 0x8B)]


@pytest.mark.parametrize("published", [TARIFF, BY_TIER], ids=["tariff", "prices"])
def test_a_price_that_was_told_ends_with_the_next_tariff(published: Struct) -> None:
    executor = meter()
    told(executor, TARIFF)
    executor.store.published.hold(filled(PublishPrice, price=77))
    assert price_at(executor, MOMENT).price == 77

    told(executor, published)

    assert price_at(executor, MOMENT).price != 77
