from pathlib import Path

from emulator.lab.home.device_state import parent_of, progress_of, row_of
from emulator.lab.installing.commissioning import commission
from emulator.lab.kept.result import LinkKeyState
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.shipment import read_shipment

SHIPMENT = Path(__file__).parents[2] / "data/shipments/one-meter.csv"


def test_a_device_is_told_before_and_after_it_joined() -> None:
    lab = Lab(read_shipment(SHIPMENT), LabOptions())
    home = lab.home()
    meter = home.device("ESME")
    names = {each.description.eui64: each.name for each in home}
    before = row_of(meter, names, None)
    dark = progress_of(meter, lab.trace, lab.scheduler.now)

    commission(lab, home)
    after = row_of(meter, names, "Pending")

    assert (before.joined, before.link_key, before.parent) == (False, LinkKeyState.NONE, None)
    assert dark == "without power"
    assert (after.joined, after.link_key, after.parent) == (True, LinkKeyState.CBKE, "CHF")
    assert after.smi_status == "Pending"
    assert parent_of(meter, {}) is None
