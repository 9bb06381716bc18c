"""Tariffs of requests; the published request templates judge them in `test_parameters.py`."""

from collections.abc import Mapping
from typing import Any

import pytest

from emulator.gbcs.commands.build import command_payload, values_of
from emulator.gbcs.commands.heading import CommandHeading
from emulator.gbcs.commands.parameter_tariffs import (
    price_elements,
    special_days,
    switching_table,
    threshold_matrix,
)
from emulator.gbcs.use_cases.catalogue import use_case
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64

PRIMARY, SECONDARY, GAS = (use_case(code) for code in (0x0019, 0x00B7, 0x006B))
DATE = {
    "Year": {"NonSpecifiedYear": ""},
    "Month": {"SpecifiedMonth": "12"},
    "DayOfMonth": {"SpecifiedDayOfMonth": "25"},
}
WEEK = {"WeekName": "1", "ReferencedDayName": ["1", "1", "1", "1", "1", "2", "2"]}


def _table(day: Mapping[str, object], **date: object) -> dict[str, object]:
    season = {"SeasonName": "all", "SeasonStartDate": date, "ReferencedWeekName": "1"}
    return {
        "SwitchingTable": {
            "DayProfiles": {"DayProfile": day},
            "WeekProfiles": {"WeekProfile": [WEEK]},
            "Seasons": {"Season": season},
        }
    }


YEAR_2015 = DATE | {"Year": {"SpecifiedYear": "2015"}}


def test_actions_select_scripts_by_time_of_use_or_block() -> None:
    day = {
        "DayName": "1",
        "ProfileSchedule": [
            {"StartTime": "00:00:00.00Z", "TOUTariffAction": "2"},
            {"StartTime": "07:00:00.00Z", "BlockTariffAction": "1"},
        ],
    }

    made: Any = switching_table(_table(day, **YEAR_2015), PRIMARY)

    schedule = made["day_profiles"][0]["schedule"]
    assert [(each["start_time"], each["script_selector"]) for each in schedule] == [
        ("00:00:00", 2),
        ("07:00:00", 101),
    ]
    assert made["seasons"] == [{"name": "all", "start": "2015-12-25T00:00:00Z", "week": "01"}]
    assert made["weeks"][0]["sunday"] == 2


def test_the_secondary_element_has_scripts_of_its_own() -> None:
    day = {"DayName": "1", "ProfileSchedule": {"StartTime": "00:00:00Z", "TOUTariffAction": "4"}}

    made: Any = switching_table(_table(day, **YEAR_2015), SECONDARY)

    assert made["day_profiles"][0]["schedule"][0]["script_selector"] == 204


def test_a_day_of_gas_has_one_rate() -> None:
    tou: Any = switching_table(_table({"DayName": "1", "TOUTariffAction": "3"}, **DATE), GAS)
    block: Any = switching_table(_table({"DayName": "1", "BlockTariff": ""}, **DATE), GAS)

    assert tou["day_profiles"] == [{"day_id": 1, "schedule": [{"start_minute": 0, "entry": 3}]}]
    assert block["day_profiles"][0]["schedule"][0]["entry"] == 0
    assert tou["seasons"] == [{"start": "*-12-25", "week_id": 1}]


def test_special_days_are_numbered_for_electricity() -> None:
    day = {"Date": DATE, "ReferencedDayName": "3"}

    assert special_days({"SpecialDays": {"SpecialDay": day}}, PRIMARY) == {
        "special_days": [{"index": 1, "date": "*-12-25", "day_id": 3}]
    }
    assert special_days({"SpecialDays": {"SpecialDay": [day]}}, GAS) == {
        "special_days": [{"date": "*-12-25", "day_id": 3}]
    }
    assert special_days({"SpecialDays": ""}, PRIMARY) == {"special_days": []}


def test_prices_of_blocks_and_times_of_use_stand_in_one_matrix() -> None:
    tariff = {
        "TOUPrice": ["11", "12"],
        "BlockPrices": [{"BlockPrice": ["21", "22"]}, {"BlockPrice": "31"}],
    }
    elements = {
        "StandingCharge": "20000",
        "StandingChargeScale": "-5",
        "PriceScale": "-5",
        "HybridTariff": tariff,
    }

    made: Any = price_elements({"PriceElements": {"ElectricityPriceElements": elements}}, PRIMARY)

    matrix = {each["index"]: each["price"] for each in made["tariff_price_matrix"]}
    assert len(matrix) == 80
    assert {index: price for index, price in matrix.items() if price} == {
        "01": 11,
        "02": 12,
        "a1": 21,
        "b1": 22,
        "a2": 31,
    }


def test_thresholds_of_gas_count_only_where_there_are_blocks() -> None:
    thresholds = {"ThresholdMatrix": {"BlockThreshold": ["1000", "2000"]}}
    blocks = {
        "GasPriceElements": {"StandingCharge": "5", "BlockTariff": {"BlockPrice": ["1", "2"]}}
    }
    times = {"GasPriceElements": {"StandingCharge": "5", "TOUTariff": {"TOUPrice": "1"}}}

    assert threshold_matrix(thresholds | {"PriceElements": blocks}, GAS) == {
        "block_thresholds": [1000, 2000]
    }
    assert threshold_matrix(thresholds | {"PriceElements": times}, GAS) == {}
    assert price_elements({"PriceElements": blocks}, GAS)["number_of_block_thresholds"] == 1
    assert price_elements({"PriceElements": times}, GAS)["prices"] == [
        {"tier_or_block": 1, "price": 1}
    ]


def test_the_currency_of_the_euro_has_another_name() -> None:
    elements = {"CurrencyUnits": "ECB", "StandingCharge": "5", "TOUTariff": {"TOUPrice": "1"}}

    assert (
        price_elements({"PriceElements": {"GasPriceElements": elements}}, GAS)["currency"] == "EUR"
    )


def test_what_is_made_fills_the_command() -> None:
    heading = CommandHeading(originator=Eui64(1), recipient=Eui64(2), counter=3)
    prices = {"PriceScale": "-5", "ElectricityPriceElement": ["10", "20", "30", "40"]}
    values = price_elements({"PriceElements": prices}, use_case(0x00C7))

    made = values_of(use_case(0x00C7), command_payload(use_case(0x00C7), values, heading)).values

    assert made == values


@pytest.mark.parametrize(
    ("flat", "reason"),
    [
        ({"SwitchingTable": ""}, "SwitchingTable is missing or has no elements"),
        ({"SwitchingTable": {}}, "Seasons is missing"),
        (_table({"DayName": "one"}, **DATE), "DayName is 'one'"),
        (_table({"DayName": "1", "ProfileSchedule": "now"}, **DATE), "expected elements"),
        (
            _table({"DayName": "1", "ProfileSchedule": {"StartTime": "00:00:00Z"}}, **DATE),
            "TOUTariffAction is None",
        ),
    ],
)
def test_a_tariff_with_a_wrong_part_is_refused(flat: dict[str, object], reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        switching_table(flat, PRIMARY)
