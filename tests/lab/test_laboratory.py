from emulator.lab.inputs.overrides import Overrides
from emulator.lab.laboratory import LabOptions, Laboratory
from emulator.lab.shipments.shipment import bench_shipment
from emulator.testing.scenes.laboratories import bare_laboratory


def test_ordinary_run_changes_nothing_and_keeps_nothing() -> None:
    options = LabOptions()

    assert options.overrides == Overrides()
    assert options.state is None
    assert dict(options.radios) == {}


def test_laboratory_is_made_from_a_shipment_and_options() -> None:
    lab: Laboratory = bare_laboratory().make(bench_shipment(), LabOptions(seed=3))

    assert lab.steps == []
    assert len(lab.device_rows()) == 2
