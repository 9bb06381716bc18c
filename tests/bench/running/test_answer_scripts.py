"""Answers are examined beyond their heading."""

import pytest

from emulator.bench.campaigns.campaign import known_cases
from emulator.bench.cases.checks import Check
from emulator.bench.running.answer_scripts import ANSWER_SCRIPTS
from emulator.bench.running.runner import Runner
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.lab.kept.result import Verdict
from emulator.testing.scenes.bench_scene import bench, tried


@pytest.fixture(scope="module", params=[DeviceKind.ESME, DeviceKind.GSME, DeviceKind.CHF])
def device(request: pytest.FixtureRequest) -> tuple[DeviceKind, Runner]:
    return request.param, bench(request.param)


@pytest.mark.parametrize("check", ANSWER_SCRIPTS)
def test_good_devices_pass(device: tuple[DeviceKind, Runner], check: Check) -> None:
    kind, runner = device
    cases = [each for each in known_cases(kind).values() if each.check is check][:3]

    found = {each.name: runner.run(each) for each in cases}

    assert {name: each.reason for name, each in found.items() if each.verdict not in GOOD} == {}


GOOD = (Verdict.PASS, Verdict.NOT_APPLICABLE)


def test_a_meter_that_holds_nothing_has_nothing_to_hide() -> None:
    judged = tried("GSME/0077/GCS16a/sensitive")

    assert judged.verdict is Verdict.NOT_APPLICABLE


def test_components_in_zcl_are_sensitive_too() -> None:
    assert tried("GSME/0074/GCS13a/sensitive", defect="sensitive-in-clear").verdict is Verdict.FAIL


def test_an_answer_that_never_comes_is_none_that_is_late() -> None:
    judged = tried("ESME/0013/CS07/in-time", defect="never-answers")

    assert (judged.verdict, judged.field) == (Verdict.FAIL, "response")


def test_without_an_answer_there_is_nothing_to_examine() -> None:
    judged = tried("ESME/0027/ECS17b/answer-protected", defect="never-answers")

    assert judged.verdict is Verdict.INCONCLUSIVE


def test_a_value_that_is_not_there_has_no_type() -> None:
    assert "null-data" in tried("ESME/0042/ECS27/value-types", defect="value-missing").reason
