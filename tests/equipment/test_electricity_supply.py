"""What an electricity meter tells displays is what its COSEM objects hold (GBCS ECS01a, ECS19)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from emulator.cosem.moments import date_time_octets
from emulator.cosem.server.members import Attribute
from emulator.dlms.data import Data, array, enumerated, octet_string, structure
from emulator.dlms.data_types import DataType
from emulator.equipment.electricity_supply import (
    ACCOUNT,
    ACTIVE_PRICE,
    MESSAGE,
    PAYMENT_CONTROL,
    PRICES,
    STANDING_CHARGE,
    SUPPLY,
    TENANCY,
    ElectricitySupply,
)
from emulator.gbcs_device.cosem.device_objects import electricity_meter
from emulator.gbcs_device.device_clock import DeviceClock
from emulator.kernel.identity import Eui64
from emulator.kernel.units import START, Calendar
from emulator.metering.drifting_clock import own_time
from emulator.wire.struct import Struct
from emulator.zcl.payloads.home_requests import (
    GetCalendar,
    GetLastMessage,
    GetTariffInformation,
)
from emulator.zcl.payloads.messaging import DisplayMessage
from emulator.zcl.payloads.price import (
    GetCurrentPrice,
    PublishPrice,
    PublishTariffInformation,
)

BEGIN = datetime(2026, 1, 5, tzinfo=UTC)
NOW = Calendar().zigbee_time(START)
BALANCE = Attribute(112, bytes.fromhex("0000130A00FF"), 2)


def number(value: int, kind: DataType = DataType.DOUBLE_LONG) -> Data:
    return Data(kind, value)


def charges(scale: int, *prices: int) -> Data:
    rows = (
        structure(octet_string(bytes((place,))), number(price, DataType.LONG))
        for place, price in enumerate(prices)
    )
    scaling = structure(number(3, DataType.INTEGER), number(scale, DataType.INTEGER))
    commodity = structure(
        number(3, DataType.LONG_UNSIGNED), octet_string(b""), number(2, DataType.INTEGER)
    )
    return structure(scaling, commodity, array(*rows))


def supply(values: dict[Attribute, Data] | None = None) -> ElectricitySupply:
    clock = DeviceClock(Calendar())
    executor = electricity_meter(Eui64(1), clock)
    for attribute, value in (values or {}).items():
        executor.store.hold(attribute, value)
    return ElectricitySupply(executor, clock)


def told(electricity: ElectricitySupply, request: Struct) -> list[Struct]:
    return [payload for _, payload in electricity.told(0x0700, request, NOW)]


def test_active_price_is_told_in_thousandths_of_a_penny() -> None:
    held = {
        ACTIVE_PRICE: number(24_500, DataType.DOUBLE_LONG_UNSIGNED),
        PRICES: charges(-4, 2_450, 0, 1_200),
    }

    (price,) = told(supply(held), GetCurrentPrice(0))

    assert isinstance(price, PublishPrice)
    assert (price.price, price.current_time) == (24_500, NOW)
    assert price.number_of_price_tiers_and_register_tier == 0x20


def test_standing_charge_has_the_scale_of_its_object() -> None:
    (tariff,) = told(
        supply({STANDING_CHARGE: charges(-4, 4_650)}), GetTariffInformation(0, 0, 1, 0)
    )

    assert isinstance(tariff, PublishTariffInformation)
    assert (tariff.standing_charge, tariff.price_trailing_digit) == (46_500, 0x50)


def test_another_message_bears_another_number() -> None:
    (first,) = told(supply({MESSAGE: octet_string(b"Hello")}), GetLastMessage())
    (second,) = told(supply({MESSAGE: octet_string(b"World")}), GetLastMessage())

    assert isinstance(first, DisplayMessage)
    assert isinstance(second, DisplayMessage)
    assert (first.message, second.message) == (b"Hello", b"World")
    assert first.message_id != second.message_id


def test_meter_without_a_message_or_a_calendar_tells_none() -> None:
    assert told(supply(), GetLastMessage()) == []
    assert told(supply(), GetCalendar(0, 0, 1, 0, 0)) == []


def test_balances_and_mode_are_those_of_the_account() -> None:
    held = {
        ACCOUNT: structure(enumerated(2), enumerated(1)),
        BALANCE: number(-123_456),
    }

    prepaid = supply(held)

    assert prepaid.prepayment(0x0001, START) == -123_456
    assert prepaid.prepayment(PAYMENT_CONTROL, START) == 0x0002
    assert supply().prepayment(PAYMENT_CONTROL, START) == 0


@pytest.mark.parametrize(("state", "status"), [(0, 0), (1, 2), (2, 1)])
def test_supply_is_off_on_or_armed_as_its_switch_says(state: int, status: int) -> None:
    held = supply({SUPPLY: enumerated(state)})

    assert held.supply_status(START) == status


def test_meter_that_no_remote_party_talks_to_tells_nothing() -> None:
    nobody = replace(ElectricitySupply())

    assert told(nobody, GetCurrentPrice(0)) == []
    assert told(nobody, GetTariffInformation(0, 0, 1, 0)) == []
    assert nobody.prepayment(0x0001, START) is None
    assert nobody.supply_status(START) is None


def test_former_tenants_data_ends_where_a_supplier_says() -> None:
    since = BEGIN + timedelta(hours=3)
    told = supply({TENANCY: octet_string(date_time_octets(since))}).tenant_since(START)

    assert told == own_time(since)
    assert supply().tenant_since(START) == 0
    assert ElectricitySupply().tenant_since(START) == 0
