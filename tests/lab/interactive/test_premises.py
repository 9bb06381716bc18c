from pathlib import Path

import pytest

from emulator.kernel.errors import EnvironmentFault, UsageError
from emulator.kernel.identity import format_eui64
from emulator.lab.installing.installation import Installation
from emulator.lab.interactive.premises import (
    bring_up,
    device_named,
    every_device,
    hand_over,
    kind_of,
    needed_for,
    open_home,
)
from emulator.lab.laboratory import LabOptions
from emulator.lab.world.parties import NETWORK_OPERATOR

SHIPMENTS = Path(__file__).parents[2] / "data" / "shipments"


@pytest.fixture(scope="module")
def whole() -> Installation:
    """A dual-fuel home without power; to be looked at only."""
    return open_home(None, LabOptions())


def named(work: Installation, name: str) -> list[str]:
    return [each.name for each in needed_for(work, device_named(work, name))]


def test_only_what_a_device_needs_is_installed(whole: Installation) -> None:
    assert named(whole, "CHF") == []
    assert named(whole, "ESME") == ["ESME"]
    assert named(whole, "GPF") == ["GSME"]
    assert named(whole, "ppmid") == ["ESME", "GSME", "PPMID"]


def test_meters_are_installed_first(whole: Installation) -> None:
    assert [each.name for each in every_device(whole)][:2] == ["ESME", "GSME"]
    assert len(every_device(whole)) == len(whole.home.joiners)


def test_device_is_found_by_name_and_identifier(whole: Installation) -> None:
    for line in whole.home.shipment.devices:
        assert device_named(whole, format_eui64(line.eui64)) == line.eui64
        assert device_named(whole, line.type) == line.eui64
        assert kind_of(whole, line.eui64) == line.type


@pytest.mark.parametrize(
    ("text", "told"),
    [("ESMR", "did you mean ESME"), ("00-00-00-00-00-00-00-01", "not in the shipment")],
)
def test_unknown_device_is_refused_with_those_there_are(
    whole: Installation, text: str, told: str
) -> None:
    with pytest.raises(UsageError, match=f"{told}.*PPMID"):
        device_named(whole, text)


def test_home_of_an_earlier_run_comes_back(tmp_path: Path) -> None:
    shipment, options = SHIPMENTS / "one-meter.csv", LabOptions(state=tmp_path / "state")
    first = open_home(shipment, options)
    bring_up(first, every_device(first))
    first.lab.save_state()

    second = open_home(shipment, options)
    bring_up(second, every_device(second))

    assert all(device.joined for device in second.home)
    assert not any("pre-notified" in step.name for step in second.lab.steps)


def test_network_operator_becomes_known_to_a_meter(home: Installation) -> None:
    hand_over(home, device_named(home, "ESME"))

    assert home.side.names_of(NETWORK_OPERATOR) in home.lab.steps[-1].name


def test_meter_without_supply_point_is_refused_before_anything_happens(tmp_path: Path) -> None:
    shipment = tmp_path / "shipment.csv"
    lines = (SHIPMENTS / "one-meter.csv").read_text().replace("1200012345688", "")
    shipment.write_text(lines)
    work = open_home(shipment, LabOptions())

    with pytest.raises(UsageError, match="ESME has no MPAN"):
        bring_up(work, every_device(work))

    assert work.lab.steps == []


def test_home_that_does_not_come_up_is_a_fault_of_the_surroundings() -> None:
    work = open_home(SHIPMENTS / "one-meter.csv", LabOptions())
    (meter,) = work.home.joiners
    work.lab.out_of_reach(work.home.hub, meter)

    with pytest.raises(EnvironmentFault, match="the home does not come up: ESME joins"):
        bring_up(work, every_device(work))


def test_state_that_is_a_file_is_refused(tmp_path: Path) -> None:
    state = tmp_path / "state"
    state.write_text("")

    with pytest.raises(UsageError, match="not a folder"):
        open_home(None, LabOptions(state=state))
