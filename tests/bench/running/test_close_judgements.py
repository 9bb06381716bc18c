"""What is nearly right is judged wrong, whichever side of right it is on."""

from dataclasses import replace

import pytest

from emulator.bench.cases.cases import Expectation, Outcome
from emulator.bench.cases.command_maker import CommandMaker
from emulator.bench.running.benched_home import BenchedHome
from emulator.bench.running.conversation import Conversation
from emulator.bench.running.judgement import Judge, Seen, Triage, sorted_out
from emulator.gbcs.envelope import Message
from emulator.gbcs.other_information import OtherInformation
from emulator.gbcs.protection.agreement import StoredKeyAgreement
from emulator.gbcs.protection.key_store import KeyStore
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.gbcs_device.execution import InjectedFault
from emulator.kernel.identity import Eui64
from emulator.lab.kept.result import Verdict
from emulator.testing.scenes.bench_scene import case_named, on_test

SUCCEEDS = Expectation(Outcome.SUCCEEDS)
REFUSED = Expectation(Outcome.REFUSED, 0x8F30)
LOW, HIGH = Eui64(5), Eui64(2**64 - 6)
ADDRESSES = (LOW, HIGH)


@pytest.fixture(scope="module")
def talk() -> Conversation:
    home = BenchedHome(on_test(DeviceKind.ESME))
    return Conversation(home, CommandMaker(home.keys, home.eui64))


@pytest.fixture(scope="module")
def command(talk: Conversation) -> Message:
    return talk.command(case_named("ESME/0027/ECS17b/success"))


@pytest.fixture(scope="module")
def response(talk: Conversation, command: Message) -> Message:
    return talk.say(command).responses[0]


@pytest.fixture(scope="module")
def alert(talk: Conversation) -> Message:
    refused = talk.command(case_named("ESME/0027/ECS17b/role/RECOVERY"))
    return talk.say(refused, expect_alert=True).alerts[0]


@pytest.fixture
def judge(talk: Conversation) -> Judge:
    return Judge(talk.maker.protection)


def coded(alert: Message, code: int) -> Message:
    """The alert with another code, which breaks its signature."""
    return replace(alert, payload=alert.payload.replace(b"\x8f\x30", code.to_bytes(2, "big")))


@pytest.mark.parametrize("counter", [0, 2**64 - 1])
def test_a_counter_below_or_above_that_of_the_command_is_not_its(
    judge: Judge, command: Message, response: Message, counter: int
) -> None:
    judged = judge.judge(replace(command, counter=counter), SUCCEEDS, Seen(responses=(response,)))

    assert (judged.verdict, judged.field) == (Verdict.FAIL, "counter")
    assert judged.reason == f"{response.counter:X}, expected {counter:X}"


@pytest.mark.parametrize("code", [0x0026, 0x0028])
def test_an_answer_to_the_next_use_case_is_none(
    judge: Judge, command: Message, response: Message, code: int
) -> None:
    other = replace(command, other_information=OtherInformation(code))

    judged = judge.judge(other, SUCCEEDS, Seen(responses=(response,)))

    assert (judged.verdict, judged.field) == (Verdict.FAIL, "message code")


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_answer_of_another_or_for_another_is_none(
    judge: Judge, command: Message, response: Message, address: Eui64
) -> None:
    seen = Seen(responses=(response,))

    of_another = judge.judge(replace(command, recipient=address), SUCCEEDS, seen)
    for_another = judge.judge(replace(command, originator=address), SUCCEEDS, seen)

    assert (of_another.verdict, of_another.field) == (Verdict.FAIL, "originator")
    assert (for_another.verdict, for_another.field) == (Verdict.FAIL, "recipient")


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_another_says_is_neither_answer_nor_the_alert_that_is_due(
    judge: Judge, command: Message, response: Message, alert: Message, address: Eui64
) -> None:
    seen = sorted_out((replace(response, originator=address).encode(),), command)
    foreign = replace(alert, originator=address)

    judged = judge.judge(command, REFUSED, Seen(alerts=(foreign,)))

    assert seen == Seen()
    assert (judged.verdict, judged.field) == (Verdict.INCONCLUSIVE, "alert code")


@pytest.mark.parametrize("code", [0x8F2F, 0x8F31])
def test_an_alert_with_the_next_code_is_another(
    judge: Judge, command: Message, alert: Message, code: int
) -> None:
    judged = judge.judge(command, replace(REFUSED, alert=code), Seen(alerts=(alert,)))

    assert (judged.verdict, judged.field) == (Verdict.INCONCLUSIVE, "alert code")
    assert judged.reason.startswith(f"alert 8F30, expected {code:04X} ")


def test_an_alert_whose_code_cannot_be_read_is_told_as_such(
    judge: Judge, command: Message, alert: Message
) -> None:
    unread = replace(alert, payload=b"\x0f")

    judged = judge.judge(command, REFUSED, Seen(alerts=(unread,)))

    assert judged.reason.startswith("alert ?, expected 8F30 ")


@pytest.mark.parametrize("code", [0x8F83, 0x8F85])
def test_only_what_the_hub_could_not_deliver_excuses_a_silence(
    judge: Judge, command: Message, alert: Message, code: int
) -> None:
    judged = judge.judge(command, SUCCEEDS, Seen(alerts=(coded(alert, code),)))

    assert (judged.verdict, judged.triage) == (Verdict.FAIL, Triage.DEVICE)


def test_nothing_excuses_two_answers(
    judge: Judge, command: Message, response: Message, alert: Message
) -> None:
    seen = Seen(responses=(response, response), alerts=(coded(alert, 0x8F84),))

    judged = judge.judge(command, SUCCEEDS, seen)

    assert (judged.verdict, judged.reason) == (Verdict.FAIL, "2 responses, expected one")


def test_an_answer_counts_beside_what_is_no_message(
    judge: Judge, command: Message, response: Message
) -> None:
    seen = Seen(responses=(response,), broken=((b"\x00", "no message"),))

    assert judge.judge(command, SUCCEEDS, seen).verdict is Verdict.PASS


def test_an_answer_that_only_had_to_come_may_say_what_it_wants(
    judge: Judge, command: Message, response: Message
) -> None:
    seen, bare = Seen(responses=(response,)), replace(response, mac=None)

    assert judge.judge(command, Expectation(Outcome.ANSWERED), seen).verdict is Verdict.PASS
    judged = judge.judge(command, Expectation(Outcome.ANSWERED), Seen(responses=(bare,)))
    assert judged.verdict is Verdict.FAIL


def test_what_the_bench_cannot_check_is_its_own_fault_in_answers_and_alerts(
    judge: Judge, command: Message, response: Message, alert: Message
) -> None:
    public = KeyStore(replace(each, private_key=None) for each in judge.protection.keys)
    blind = Judge(replace(judge.protection, keys=public, agreement=StoredKeyAgreement(public)))
    maced = judge.protection.protect(alert, signed=False, maced=True)

    answered = blind.judge(command, SUCCEEDS, Seen(responses=(response,)))
    told = blind.judge(command, REFUSED, Seen(alerts=(maced,)))

    assert (answered.verdict, answered.field) == (Verdict.ERROR, "keys")
    assert told.field == "alert: keys"


def test_a_refusal_that_leads_to_no_alert_passes_in_silence(judge: Judge, command: Message) -> None:
    silent = Expectation(Outcome.REFUSED)

    assert judge.judge(command, silent, Seen()).verdict is Verdict.PASS


def test_an_item_that_fails_with_another_number_is_named(talk: Conversation, judge: Judge) -> None:
    read = talk.command(case_named("ESME/0026/ECS17a/success"))
    machine = talk.home.machine
    assert machine is not None
    machine.inject(InjectedFault(1, 3))
    response = talk.say(read).responses[0]

    judged = judge.judge(read, Expectation(Outcome.ITEM_FAILS, item=1), Seen(responses=(response,)))

    assert (judged.field, judged.reason) == (
        "item 1",
        "read-write-denied (3), expected hardware-fault (1)",
    )


def test_of_several_that_are_wrong_the_first_is_shown(
    judge: Judge, command: Message, response: Message, alert: Message
) -> None:
    lost = coded(alert, 0x8F84)
    first, second = (replace(alert, signature=bytes((octet,)) * 64) for octet in (1, 2))
    shown = [
        (SUCCEEDS, Seen(broken=((b"\x01", "one"), (b"\x02", "two"))), b"\x01"),
        (SUCCEEDS, Seen(alerts=(lost, replace(lost, counter=1))), lost.encode()),
        (REFUSED, Seen(responses=(response, command)), response.encode()),
        (REFUSED, Seen(alerts=(first, second)), first.encode()),
        (replace(REFUSED, alert=0x8F31), Seen(alerts=(first, second)), first.encode()),
    ]

    for expected, seen, octets in shown:
        judged = judge.judge(command, expected, seen)

        assert judged.verdict is not Verdict.PASS
        assert judged.octets == octets
