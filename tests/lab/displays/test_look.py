"""Displays of an installed home read what its meters tell, over the air."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from emulator.kernel.errors import UsageError
from emulator.lab.displays.look import (
    look_at_displays,
    picture_displays,
    picture_meters,
    shown_lines,
)
from emulator.lab.installing.installation import Ask, Installation
from emulator.lab.installing.set_load import take
from emulator.lab.laboratory import LabOptions
from emulator.lab.runs.emulated import emulated
from emulator.lab.shipments.shipment import read_shipment
from emulator.testing.judges.capture_judge import Judgement, judge_capture
from emulator.testing.scenes.installed_homes import installed_home

SHIPMENT = Path(__file__).parents[2] / "data" / "shipments" / "dual-fuel.csv"


DAY = {
    "DayName": "1",
    "ProfileSchedule": [
        {"StartTime": "00:30:00Z", "BlockTariffAction": "1"},
        {"StartTime": "05:30:00Z", "TOUTariffAction": "2"},
    ],
}
NEW_YEAR = {
    "Year": {"SpecifiedYear": "2015"},
    "Month": {"SpecifiedMonth": "1"},
    "DayOfMonth": {"SpecifiedDayOfMonth": "1"},
}
TARIFF: Mapping[str, object] = {
    "SwitchingTable": {
        "DayProfiles": {"DayProfile": DAY},
        "WeekProfiles": {"WeekProfile": {"WeekName": "1", "ReferencedDayName": ["1"] * 7}},
        "Seasons": {
            "Season": {
                "SeasonName": "all",
                "SeasonStartDate": NEW_YEAR,
                "ReferencedWeekName": "1",
            }
        },
    },
    "SpecialDays": "",
    "ThresholdMatrix": {"Thresholds": {"BlockThreshold": ["500", "5000"]}},
    "PriceElements": {
        "ElectricityPriceElements": {
            "StandingCharge": "4650",
            "StandingChargeScale": "-4",
            "PriceScale": "-5",
            "HybridTariff": {
                "TOUPrice": ["0", "24500"],
                "BlockPrices": {"BlockPrice": ["7500", "9000", "12000"]},
            },
        }
    },
}
"""Two rates, one of them in three blocks (DUIS 5.4, SRV 1.1.1)."""


@cache
def lived_in() -> Installation:
    work = installed_home(SHIPMENT, "ESME", "PPMID", "CAD")
    esme = work.home.device("ESME")
    about = esme.description.eui64
    tariff = Ask(srv="1.1.1", clause="GBCS ECS01a", target=about, parameters=TARIFF)
    assert work.ask("the supplier sets a tariff", tariff) is not None
    take(work.lab, esme, "2 kW")
    work.lab.run("30 min")
    look_at_displays(work.lab)
    return work


def test_ppmid_shows_what_the_meter_counts() -> None:
    shown = "\n".join(shown_lines(lived_in().lab, "PPMID", "PPMID"))

    assert "ELECTRICITY" in shown
    assert "2000 W" in shown
    assert "1.0" in shown


def test_displays_know_what_energy_costs_now_and_next() -> None:
    shown = "\n".join(shown_lines(lived_in().lab, "PPMID", "PPMID"))

    for words in (
        "Bill to date                             £0.24",
        "kWh  £0.24",
        "Price (rate 1, block 1)              7.50p/kWh",
        "  used so far                         0.0",
        "  block 2, above 0.50 kWh            9.00p/kWh",
        "  block 3, above 5.00 kWh           12.00p/kWh",
        "  from 05:30, rate 2                24.50p/kWh",
        "  from 00:30, rate 1                 7.50p/kWh",
        "Standing charge                     46.50p/day",
    ):
        assert words in shown


def test_cad_hands_on_a_line_of_json_for_each_supply() -> None:
    rows = [json.loads(each) for each in shown_lines(lived_in().lab, "CAD", "CAD")]

    electricity = next(each for each in rows if each["fuel"] == "electricity")
    assert electricity["power"] == 2_000
    assert 1_000 <= electricity["today"] <= 1_020


def test_display_that_the_home_has_not_is_refused() -> None:
    with pytest.raises(UsageError, match="no display IHD: the home has PPMID, CAD"):
        look_at_displays(lived_in().lab, "IHD")


def test_wireshark_reads_what_displays_ask_and_are_told(tmp_path: Path) -> None:
    lab = lived_in().lab

    judged = judge_capture(tmp_path, lab.capture(), lab.key_file())

    assert judged == Judgement(True, lab.frames(), (), (), (), ())


def test_home_that_measured_is_pictured_at_its_end_once() -> None:
    lab = lived_in().lab
    lab.pictures.clear()

    lab.picture_home()
    lab.picture_home()

    assert [each.title for each in lab.pictures] == [
        "The last week of the ESME",
        "What the PPMID shows",
        "What the CAD shows",
    ]


def test_home_that_measured_nothing_is_not_pictured() -> None:
    lab = emulated(read_shipment(SHIPMENT), LabOptions())
    lab.picture_home()
    lab.home().device("ESME").power_on()

    lab.picture_home()

    assert not lab.pictures


def test_displays_and_meters_are_pictured_in_the_report() -> None:
    lab = lived_in().lab
    lab.pictures.clear()

    picture_meters(lab)
    picture_displays(lab)

    assert [each.title for each in lab.pictures] == [
        "The last week of the ESME",
        "What the PPMID shows",
        "What the CAD shows",
    ]
    assert "2000 W" in lab.pictures[1].svg
