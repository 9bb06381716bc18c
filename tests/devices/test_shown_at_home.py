"""What a meter shows the HAN is looked up when it is read."""

from devices.shown_at_home import (
    BALANCES,
    HISTORICAL,
    balances_shown,
    bill_shown,
    electricity_shown,
    power_band_shown,
)
from emulator.kernel.units import Calendar, Instant
from emulator.metering.drifting_clock import DriftingClock
from emulator.metering.meter import Meter
from emulator.metering.quantities import HOUR, Channel
from emulator.metering.step_function import StepFunction
from emulator.zcl.data_values import encode_value
from emulator.zcl.endpoint import ServedAttribute
from emulator.zcl.registry import CLUSTERS

FOUR = (Channel.ACTIVE_IMPORT, Channel.ACTIVE_EXPORT)


def shown(meter: Meter) -> dict[int, ServedAttribute]:
    return {each.attribute: each for each in electricity_shown(meter)}


def value(attribute: ServedAttribute, hours: int) -> object:
    assert attribute.live is not None
    return attribute.live(Instant(hours * HOUR))


def taking(channel: Channel, rate: int) -> Meter:
    meter = Meter(DriftingClock(Calendar()), FOUR)
    meter.load(channel, StepFunction([(0, rate)]), Instant(0))
    return meter


def test_demand_is_negative_when_more_is_exported() -> None:
    assert value(shown(taking(Channel.ACTIVE_EXPORT, 1_500_000))[0x0400], 1) == -1_500
    assert value(shown(taking(Channel.ACTIVE_IMPORT, 1_500_000))[0x0400], 1) == 1_500


def test_power_band_is_asked_for_by_what_is_imported_now() -> None:
    shows = power_band_shown(taking(Channel.ACTIVE_IMPORT, 1_500_000), lambda watts, _: watts)

    assert (shows.attribute, value(shows, 1)) == (0x0207, 1_500)


def test_demand_and_power_band_are_of_both_elements() -> None:
    twin = Meter(DriftingClock(Calendar()), (*FOUR, Channel.SECONDARY_IMPORT))
    for channel, rate in ((FOUR[0], 1_500_000), (Channel.SECONDARY_IMPORT, 2_000_000)):
        twin.load(channel, StepFunction([(0, rate)]), Instant(0))

    assert value(shown(twin)[0x0400], 1) == 3_500
    assert value(power_band_shown(twin, lambda watts, _: watts), 1) == 3_500


def test_bill_is_looked_up_and_has_five_decimals_of_a_pound() -> None:
    bill, digit = bill_shown(lambda now: now)

    assert (bill.attribute, value(bill, 1)) == (0x0A00, HOUR)
    assert (digit.attribute, digit.value) == (0x0A04, 0x50)


def test_consumption_of_today_and_yesterday_is_as_of_now() -> None:
    attributes = shown(taking(Channel.ACTIVE_IMPORT, 1_000_000))

    assert value(attributes[0x0401], 5) == 5_000
    assert value(attributes[0x0403], 30) == 24_000


def test_everything_shown_fits_its_attribute() -> None:
    attributes = shown(taking(Channel.ACTIVE_IMPORT, 10**11))
    metering = next(each for each in CLUSTERS.values() if each.name == "Metering").server

    for number in HISTORICAL:
        declared = metering.attribute(number)
        assert declared is not None
        encode_value(declared.data_type, value(attributes[number], 24 * 60))


def test_balances_are_looked_up_by_attribute() -> None:
    attributes = balances_shown(lambda attribute, now: attribute + now)

    assert [each.attribute for each in attributes] == list(BALANCES)
    assert value(attributes[1], 0) == BALANCES[1]
