"""What a twin element meter tells of its second element's tariff (SMETS2 5.13)."""

from emulator.equipment.second_supply import SECOND_REGISTERS, SecondElementSupply
from emulator.gbcs_device.cosem.meter_view import MeterView
from emulator.kernel.units import START, Calendar, Instant
from emulator.metering.drifting_clock import DriftingClock
from emulator.metering.electricity_meter import ElectricityMeter
from emulator.metering.quantities import HOUR, Channel
from emulator.metering.step_function import StepFunction
from emulator.metering.tariff_calendar import Season, Switch, TariffCalendar
from emulator.metering.tariff_matrix import TariffTerms
from emulator.wire.struct import Struct
from emulator.zcl.payloads.calendar import PublishCalendar
from emulator.zcl.payloads.home_requests import GetCalendar, GetLastMessage, GetTariffInformation
from emulator.zcl.payloads.price import (
    GetCurrentPrice,
    GetPriceMatrix,
    PublishPrice,
    PublishPriceMatrix,
    PublishTariffInformation,
)

TWIN = (Channel.ACTIVE_IMPORT, Channel.SECONDARY_IMPORT)
SECOND = TariffTerms(
    calendar=TariffCalendar(((Switch(0, 1), Switch(60, 2)),), ((0,) * 7,), (Season(1, 1, 0),)),
    prices={1: 7_000, 2: 9_000},
)


def supply(channels: tuple[Channel, ...] = TWIN) -> SecondElementSupply:
    """Two hours at 2 kW through the second element, 1 kW through the first."""
    meter = ElectricityMeter(DriftingClock(Calendar()), channels)
    if meter.second is not None:
        meter.second.tariff.terms = SECOND
        meter.load(Channel.SECONDARY_IMPORT, StepFunction([(0, 2_000_000)]), START)
    meter.load(Channel.ACTIVE_IMPORT, StepFunction([(0, 1_000_000)]), START)
    return SecondElementSupply(MeterView(meter, lambda: Instant(2 * HOUR)))


def told(of: SecondElementSupply, request: Struct, cluster: int = 0x0700) -> list[Struct]:
    return [payload for _, payload in of.told(cluster, request, 1_000)]


def test_price_and_prices_are_those_of_the_second_element() -> None:
    (price,) = told(supply(), GetCurrentPrice(0))
    (matrix,) = told(supply(), GetPriceMatrix(0))

    assert isinstance(price, PublishPrice)
    assert price.price == 9_000
    assert isinstance(matrix, PublishPriceMatrix)
    named = [(each.tier_block_id, each.price) for each in matrix.prices]
    assert named == [(1, 7_000), (2, 9_000)]


def test_second_element_has_no_standing_charge() -> None:
    (tariff,) = told(supply(), GetTariffInformation(0, 0, 1, 0))

    assert isinstance(tariff, PublishTariffInformation)
    assert tariff.standing_charge == 0xFFFF_FFFF


def test_calendar_is_that_of_the_second_element_and_messages_are_told_elsewhere() -> None:
    (calendar,) = told(supply(), GetCalendar(0, 0, 1, 0, 0), 0x0707)

    assert isinstance(calendar, PublishCalendar)
    assert told(supply(), GetLastMessage(), 0x0703) == []


def test_registers_are_those_of_its_times_of_use() -> None:
    assert [supply().metered(each) for each in SECOND_REGISTERS] == [2_000, 2_000, 0, 0]


def test_meter_without_a_second_element_tells_nothing() -> None:
    for nobody in (SecondElementSupply(), supply(TWIN[:1])):
        assert told(nobody, GetCurrentPrice(0)) == []
        assert nobody.metered(SECOND_REGISTERS[0]) is None
