"""Counters, dates and nonsense, in an order that shows something."""

import pytest

from emulator.bench.campaigns.campaign import known_cases
from emulator.bench.cases.checks import Check
from emulator.bench.running.order_scripts import ORDER_SCRIPTS
from emulator.bench.running.runner import Runner
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.lab.kept.result import Verdict
from emulator.testing.scenes.bench_scene import bench, tried


@pytest.fixture(scope="module", params=[DeviceKind.ESME, DeviceKind.GSME, DeviceKind.CHF])
def device(request: pytest.FixtureRequest) -> tuple[DeviceKind, Runner]:
    return request.param, bench(request.param)


@pytest.mark.parametrize("check", ORDER_SCRIPTS)
def test_good_devices_pass(device: tuple[DeviceKind, Runner], check: Check) -> None:
    kind, runner = device
    cases = [each for each in known_cases(kind).values() if each.check is check][:3]

    found = {each.name: runner.run(each) for each in cases}

    assert {name: each.reason for name, each in found.items() if each.verdict not in GOOD} == {}


GOOD = (Verdict.PASS, Verdict.NOT_APPLICABLE)


def test_what_is_never_told_is_no_late_execution() -> None:
    judged = tried("ESME/001A/ECS02/on-date", defect="dated-alerts-missing")

    assert (judged.verdict, judged.field) == (Verdict.FAIL, "alert")


def test_an_answer_where_a_refusal_is_due_says_nothing_of_counters() -> None:
    judged = tried("ESME/001A/ECS02/refused-uncounted", defect="mac-unchecked")

    assert judged.verdict is Verdict.INCONCLUSIVE


def test_dates_of_a_gas_meter_are_kept_too() -> None:
    for defect, check in (
        ("date-early", "on-date"),
        ("date-late", "on-date"),
        ("dated-alert-names-another", "dated-alert"),
    ):
        assert tried(f"GSME/006B/GCS01a/{check}", defect=defect).verdict is Verdict.FAIL
