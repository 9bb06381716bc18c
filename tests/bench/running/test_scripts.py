"""Every check, done on a good device: it passes, and says why where it does not apply."""

import pytest

from emulator.bench.campaigns.campaign import known_cases
from emulator.bench.cases.checks import Check
from emulator.bench.running.runner import Runner
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.lab.result import Verdict
from emulator.testing.bench_scene import bench, tried


@pytest.fixture(scope="module")
def meter() -> Runner:
    return bench(DeviceKind.ESME)


@pytest.mark.parametrize("check", Check)
def test_a_good_meter_passes_every_check_of_a_critical_command(meter: Runner, check: Check) -> None:
    cases = [
        each
        for each in known_cases(DeviceKind.ESME).values()
        if each.use_case.code == 0x001A and each.check is check
    ]

    found = {each.name: meter.run(each) for each in cases}

    assert found
    assert {
        name: each.reason for name, each in found.items() if each.verdict is not Verdict.PASS
    } == {}


def test_a_command_too_long_for_one_message_is_refused_the_second_time_without_an_alert() -> None:
    judged = tried("ESME/0102/CS02b/replayed")

    assert judged.verdict is Verdict.PASS


def test_what_hangs_on_an_answer_that_does_not_come_is_inconclusive() -> None:
    judged = tried("ESME/001A/ECS02/replayed", defect="never-answers")

    assert judged.verdict is Verdict.INCONCLUSIVE
    assert "the command before was not answered" in judged.reason
