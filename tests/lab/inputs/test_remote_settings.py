"""Settings beyond the hub: every room can be changed by name, and says what nothing proves."""

from pathlib import Path

import pytest

from emulator.alt_han.bridge.settings import bridge_rooms
from emulator.dcc.working_days import WorkingDays
from emulator.kernel.errors import UsageError
from emulator.kernel.units import seconds
from emulator.lab.inputs.overrides import parse_overrides
from emulator.lab.inputs.remote_settings import RemoteSettings, remote_rooms
from emulator.lab.lab import ROOMS, Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.shipment import read_shipment
from emulator.smart_energy.stack_settings import rooms

SHIPMENT = Path(__file__).parents[2] / "data/shipments/one-meter.csv"


def settings_of(*assignments: str) -> RemoteSettings:
    options = LabOptions(overrides=parse_overrides(assignments, ROOMS, None))
    return Lab(read_shipment(SHIPMENT), options).remote_side().settings


def test_rooms_of_the_han_and_beyond_have_names_of_their_own() -> None:
    kinds = [set(rooms()), set(remote_rooms()), set(bridge_rooms())]

    assert sum(map(len, kinds)) == len(set().union(*kinds))
    assert set(ROOMS) == set().union(*kinds)


def test_holidays_of_scotland_count_when_a_run_says_so() -> None:
    usual, scottish = settings_of(), settings_of("working_days.subdivision=SCT")
    second_of_january = WorkingDays(usual.working_days).settings, scottish.working_days

    assert [each.subdivision for each in second_of_january] == ["ENG", "SCT"]


def test_times_of_the_dcc_can_be_changed() -> None:
    told = settings_of("dcc_times.on_demand=90 s", "wan.loss=0.25")

    assert told.whole_dcc.times.on_demand == seconds(90)
    assert told.whole_dcc.wan.loss == 0.25


def test_database_is_where_the_run_says(tmp_path: Path) -> None:
    file = tmp_path / "elsewhere.sqlite"

    settings_of(f"database.url=sqlite:///{file}")

    assert file.exists()


def test_a_database_nobody_knows_is_refused() -> None:
    with pytest.raises(UsageError):
        settings_of("database.url=paper://drawer")


def test_what_nothing_proves_is_named_by_room() -> None:
    named = set(RemoteSettings().unverified())

    assert {"dcc_times.on_demand", "working_days.country", "incident.appropriate"} <= named
    assert "incident.working_days" not in named
