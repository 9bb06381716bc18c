"""What the gas proxy function tells displays of a tariff that it holds (GBCS 10.4.2)."""

import pytest

from emulator.equipment.gas_supply import GasSupply
from emulator.gbcs_device.gbz.executor import GbzExecutor
from emulator.gbcs_device.gbz.state.as_shipped import GPF
from emulator.gbcs_device.gbz.state.store import MeterStore
from emulator.wire.struct import Struct
from emulator.zcl.payloads.calendar import GetDayProfiles, PublishCalendar, PublishDayProfile
from emulator.zcl.payloads.home_requests import (
    HOME_REQUESTS,
    GetCalendar,
    GetCalorificValue,
    GetConversionFactor,
    GetLastMessage,
    GetTariffInformation,
)
from emulator.zcl.payloads.messaging import DisplayMessage
from emulator.zcl.payloads.price import (
    GetBillingPeriod,
    GetBlockThresholds,
    GetCurrentPrice,
    GetPriceMatrix,
    PublishBillingPeriod,
    PublishBlockThresholds,
    PublishPrice,
    PublishPriceMatrix,
    PublishTariffInformation,
)

TARIFF = PublishTariffInformation(9, 1, 1, 0, 0, b"Gas", 0, 0, 0, 826, 0x50, 27, 0, 1, 1000)
MESSAGE = DisplayMessage(1, 0, 0, 1, b"Hi")
CALENDAR = PublishCalendar(9, 1, 5, 0, 0, 0, b"C", 1, 1, 1)
DAY = PublishDayProfile(9, 1, 5, 1, 0, 0, 1, 0, ())
EMPTY = {
    0x00: GetCurrentPrice(0),
    0x07: GetPriceMatrix(0),
    0x06: GetTariffInformation(0, 0, 1, 0),
    0x0B: GetBillingPeriod(0, 0, 1),
}


def supply(*published: Struct) -> GasSupply:
    store = MeterStore(GPF)
    for each in published:
        store.published.hold(each)
    store.calendars.start(CALENDAR)
    store.calendars.add(DAY)
    store.attributes.set(0x0700, 0x0400, 7_500)
    return GasSupply(GbzExecutor(store))


def hold(gas: GasSupply, values: dict[int, int]) -> None:
    """Attributes of the Price cluster."""
    assert gas.executor is not None
    for attribute, value in values.items():
        gas.executor.store.attributes.set(0x0700, attribute, value)


def told(gas: GasSupply, cluster: int, request: Struct) -> list[tuple[int, Struct]]:
    return list(gas.told(cluster, request, 1_000))


def test_price_in_force_is_told_with_the_time_of_the_question() -> None:
    ((command, price),) = told(supply(TARIFF), 0x0700, GetCurrentPrice(0))

    assert command == 0x00
    assert isinstance(price, PublishPrice)
    assert (price.price, price.current_time, price.rate_label) == (7_500, 1_000, b"Gas")


@pytest.mark.parametrize(
    ("cluster", "request_", "command", "answer"),
    [
        (0x0700, GetTariffInformation(0, 0, 1, 0), 0x04, TARIFF),
        (0x0703, GetLastMessage(), 0x00, MESSAGE),
        (0x0707, GetCalendar(0, 0, 1, 0, 0), 0x00, CALENDAR),
        (0x0707, GetDayProfiles(9, 5, 1, 0), 0x01, DAY),
    ],
)
def test_what_was_published_is_told(
    cluster: int, request_: Struct, command: int, answer: Struct
) -> None:
    assert told(supply(TARIFF, MESSAGE), cluster, request_) == [(command, answer)]


def test_prices_in_use_are_told_by_tier() -> None:
    gas = supply(TARIFF)
    prices = {0x0611: 2, 0x0410: 11, 0x0420: 12, 0x0430: 13}
    hold(gas, prices)

    ((command, matrix),) = told(gas, 0x0700, GetPriceMatrix(0))

    assert command == 0x05
    assert isinstance(matrix, PublishPriceMatrix)
    assert matrix.sub_payload_control == 1
    assert [(each.tier_block_id, each.price) for each in matrix.prices] == [(1, 11), (2, 12)]
    assert told(gas, 0x0700, GetBlockThresholds(0)) == []


def test_prices_and_thresholds_in_use_are_told_by_block() -> None:
    gas = supply(TARIFF)
    hold(gas, {0x0612: 1, 0x0100: 4_000, 0x0400: 11, 0x0401: 12, 0x0402: 13})

    ((_, matrix),) = told(gas, 0x0700, GetPriceMatrix(0))
    ((command, thresholds),) = told(gas, 0x0700, GetBlockThresholds(0))

    assert isinstance(matrix, PublishPriceMatrix)
    assert matrix.sub_payload_control == 0
    assert [(each.tier_block_id, each.price) for each in matrix.prices] == [(0, 11), (1, 12)]
    assert command == 0x06
    assert isinstance(thresholds, PublishBlockThresholds)
    assert [each.thresholds for each in thresholds.groups] == [(4_000,)]
    # of every tier, of the tariff that is in force
    assert (thresholds.sub_payload_control, thresholds.issuer_tariff_id) == (1, 1)
    assert matrix.issuer_tariff_id == 1


def test_price_is_that_of_the_block_that_the_meter_reports() -> None:
    gas = supply(TARIFF)
    hold(gas, {0x0400: 11, 0x0401: 12})
    assert gas.executor is not None
    gas.executor.store.attributes.set(0x0702, 0x000E, 2)

    ((_, price),) = told(gas, 0x0700, GetCurrentPrice(0))

    assert isinstance(price, PublishPrice)
    assert price.price == 12


def test_billing_period_is_told_once_there_is_one() -> None:
    period = PublishBillingPeriod(9, 1, 0, 1, 0x12, 0)

    assert told(supply(period), 0x0700, GetBillingPeriod(0, 0, 1)) == [(0x09, period)]


def test_factors_that_make_energy_of_volume_are_told() -> None:
    gas = supply()

    ((_, factor),) = told(gas, 0x0700, GetConversionFactor(0, 0, 1))
    ((_, value),) = told(gas, 0x0700, GetCalorificValue(0, 0, 1))

    assert factor.encode()[8:12] == (102_264).to_bytes(4, "little")
    assert value.encode()[8:12] == (395).to_bytes(4, "little")


@pytest.mark.parametrize("request_", EMPTY.values())
def test_what_was_not_published_is_not_told(request_: Struct) -> None:
    assert told(supply(), 0x0700, request_) == []


def test_hub_that_no_remote_party_talks_to_tells_nothing() -> None:
    for cluster, _ in HOME_REQUESTS:
        assert told(GasSupply(), cluster, GetLastMessage()) == []
    assert GasSupply().attribute(0x0700, 0x0400) is None


def test_attributes_are_those_of_the_proxy() -> None:
    assert supply().attribute(0x0700, 0x0400) == 7_500
    assert supply().attribute(0x0700, 0x0610) is None
