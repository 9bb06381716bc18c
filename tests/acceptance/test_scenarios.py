"""Every installed scenario on the dual-fuel home: it passes, repeats, and Wireshark agrees.

A run is made once and looked at by several tests; the tests of one scenario share a process.
"""

from functools import cache
from pathlib import Path

import pytest

from emulator.lab.inputs.scenario_files import find_scenario, installed_names, load_scenario
from emulator.lab.kept.result import LinkKeyState, Verdict
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.shipment import read_shipment
from emulator.smart_energy.facts import KeyEstablished
from emulator.testing.judges.capture_judge import Judgement, judge_capture
from tests.acceptance.runs import elsewhere

SHIPMENTS = Path(__file__).parents[1] / "data/shipments"
SCENARIOS = installed_names()
MAIN_JOB = "commissioning/join_every_device"
WHOLE_JOB = "commissioning/dual_fuel"
DUAL_FUEL = "dual-fuel.csv"
JOINERS = {
    DUAL_FUEL: 6,
    "electricity-only-short-codes.csv": 3,
    "one-meter.csv": 1,
}
OWN_SHIPMENT = {
    "alt_han/router": "dual-fuel-bridge.csv",
    "radio/route_around_lost_router": "three-routers.csv",
}
"""Scenarios about a home of their own."""
QUICK = (MAIN_JOB, WHOLE_JOB, "faults/lossy_air")
"""Scenarios that are repeated among the quick tests; the others are among the slow ones."""
WITHOUT_AIR = (
    "alt_han/limits",
    "meter_room/change_of_supplier",
    "meter_room/exempt_or_abandoned",
    "meter_room/found_dead",
    "meter_room/go_no_go",
    "meter_room/notices",
    "meter_room/order_and_dates",
    "meter_room/permissions",
    "meter_room/works",
    "supplier/bulk_requests",
)
"""Scenarios about people alone, or about homes in worlds of their own."""
FEWEST = {MAIN_JOB: 1000, WHOLE_JOB: 3000}
"""Frames that a scenario at least sends; 40 where nothing is said."""
MEASURED = ("alt_han/block_of_24",)
"""Scenarios that `make bench` runs twice and compares, because they take a minute."""
SLOW = (pytest.mark.slow,)
LONG = (
    "alt_han/block_of_24",
    "alt_han/limits",
    "alt_han/rejoin_and_channel_change",
    "faults/hub_power_cycle",
    "faults/joiner_out_of_reach",
    "lifecycle/firmware",
    "lifecycle/hub_exchange",
    "metering/half_hourly_settlement",
    "radio/duty_cycle_breach",
    "rf_noise/hot_shoe",
)
"""Scenarios with hours of the air or many pictures, left to the slow tests."""


def each_of(*names: str) -> pytest.MarkDecorator:
    """A test of every one of these scenarios."""
    marked = (pytest.param(name, marks=SLOW * (name in LONG)) for name in names)
    return pytest.mark.parametrize("name", list(marked))


EVERY = each_of(*SCENARIOS)


@cache
def ran(name: str, shipment: str = "", seed: int = 1) -> Lab:
    """The laboratory after a scenario, which must have passed."""
    shipment = shipment or OWN_SHIPMENT.get(name, DUAL_FUEL)
    lab = Lab(read_shipment(SHIPMENTS / shipment), LabOptions(name=name, seed=seed))
    load_scenario(find_scenario(name))(lab)
    return lab


def cbke_joiners(lab: Lab) -> list[str]:
    return [row.name for row in lab.device_rows() if row.link_key is LinkKeyState.CBKE]


def test_scenarios_are_installed() -> None:
    assert MAIN_JOB in SCENARIOS
    assert len(SCENARIOS) >= 11


@EVERY
def test_scenario_passes(name: str) -> None:
    steps = ran(name).steps

    assert steps
    assert {step.verdict for step in steps} == {Verdict.PASS}


@each_of(*(name for name in SCENARIOS if name not in WITHOUT_AIR))
def test_wireshark_dissects_and_decrypts_every_frame(name: str, tmp_path: Path) -> None:
    lab = ran(name)

    captures = [each for each in (lab.capture(), lab.second_capture()) if each]
    judged = [judge_capture(tmp_path, each, lab.key_file()) for each in captures]

    assert judged == [Judgement(True, each.frames, (), (), (), ()) for each in judged]
    assert sum(each.frames for each in judged) == lab.frames() >= FEWEST.get(name, 40)


@EVERY
def test_no_frame_is_malformed_to_ourselves_and_none_breaks_a_rule(name: str) -> None:
    kinds = {record.fact.kind for record in ran(name).trace.records}

    assert not {kind for kind in kinds if "malformed" in kind or "violation" in kind}


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(each, marks=SLOW * (each not in QUICK))
        for each in SCENARIOS
        if each not in MEASURED
    ],
)
def test_scenario_repeats_itself_and_differs_by_its_seed(name: str, tmp_path: Path) -> None:
    first, other = ran(name), ran.__wrapped__(name, seed=2)
    devices = ("--devices", str(SHIPMENTS / OWN_SHIPMENT.get(name, DUAL_FUEL)))
    # a process of its own has other hashes, and a memory without earlier runs
    again = elsewhere(tmp_path / "again", name, *devices, hash_seed=1)

    assert again.status == 0
    assert again.report["trace_sha256"] == first.trace.digest()
    assert again.capture == first.capture()
    assert again.keys == first.key_file()
    assert (other.trace.digest() != first.trace.digest()) is (name not in WITHOUT_AIR)


@pytest.mark.parametrize("shipment", JOINERS)
def test_every_joining_device_of_a_shipment_agrees_a_key_of_its_own(shipment: str) -> None:
    lab = ran(MAIN_JOB, shipment)

    assert len(cbke_joiners(lab)) == len(lab.home().joiners) == JOINERS[shipment]


def test_keys_of_two_devices_are_never_the_same() -> None:
    keys = [line.split('"')[1] for line in ran(MAIN_JOB).key_file().splitlines()]

    # one network key; each of six devices has one from its install code, and one it agreed
    assert len(keys) == len(set(keys)) == 1 + 2 * 6


def test_without_the_agreed_keys_the_secured_frames_stay_closed(tmp_path: Path) -> None:
    lab = ran(MAIN_JOB)
    others = [line for line in lab.key_file().splitlines() if "cbke" not in line]

    judged = judge_capture(tmp_path, lab.capture(), "\n".join(others))

    secured = [
        number
        for number, row in enumerate(lab.chart(), 1)
        if row.security == "NWK key + link key" and row.layer == "zcl"
    ]
    assert len(secured) > 20
    assert judged == Judgement(False, lab.frames(), (), (), tuple(secured), ())


@pytest.mark.parametrize(
    ("scenario", "agreed"),
    [("suites/suite_1_only", {1}), ("suites/suite_2_only", {2}), ("suites/mixed_suites", {1, 2})],
)
def test_scenario_of_suites_agrees_under_those_suites(scenario: str, agreed: set[int]) -> None:
    lab = ran(scenario)

    assert lab.agreed_suites() == agreed
    assert len(cbke_joiners(lab)) == 6


@pytest.mark.parametrize(
    ("scenario", "refused"),
    [
        ("faults/wrong_install_code", "ESME"),
        ("faults/unregistered_device", "ESME"),
        ("faults/foreign_certificate", "CAD"),
    ],
)
def test_device_that_was_refused_has_no_key_and_all_others_have_theirs(
    scenario: str, refused: str
) -> None:
    lab = ran(scenario)

    every = {device.name for device in lab.home().joiners}
    assert set(cbke_joiners(lab)) == every - {refused}


def test_hub_that_was_dark_for_hours_finds_every_device_under_its_key() -> None:
    lab = ran("faults/hub_power_cycle")

    assert len(cbke_joiners(lab)) == 6
    assert len(list(lab.trace.of(KeyEstablished))) == 12


def test_device_behind_a_router_got_its_keys_through_it() -> None:
    lab = ran("commissioning/join_through_router")
    hub = lab.kinds()[0]

    parents = {row.name: row.parent for row in lab.device_rows() if row.parent is not None}
    assert parents.pop("ESME") == hub
    assert hub not in parents.values()
    assert len(parents) == 5


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, 21))
def test_home_comes_up_though_one_frame_in_five_is_lost(seed: int) -> None:
    lab = ran.__wrapped__("faults/lossy_air", seed=seed)

    assert len(cbke_joiners(lab)) == 6
