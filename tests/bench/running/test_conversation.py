"""What the bench says and hears: counters rise, blocks are put together, silence ends a wait."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from emulator.bench.cases.command_maker import CommandMaker
from emulator.bench.cases.hooks import Hook, HookError, hooked
from emulator.bench.running.benched_home import BenchedHome
from emulator.bench.running.conversation import Conversation
from emulator.bench.running.outside import Outside
from emulator.bench.running.telling import alert_code
from emulator.gbcs.envelope import Message
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.kernel.units import START, Duration, seconds
from emulator.testing.scenes.bench_scene import case_named, on_test

READ = case_named("ESME/0027/ECS17b/success")
UNAUTHORISED = case_named("ESME/0027/ECS17b/role/RECOVERY")


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


class Slow(BenchedHome):
    """The home of a silent device for which there is a minute of patience."""

    @property
    def patience(self) -> Duration:
        return seconds(60)


def slow(*coming: tuple[int, bytes]) -> Conversation:
    """A conversation in which these octets come up after so many seconds."""
    home = Slow(on_test(DeviceKind.ESME, defect="never-answers"))
    for after, octets in coming:
        home.lab.scheduler.after(seconds(after), partial(home.bring, octets))
    return Conversation(home, CommandMaker(home.keys, home.eui64))


def passed(of: Conversation) -> Duration:
    """How long the conversation has taken so far."""
    return Duration(of.home.lab.scheduler.now - START)


@pytest.fixture(scope="module")
def answers() -> list[bytes]:
    """The answers to the first two reads of a conversation."""
    device = talk()
    return [device.say(device.command(READ)).responses[0].encode() for _ in range(2)]


@pytest.fixture(scope="module")
def alert() -> Message:
    """An alert with code 8F30."""
    device = talk()
    return device.say(device.command(UNAUTHORISED), expect_alert=True).alerts[0]


def coded(alert: Message, code: int) -> bytes:
    payload = alert.payload.replace(b"\x8f\x30", code.to_bytes(2, "big"))
    return replace(alert, payload=payload).encode()


def test_an_alert_that_is_awaited_ends_the_wait_and_no_other(alert: Message) -> None:
    others = [(5, coded(alert, 0x8F2F)), (10, coded(alert, 0x8F31))]
    device = slow(*others, (20, alert.encode()))

    seen = device.await_alert(device.command(READ), 0x8F30, seconds(60))

    assert [alert_code(each) for each in seen.alerts] == [0x8F2F, 0x8F31, 0x8F30]
    assert passed(device) == seconds(20)


def test_an_alert_is_awaited_for_its_time_and_no_longer(alert: Message) -> None:
    device = slow((5, coded(alert, 0x8F2F)), (61, alert.encode()))

    seen = device.await_alert(device.command(READ), 0x8F30, seconds(60))

    assert [alert_code(each) for each in seen.alerts] == [0x8F2F]
    assert passed(device) == seconds(60)


def test_several_commands_go_out_together_and_their_answers_are_waited_for(
    answers: list[bytes],
) -> None:
    device = slow((10, answers[1]), (30, answers[0]))
    commands = [device.command(READ), device.command(READ)]

    found = device.answers(commands, seconds(60))

    assert [each.counter for each in found] == [commands[1].counter, commands[0].counter]
    assert passed(device) == seconds(30)
    sent = [each for each in device.home.passages if each.to_device]
    assert [each.octets for each in sent] == [each.encode() for each in commands]


def test_commands_that_go_together_keep_a_distance_whatever_is_heard(alert: Message) -> None:
    device = slow((1, alert.encode()))

    device.answers([device.command(READ), device.command(READ)], seconds(60))

    first, second = (each.at for each in device.home.passages if each.to_device)
    assert second - first == device.home.silence == seconds(2)


def test_answers_that_do_not_come_are_waited_for_no_longer(answers: list[bytes]) -> None:
    device = slow((10, answers[0]))

    found = device.answers([device.command(READ), device.command(READ)], seconds(60))

    assert len(found) == 1
    assert passed(device) == seconds(4 + 60)


def test_an_alert_ends_the_wait_only_where_it_is_expected(
    alert: Message, answers: list[bytes]
) -> None:
    coming = (1, alert.encode()), (30, answers[0])
    waiting, warned, otherwise = (slow(*coming) for _ in range(3))

    answered = waiting.say(waiting.command(READ))
    told = warned.say(warned.command(READ), expect_alert=True)
    another = otherwise.say(otherwise.command(READ), expect_alert=True, code=0x8F31)

    assert (len(answered.responses), passed(waiting)) == (1, seconds(30))
    assert (len(told.responses), passed(warned)) == (0, seconds(1 + 2))
    assert (len(another.responses), passed(otherwise)) == (1, seconds(30))


def test_octets_of_no_command_expect_no_alert_unless_told(
    alert: Message, answers: list[bytes]
) -> None:
    device = slow((1, alert.encode()), (30, answers[0]))
    command = device.command(READ)

    assert len(device.say_octets(b"\x00", command).responses) == 1


@pytest.mark.parametrize("octets", [b"\x00", bytes.fromhex("DD 09")])
def test_what_is_no_message_ends_the_wait(answers: list[bytes], octets: bytes) -> None:
    """Also where it begins like a block."""
    device = slow((1, octets), (30, answers[0]))

    seen = device.say(device.command(READ))

    assert [each for each, _ in seen.broken] == [octets]
    assert passed(device) == seconds(1)


@pytest.mark.parametrize(("seen", "first"), [(0x9000, 0x9001), (7, 0x1001)])
def test_counters_begin_above_what_a_device_outside_has_seen(seen: int, first: int) -> None:
    tested = replace(
        on_test(DeviceKind.ESME), outside=Outside(url="simulated:", first_counter=seen)
    )
    home = BenchedHome(tested)
    device = Conversation(home, CommandMaker(home.keys, home.eui64))

    assert device.command(READ).counter == first
    assert device.before == first - 1


def test_values_of_a_hook_that_make_no_command_are_told_as_the_users() -> None:
    hook = Hook(Path("ECS17b.py"), {"values": lambda _case: {"colour": "green"}})

    with (
        hooked({0x0027: hook}),
        pytest.raises(HookError, match=r"ECS17b.py: values\(\): .*colour is unknown"),
    ):
        talk().command(READ)
