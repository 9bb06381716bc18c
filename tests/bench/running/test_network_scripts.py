"""The life of good devices on the network, and cases that need one."""

import pytest

from emulator.bench.campaigns.campaign import known_cases
from emulator.bench.cases.checks import Check
from emulator.bench.running.benched_home import Reach
from emulator.bench.running.network_scripts import NETWORK_SCRIPTS
from emulator.bench.running.runner import Runner
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.lab.kept.result import Verdict
from emulator.testing.scenes.bench_scene import bench, tried


@pytest.fixture(scope="module", params=[DeviceKind.ESME, DeviceKind.GSME, DeviceKind.PPMID])
def device(request: pytest.FixtureRequest) -> tuple[DeviceKind, Runner]:
    return request.param, bench(request.param, reach=Reach.HAN)


@pytest.mark.parametrize("check", NETWORK_SCRIPTS)
def test_good_devices_pass(device: tuple[DeviceKind, Runner], check: Check) -> None:
    kind, runner = device
    cases = [each for each in known_cases(kind).values() if each.check is check][:3]

    found = {each.name: runner.run(each) for each in cases}

    assert {name: each.reason for name, each in found.items() if each.verdict not in GOOD} == {}


GOOD = (Verdict.PASS, Verdict.NOT_APPLICABLE)


def test_without_a_network_they_do_not_apply() -> None:
    judged = tried("ESME/0013/CS07/comes-back")

    assert judged.verdict is Verdict.NOT_APPLICABLE
    assert 'reach = "han"' in judged.reason
