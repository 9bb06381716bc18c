"""Certificates, images and times that a device must not trust."""

import pytest

from emulator.bench.campaigns.campaign import known_cases
from emulator.bench.cases.checks import Check
from emulator.bench.running.runner import Runner
from emulator.bench.running.trust_scripts import TRUST_SCRIPTS
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.lab.kept.result import Verdict
from emulator.testing.scenes.bench_scene import bench, tried


@pytest.fixture(scope="module", params=[DeviceKind.ESME, DeviceKind.GSME, DeviceKind.CHF])
def device(request: pytest.FixtureRequest) -> tuple[DeviceKind, Runner]:
    return request.param, bench(request.param)


@pytest.mark.parametrize("check", TRUST_SCRIPTS)
def test_good_devices_pass(device: tuple[DeviceKind, Runner], check: Check) -> None:
    kind, runner = device
    cases = [each for each in known_cases(kind).values() if each.check is check][:3]

    found = {each.name: runner.run(each) for each in cases}

    assert {name: each.reason for name, each in found.items() if each.verdict not in GOOD} == {}


GOOD = (Verdict.PASS, Verdict.NOT_APPLICABLE)


def test_a_gas_meter_is_tried_by_the_same_cases() -> None:
    for defect, name in (
        ("trust-anchor-unchecked", "GSME/0102/CS02b/foreign-certificate"),
        ("image-hash-unchecked", "GSME/0012/CS06/other-image"),
        ("clock-always-reliable", "GSME/007F/GCS28/clock-outside-window"),
        ("clock-never-reliable", "GSME/007F/GCS28/clock-in-window"),
    ):
        assert tried(name, defect=defect).verdict is Verdict.FAIL
