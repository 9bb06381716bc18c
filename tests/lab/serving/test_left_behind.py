import pytest

from emulator.kernel.errors import UsageError
from emulator.lab.inputs.scenario_files import USUAL_HOME
from emulator.lab.interactive.premises import open_home
from emulator.lab.laboratory import LabOptions
from emulator.lab.serving.left_behind import installed_without, leave_to_another
from emulator.lab.world.parties import GAINING_SUPPLIER
from tests.lab.workbench.homes import SHIPMENT


def test_what_needs_a_device_that_is_left_is_left_too() -> None:
    work = open_home(USUAL_HOME, LabOptions(name="test"))

    assert [each.name for each in installed_without(work, ["gsme"])] == ["ESME"]
    names = {each.name for each in installed_without(work, ["PPMID"])}
    assert names == {"ESME", "GSME", "HCALCS", "IHD", "CAD"}
    with pytest.raises(UsageError, match="no device is called"):
        installed_without(work, ["toaster"])


def test_the_supply_point_of_a_device_that_is_left_is_gained_by_another() -> None:
    work = open_home(SHIPMENT, LabOptions(name="test"))
    work.pre_notify_hub()
    work.pre_notify(*work.home.joiners)

    leave_to_another(work)

    line = work.home.shipped(work.home.device("ESME"))
    assert work.side.registration.supplier(line.mpxn or "", work.side.moment) == GAINING_SUPPLIER
