"""What an electricity meter tells displays is what it executes and holds (GBCS ECS01a, ECS19)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from emulator.cosem.moments import date_time_octets
from emulator.cosem.server.members import Attribute
from emulator.dlms.data import Data, enumerated, octet_string, structure
from emulator.dlms.data_types import DataType
from emulator.equipment.electricity_supply import (
    ACCOUNT,
    MESSAGE,
    PAYMENT_CONTROL,
    SUPPLY,
    TENANCY,
    ElectricitySupply,
)
from emulator.gbcs_device.cosem.device_objects import electricity_meter
from emulator.gbcs_device.cosem.meter_view import MeterView
from emulator.gbcs_device.device_clock import DeviceClock
from emulator.kernel.identity import Eui64
from emulator.kernel.units import START, Calendar, Instant
from emulator.metering.drifting_clock import DriftingClock, own_time
from emulator.metering.electricity_meter import ElectricityMeter
from emulator.metering.quantities import HOUR, Channel
from emulator.metering.step_function import StepFunction
from emulator.metering.tariff_calendar import Season, Switch, TariffCalendar
from emulator.metering.tariff_matrix import TariffTerms
from emulator.wire.struct import Struct
from emulator.zcl.payloads.calendar import PublishCalendar
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
TARIFF = TariffTerms(
    calendar=TariffCalendar(((Switch(0, 2),),), ((0,) * 7,), (Season(1, 1, 0),)),
    prices={2: 24_500},
    standing_charge=46_500,
)
BALANCE = Attribute(112, bytes.fromhex("0000130A00FF"), 2)


def supply(values: dict[Attribute, Data] | None = None) -> ElectricitySupply:
    clock = DeviceClock(Calendar())
    executor = electricity_meter(Eui64(1), clock)
    for attribute, value in (values or {}).items():
        executor.store.hold(attribute, value)
    return ElectricitySupply(executor, clock)


def metering(terms: TariffTerms = TARIFF) -> ElectricitySupply:
    """A meter that takes a kilowatt, under a tariff."""
    meter = ElectricityMeter(DriftingClock(Calendar()), (Channel.ACTIVE_IMPORT,))
    view = MeterView(meter, lambda: Instant(2 * HOUR))

    def set_up() -> None:
        meter.tariff.terms = terms

    view.set_up_by("tariff", set_up)
    meter.load(Channel.ACTIVE_IMPORT, StepFunction([(0, 1_000_000)]), START)
    return ElectricitySupply(view=view)


def told(electricity: ElectricitySupply, request: Struct) -> list[Struct]:
    return [payload for _, payload in electricity.told(0x0700, request, NOW)]


def test_price_tariff_and_calendar_are_those_that_the_meter_executes() -> None:
    measuring = metering()

    (price,) = told(measuring, GetCurrentPrice(0))
    (tariff,) = told(measuring, GetTariffInformation(0, 0, 1, 0))
    ((_, calendar),) = measuring.told(0x0707, GetCalendar(0, 0, 1, 0, 0), NOW)

    assert isinstance(price, PublishPrice)
    assert (price.price, price.current_time) == (24_500, NOW)
    assert isinstance(tariff, PublishTariffInformation)
    assert (tariff.standing_charge, tariff.price_trailing_digit) == (46_500, 0x50)
    assert isinstance(calendar, PublishCalendar)
    assert calendar.number_of_day_profiles == 1


def test_registers_and_cost_are_as_of_now() -> None:
    measuring = metering()

    # CurrentTier2SummationDelivered; CurrentDayCostConsumptionDelivered: 2 kWh at 24.5p
    assert measuring.metered(0x0102) == 2_000
    assert measuring.cost(0x051C) == 49_000
    # Tier2Block1Price
    assert measuring.priced(0x0420) == 24_500


def test_cost_of_a_day_that_is_over_is_put_aside_though_nothing_passed() -> None:
    measuring = metering(TariffTerms())
    assert measuring.view is not None
    meter = measuring.view.meter
    meter.account.cost_of_use.add(77, meter.own(START))
    later = replace(measuring, view=MeterView(meter, lambda: Instant(30 * HOUR)))

    # of today, and of the day before
    assert (later.cost(0x051C), later.cost(0x051E)) == (0, 77)


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
        BALANCE: Data(DataType.DOUBLE_LONG, -123_456),
    }

    prepaid = supply(held)

    assert prepaid.prepayment(0x0001, START) == -123_456
    assert prepaid.prepayment(PAYMENT_CONTROL, START) == 0x0002
    assert supply().prepayment(PAYMENT_CONTROL, START) == 0


@pytest.mark.parametrize(
    ("mode", "balance", "bill"),
    [(1, -123_456, 123_456), (1, 5, 0), (1, -(2**31), 2**31), (2, -123_456, 0xFFFF_FFFF)],
)
def test_bill_is_what_is_due_in_credit_mode(mode: int, balance: int, bill: int) -> None:
    held = {
        ACCOUNT: structure(enumerated(mode), enumerated(1)),
        BALANCE: Data(DataType.DOUBLE_LONG, balance),
    }

    assert supply(held).bill(START) == bill


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
    assert nobody.bill(START) is None
    assert nobody.metered(0x000E) is None
    assert nobody.priced(0x0301) is None
    assert nobody.cost(0x051C) is None


def test_former_tenants_data_ends_where_a_supplier_says() -> None:
    since = BEGIN + timedelta(hours=3)
    told = supply({TENANCY: octet_string(date_time_octets(since))}).tenant_since(START)

    assert told == own_time(since)
    assert supply().tenant_since(START) == 0
    assert ElectricitySupply().tenant_since(START) == 0
