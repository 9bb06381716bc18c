"""A device that vanishes: its cases are inconclusive, and count again when it is back."""

from emulator.bench.running.benched_home import BenchedHome, Reach
from emulator.bench.running.runner import Runner
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.lab.kept.result import Verdict
from emulator.testing.scenes.bench_scene import bench, case_named, on_test

READ = case_named("ESME/0027/ECS17b/success")
REFUSED = case_named("ESME/0027/ECS17b/wrong-mac")


def test_a_device_that_falls_silent_is_not_blamed_and_passes_again_when_it_is_back() -> None:
    home = BenchedHome(on_test(DeviceKind.ESME, reach=Reach.HAN))
    runner, hub, meter = Runner(home), home.lab.home().hub, home.lab.home().joiners[0]
    before = runner.run(READ)

    home.lab.out_of_reach(hub, meter)
    gone = [runner.run(each) for each in (REFUSED, READ)]
    home.lab.in_reach(hub, meter)
    home.wait(home.settings.sleepy_answer, until_heard=False)
    back = runner.run(READ)

    assert before.verdict is back.verdict is Verdict.PASS
    assert [each.verdict for each in gone] == [Verdict.INCONCLUSIVE] * 2
    assert gone[1].reason.endswith(f"since {REFUSED.name}")


def test_a_device_that_stays_away_is_not_looked_for_before_every_case() -> None:
    home = BenchedHome(on_test(DeviceKind.ESME, reach=Reach.HAN))
    runner = Runner(home)
    runner.run(READ)
    home.lab.out_of_reach(home.lab.home().hub, home.lab.home().joiners[0])
    for _ in range(4):
        runner.run(READ)

    late = runner.record(READ)

    assert late.judged.verdict is Verdict.INCONCLUSIVE
    assert late.began == late.ended


def test_a_device_that_never_said_anything_fails() -> None:
    assert bench(DeviceKind.ESME, defect="never-answers").run(READ).verdict is Verdict.FAIL


def test_a_device_that_only_lacks_its_alerts_fails() -> None:
    runner = bench(DeviceKind.ESME, defect="alerts-missing")

    assert runner.run(READ).verdict is Verdict.PASS
    assert runner.run(REFUSED).verdict is Verdict.FAIL
    assert len(runner.record(REFUSED).passages) == 1


def test_an_emulated_device_that_lost_its_power_is_an_error_of_the_bench() -> None:
    home = BenchedHome(on_test(DeviceKind.ESME))
    runner = Runner(home)
    home.lab.home().joiners[0].power_off()

    judged = runner.run(READ)

    assert (judged.verdict, judged.field) == (Verdict.ERROR, "bench")
