"""What devices keep is looked at again, also after a loss of power."""

import pytest

from emulator.bench.campaigns.campaign import known_cases
from emulator.bench.cases.checks import Check
from emulator.bench.running.memory_scripts import MEMORY_SCRIPTS
from emulator.bench.running.runner import Runner
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.lab.kept.result import Verdict
from emulator.testing.scenes.bench_scene import bench, tried


@pytest.fixture(scope="module", params=[DeviceKind.ESME, DeviceKind.GSME, DeviceKind.CHF])
def device(request: pytest.FixtureRequest) -> tuple[DeviceKind, Runner]:
    return request.param, bench(request.param)


@pytest.mark.parametrize("check", MEMORY_SCRIPTS)
def test_good_devices_pass(device: tuple[DeviceKind, Runner], check: Check) -> None:
    kind, runner = device
    cases = [each for each in known_cases(kind).values() if each.check is check][:3]

    found = {each.name: runner.run(each) for each in cases}

    assert {name: each.reason for name, each in found.items() if each.verdict not in GOOD} == {}


GOOD = (Verdict.PASS, Verdict.NOT_APPLICABLE)


def test_what_was_never_there_cannot_be_lost() -> None:
    judged = tried("ESME/0046/ECS30/value-after-power-loss", defect="writes-nothing")

    assert judged.verdict is Verdict.INCONCLUSIVE


def test_a_gas_meter_keeps_certificates_and_log_by_the_same_cases() -> None:
    for defect, name in (
        ("certificates-lost", "GSME/0102/CS02b/certificates-after-power-loss"),
        ("log-lost", "GSME/000E/CS03B/log-after-power-loss"),
    ):
        assert tried(name, defect=defect).verdict is Verdict.FAIL
