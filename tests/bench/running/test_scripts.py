"""Every check, done on a good device: it passes, and says why where it does not apply."""

import pytest

from emulator.bench.campaigns.campaign import known_cases
from emulator.bench.cases.checks import Check
from emulator.bench.running.benched_home import Reach
from emulator.bench.running.runner import Runner
from emulator.bench.running.scripts import SCRIPTS
from emulator.gbcs.envelope import Message
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.kernel.units import minutes
from emulator.lab.kept.result import Verdict
from emulator.testing.scenes.bench_scene import bench, case_named, tried


@pytest.fixture(scope="module")
def meter() -> Runner:
    return bench(DeviceKind.ESME)


OF_OTHERS = (Check.WHILE_ASLEEP, Check.ALERT)


@pytest.mark.parametrize("check", [each for each in SCRIPTS if each not in OF_OTHERS])
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


def test_silence_about_another_recipient_proves_nothing_of_a_device_that_is_dead() -> None:
    judged = tried("ESME/0027/ECS17b/wrong-recipient", defect="never-answers")

    assert judged.verdict is Verdict.INCONCLUSIVE
    assert judged.reason.startswith("silence proves nothing")


def test_the_alert_of_a_changed_log_is_awaited_and_its_absence_fails() -> None:
    name = "GPF/000E/CS03B/alert"

    assert tried(name).verdict is Verdict.PASS
    missing = tried(name, defect="alerts-missing")
    assert (missing.verdict, missing.field) == (Verdict.FAIL, "alert")


def test_nothing_sleeps_at_the_application_itself() -> None:
    judged = tried("GSME/0074/GCS13a/while-asleep")

    assert (judged.verdict, judged.field) == (Verdict.NOT_APPLICABLE, "reach")


def test_two_commands_for_a_gas_meter_that_sleeps_are_answered_in_their_order() -> None:
    runner = bench(DeviceKind.GSME, reach=Reach.HAN)

    run = runner.record(case_named("GSME/0074/GCS13a/while-asleep"))

    assert run.judged.verdict is Verdict.PASS
    assert [each.to_device for each in run.passages] == [True, True, False, False]
    assert run.ended - run.began < minutes(31)


def test_a_gas_meter_that_answers_nothing_fails_when_it_should_have_woken() -> None:
    runner = bench(DeviceKind.GSME, reach=Reach.HAN, defect="never-answers")

    judged = runner.run(case_named("GSME/0074/GCS13a/while-asleep"))

    assert (judged.verdict, judged.field) == (Verdict.FAIL, "responses")
    assert judged.reason == "none, expected 1001, 1002"


def test_what_comes_under_the_counter_of_another_command_is_no_replay_of_it() -> None:
    runner = bench(DeviceKind.ESME)

    run = runner.record(case_named("ESME/001D/ECS05/equal-counter"))

    first, second = (Message.decode(each.octets) for each in run.passages if each.to_device)
    assert run.judged.verdict is Verdict.PASS
    assert first.counter == second.counter
    assert first.encode() != second.encode()
