"""The bench of tests: a device of each kind, and cases by name."""

from emulator.gbcs_device.device_kind import DeviceKind
from emulator.lab.kept.result import Verdict
from emulator.testing.scenes.bench_scene import bench_shipment, case_named, on_test, tried


def test_its_home_has_every_kind_that_remote_parties_talk_to() -> None:
    there = {each.type for each in bench_shipment().devices}

    assert there == {each.value for each in DeviceKind} - {"SAPC"}


def test_a_defect_is_there_only_when_it_is_named() -> None:
    assert on_test(DeviceKind.ESME).defect is None
    assert on_test(DeviceKind.ESME, defect="never-answers").defect is not None


def test_a_case_is_found_by_its_name_and_tried() -> None:
    name = "ESME/0027/ECS17b/success"

    assert case_named(name).name == name
    assert tried(name).verdict is Verdict.PASS
