"""The fixtures of the plugin, in this very suite."""

from collections.abc import Callable

import pytest

from emulator.lab.installing.installation import COMMISSIONED, Installation
from emulator.lab.lab import Lab
from emulator.lab.world.remote_side import RemoteSide
from emulator.testing.plugin.bench_cases import Bench
from emulator.testing.plugin.home_device import HomeDevice


def test_a_laboratory_has_everything_off(lab: Lab) -> None:
    assert not any(device.powered for device in lab.home())


def test_a_meter_brings_no_more_than_it_needs(esme: HomeDevice, premises_off: list[str]) -> None:
    assert esme.status == COMMISSIONED
    assert "GSME" in premises_off


def test_hub_gas_meter_and_dcc_are_of_one_home(
    comms_hub: HomeDevice, gsme: HomeDevice, dcc: RemoteSide
) -> None:
    assert dcc.status(comms_hub.eui64) == dcc.status(gsme.eui64) == COMMISSIONED


@pytest.mark.lab(shipment="one_meter.csv")
def test_premises_are_installed_whole(premises: Installation, esme: HomeDevice) -> None:
    assert all(device.joined for device in premises.home)
    assert esme.work is premises


@pytest.mark.lab(scenario="commissioning/electricity_only")
def test_a_scenario_runs_in_the_laboratory_of_its_test(
    lab: Lab, run_scenario: Callable[..., None]
) -> None:
    run_scenario()

    assert lab.home().device("ESME").joined


@pytest.mark.use_case("ECS17b")
@pytest.mark.bench("ESME", defect="never-answers", checks="success")
def test_a_bench_has_the_device_of_its_marker(bench: Bench, bench_case: str) -> None:
    with pytest.raises(pytest.fail.Exception, match=r"0 responses, expected one"):
        bench.check(bench_case)


@pytest.fixture
def premises_off(esme: HomeDevice) -> list[str]:
    """The devices that nobody has switched on."""
    return [each.name for each in esme.work.home if not each.powered]
