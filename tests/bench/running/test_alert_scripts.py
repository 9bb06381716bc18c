"""Alerts are examined one by one: good devices pass, and silence is no answer."""

import pytest

from emulator.bench.campaigns.campaign import known_cases
from emulator.bench.cases.checks import Check
from emulator.bench.running.alert_scripts import ALERT_SCRIPTS
from emulator.bench.running.runner import Runner
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.lab.kept.result import Verdict
from emulator.testing.scenes.bench_scene import bench, tried


@pytest.fixture(scope="module", params=[DeviceKind.ESME, DeviceKind.GSME, DeviceKind.CHF])
def device(request: pytest.FixtureRequest) -> tuple[DeviceKind, Runner]:
    return request.param, bench(request.param)


@pytest.mark.parametrize("check", ALERT_SCRIPTS)
def test_good_devices_pass(device: tuple[DeviceKind, Runner], check: Check) -> None:
    kind, runner = device
    cases = [each for each in known_cases(kind).values() if each.check is check][:3]

    found = {each.name: runner.run(each) for each in cases}

    assert {name: each.reason for name, each in found.items() if each.verdict not in GOOD} == {}


GOOD = (Verdict.PASS, Verdict.NOT_APPLICABLE)


def test_a_device_without_alerts_leaves_nothing_to_say_of_them() -> None:
    judged = tried("ESME/0013/CS07/alert-time", defect="alerts-missing")

    assert judged.verdict is Verdict.INCONCLUSIVE


def test_the_time_of_an_alert_is_read_in_each_way_of_writing() -> None:
    for name in ("ESME/0013/CS07/alert-time", "GSME/0013/CS07/alert-time"):
        judged = tried(name, defect="alert-in-local-time")
        assert (judged.verdict, judged.field) == (Verdict.FAIL, "time")


def test_the_day_after_is_tried_a_day_later() -> None:
    assert tried("GSME/0013/CS07/clock-after-a-day", defect="clock-drifts").field == "time"
