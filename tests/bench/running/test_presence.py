"""A device that vanishes: its cases are inconclusive, and count again when it is back."""

from emulator.bench.cases.command_maker import CommandMaker
from emulator.bench.running.benched_home import BenchedHome, Reach
from emulator.bench.running.conversation import Conversation
from emulator.bench.running.judgement import Judged
from emulator.bench.running.presence import Presence
from emulator.bench.running.runner import Runner
from emulator.gbcs.envelope import Message
from emulator.gbcs.use_cases.catalogue import use_case
from emulator.gbcs_device.authority import replay_protected
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.kernel.errors import EnvironmentFault
from emulator.lab.kept.result import Verdict
from emulator.testing.scenes.bench_scene import bench, case_named, on_test

READ = case_named("ESME/0027/ECS17b/success")
REFUSED = case_named("ESME/0027/ECS17b/wrong-mac")
SILENT = Judged(verdict=Verdict.FAIL)


class Unreachable(BenchedHome):
    """A home whose line fails."""

    def send(self, octets: bytes) -> None:
        raise EnvironmentFault(f"{len(octets)} octets, and the line failed")


def watched(kind: type[BenchedHome] = BenchedHome) -> Presence:
    """A device at its own application that answered before."""
    home = kind(on_test(DeviceKind.ESME))
    return Presence(Conversation(home, CommandMaker(home.keys, home.eui64)), heard=True)


def looks(presence: Presence, cases: int) -> list[int]:
    """How many commands look for the device before each of so many cases."""
    asked = []
    for _ in range(cases):
        before = presence.talk.counter
        presence.missing(READ)
        asked.append(presence.talk.counter - before)
    return asked


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


def test_a_device_that_hangs_fails_where_it_is_tried_whether_it_goes_on() -> None:
    runner = bench(DeviceKind.ESME, defect="garbage-hangs")
    before = runner.run(READ)

    hung = runner.run(case_named("ESME/0013/CS07/recovers"))
    after = runner.run(READ)

    assert [each.verdict for each in (before, hung, after)] == [
        Verdict.PASS,
        Verdict.FAIL,
        Verdict.INCONCLUSIVE,
    ]


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


def test_a_device_is_looked_for_with_a_read_that_uses_up_nothing() -> None:
    presence = watched()
    presence.gone_since = REFUSED.name

    assert presence.missing(READ) is None
    asked, answer = presence.talk.home.passages
    code = Message.decode(asked.octets).other_information.message_code
    assert not replay_protected(use_case(code))
    assert not answer.to_device


def test_a_device_that_is_gone_is_looked_for_before_three_cases_each_time() -> None:
    presence = watched()
    device = presence.talk.home.device

    device.power_off()
    first = presence.after(READ, SILENT), looks(presence, 1)
    device.power_on()
    back = presence.missing(READ)
    presence.talk.home.passages.clear()
    device.power_off()
    again = presence.after(READ, SILENT), looks(presence, 5)

    assert back is None
    assert first[0].verdict is again[0].verdict is Verdict.INCONCLUSIVE
    assert (first[1], again[1]) == ([1], [1, 1, 1, 0, 0])


def test_a_device_that_never_came_back_is_looked_for_before_three_cases() -> None:
    presence = watched()
    presence.talk.home.device.power_off()
    presence.after(READ, SILENT)

    assert looks(presence, 4) == [1, 1, 1, 0]


def test_a_device_that_cannot_be_asked_is_gone() -> None:
    presence = watched(Unreachable)

    assert presence.after(READ, SILENT).verdict is Verdict.INCONCLUSIVE
    assert presence.gone_since == READ.name
