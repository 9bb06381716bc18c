"""What the bench says and hears: counters rise, blocks are put together, silence ends a wait."""

from emulator.bench.cases.command_maker import CommandMaker
from emulator.bench.running.benched_home import BenchedHome
from emulator.bench.running.conversation import Conversation
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.kernel.units import seconds
from emulator.testing.scenes.bench_scene import case_named, on_test

READ = case_named("ESME/0027/ECS17b/success")


def talk(defect: str = "") -> Conversation:
    home = BenchedHome(on_test(DeviceKind.ESME, defect=defect))
    return Conversation(home, CommandMaker(home.keys, home.eui64))


def test_each_command_has_a_counter_above_the_last() -> None:
    with_device = talk()

    first, second = with_device.command(READ), with_device.command(READ)

    assert second.counter == first.counter + 1


def test_a_command_is_answered_whole_or_in_blocks() -> None:
    with_device = talk()

    whole = with_device.say(with_device.command(READ))
    blocks = with_device.say(with_device.command(READ), blocks=True)

    assert len(whole.responses) == len(blocks.responses) == 1
    assert whole.responses[0].payload[:1] == blocks.responses[0].payload[:1]


def test_nothing_is_heard_of_a_device_that_keeps_silent() -> None:
    with_device = talk("never-answers")

    seen = with_device.say(with_device.command(READ))

    assert (seen.responses, seen.alerts, seen.broken) == ((), (), ())


def test_an_alert_is_heard_after_octets_that_are_no_command() -> None:
    with_device = talk()
    command = with_device.command(READ)

    seen = with_device.say_octets(command.encode()[:-1], command, expect_alert=True)

    assert len(seen.alerts) == 1
    assert with_device.hear(command).alerts == ()


def test_what_answers_an_earlier_case_late_is_not_about_this_one() -> None:
    with_device = talk()
    earlier = with_device.command(READ)
    with_device.home.send(earlier.encode())

    with_device.begin()
    seen = with_device.say(with_device.command(READ))

    assert [each.counter for each in seen.responses] == [earlier.counter + 1]
    assert len([each for each in with_device.home.passages if not each.to_device]) == 2


def test_an_alert_that_comes_once_more_in_a_later_case_is_no_news() -> None:
    with_device = talk()
    refused = with_device.command(case_named("ESME/0027/ECS17b/role/RECOVERY"))
    first = with_device.say(refused, expect_alert=True).alerts[0]
    with_device.home.wait(seconds(5), until_heard=False)
    with_device.begin()

    with_device.home.bring(first.encode())
    late = with_device.hear(refused)
    again = with_device.say(
        with_device.command(case_named("ESME/0027/ECS17b/role/RECOVERY")), expect_alert=True
    )

    assert late.alerts == ()
    assert len(again.alerts) == 1
