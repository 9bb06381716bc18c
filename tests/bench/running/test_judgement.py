"""What is seen against what is expected: verdict, field, both trees, and the octets."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from emulator.bench.cases.cases import Expectation, Outcome
from emulator.bench.cases.command_maker import CommandMaker
from emulator.bench.cases.hooks import Hook, hooked
from emulator.bench.running.benched_home import BenchedHome
from emulator.bench.running.conversation import Conversation
from emulator.bench.running.judgement import Judge, Judged, Seen, Triage, fault_number, sorted_out
from emulator.bench.running.telling import alert_code
from emulator.gbcs.envelope import Message
from emulator.gbcs.other_information import OtherInformation
from emulator.gbcs.payload import decode_payload
from emulator.gbcs.protection.agreement import StoredKeyAgreement
from emulator.gbcs.protection.key_store import KeyStore
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.gbcs_device.execution import InjectedFault
from emulator.kernel.identity import Eui64
from emulator.lab.kept.result import Verdict
from emulator.testing.scenes.bench_scene import case_named, on_test

SUCCEEDS = Expectation(Outcome.SUCCEEDS)
REFUSED = Expectation(Outcome.REFUSED, 0x8F30)


@pytest.fixture(scope="module")
def talk() -> Conversation:
    home = BenchedHome(on_test(DeviceKind.ESME))
    return Conversation(home, CommandMaker(home.keys, home.eui64))


@pytest.fixture
def judge(talk: Conversation) -> Judge:
    return Judge(talk.maker.protection)


@pytest.fixture
def exchange(talk: Conversation) -> tuple[Message, Message]:
    command = talk.command(case_named("ESME/0027/ECS17b/success"))
    return command, talk.say(command).responses[0]


@pytest.fixture
def alert(talk: Conversation) -> Message:
    command = talk.command(case_named("ESME/0027/ECS17b/role/RECOVERY"))
    return talk.say(command, expect_alert=True).alerts[0]


def test_a_right_answer_passes(judge: Judge, exchange: tuple[Message, Message]) -> None:
    command, response = exchange

    judged = judge.judge(command, SUCCEEDS, Seen(responses=(response,)))

    assert judged.verdict is Verdict.PASS


def test_no_answer_fails_with_what_was_expected(
    judge: Judge, exchange: tuple[Message, Message]
) -> None:
    judged = judge.judge(exchange[0], SUCCEEDS, Seen())

    assert (judged.verdict, judged.field) == (Verdict.FAIL, "response")
    assert judged.expected is not None


def test_an_answer_with_a_wrong_mac_fails_at_the_mac_with_a_dump(
    judge: Judge, exchange: tuple[Message, Message]
) -> None:
    command, response = exchange
    wrong = replace(response, mac=bytes(12))

    judged = judge.judge(command, SUCCEEDS, Seen(responses=(wrong,)))

    assert (judged.verdict, judged.field) == (Verdict.FAIL, "Message.mac")
    assert judged.seen is not None
    assert "DF" in judged.dump.upper()


def test_an_item_that_should_have_failed_is_named(
    judge: Judge, exchange: tuple[Message, Message]
) -> None:
    command, response = exchange
    expected = Expectation(Outcome.ITEM_FAILS, item=0)

    judged = judge.judge(command, expected, Seen(responses=(response,)))

    assert judged.field == "item 0"
    assert judged.reason == "success, expected hardware-fault (1)"


def test_a_response_to_what_had_to_be_refused_fails(
    judge: Judge, exchange: tuple[Message, Message]
) -> None:
    command, response = exchange

    judged = judge.judge(command, REFUSED, Seen(responses=(response,)))

    assert (judged.verdict, judged.field) == (Verdict.FAIL, "response")


def test_a_refusal_needs_its_alert(
    judge: Judge, exchange: tuple[Message, Message], alert: Message
) -> None:
    command = exchange[0]

    told = judge.judge(command, REFUSED, Seen(alerts=(alert,)))
    silent = judge.judge(command, REFUSED, Seen())

    assert told.verdict is Verdict.PASS
    assert (silent.verdict, silent.field) == (Verdict.FAIL, "alert")


def test_another_alert_than_the_unverified_one_is_inconclusive(
    judge: Judge, exchange: tuple[Message, Message], alert: Message
) -> None:
    expected = replace(REFUSED, alert=0x8F53)

    judged = judge.judge(exchange[0], expected, Seen(alerts=(alert,)))

    assert (judged.verdict, judged.field) == (Verdict.INCONCLUSIVE, "alert code")


def test_messages_are_sorted_and_what_is_none_is_kept(
    exchange: tuple[Message, Message], alert: Message
) -> None:
    command, response = exchange

    seen = sorted_out((alert.encode(), b"\x00", response.encode()), command)

    assert seen.responses == (response,)
    assert [alert_code(each) for each in seen.alerts] == [0x8F30]
    assert [octets for octets, _ in seen.broken] == [b"\x00"]


def test_octets_that_are_no_message_fail_as_such(
    judge: Judge, exchange: tuple[Message, Message]
) -> None:
    judged = judge.judge(exchange[0], SUCCEEDS, Seen(broken=((b"\x00", "no message"),)))

    assert (judged.verdict, judged.octets) == (Verdict.FAIL, b"\x00")


def test_an_alert_whose_protection_is_wrong_is_none(
    judge: Judge, exchange: tuple[Message, Message], alert: Message
) -> None:
    forged = replace(alert, signature=bytes(64))

    judged = judge.judge(exchange[0], REFUSED, Seen(alerts=(forged,)))
    beside = judge.judge(exchange[0], REFUSED, Seen(alerts=(forged, alert)))

    assert (judged.verdict, judged.field) == (Verdict.FAIL, "alert: Message.signature")
    assert beside.verdict is Verdict.PASS


def test_an_alert_of_another_device_is_not_the_one_that_is_due(
    judge: Judge, exchange: tuple[Message, Message], alert: Message
) -> None:
    foreign = replace(alert, originator=exchange[0].originator)

    judged = judge.judge(exchange[0], REFUSED, Seen(alerts=(foreign,)))

    assert judged.verdict is not Verdict.PASS


def test_what_the_hub_could_not_deliver_is_no_failure_of_the_device(
    judge: Judge, exchange: tuple[Message, Message], alert: Message
) -> None:
    undelivered = replace(alert, payload=alert.payload.replace(b"\x8f\x30", b"\x8f\x84"))

    judged = judge.judge(exchange[0], SUCCEEDS, Seen(alerts=(undelivered,)))

    assert (judged.verdict, judged.triage) == (Verdict.INCONCLUSIVE, Triage.DCC_SYSTEMS)


def test_failures_are_the_devices_and_unverified_codes_the_codes(
    judge: Judge, exchange: tuple[Message, Message], alert: Message
) -> None:
    fails = judge.judge(exchange[0], SUCCEEDS, Seen())
    unclear = judge.judge(exchange[0], replace(REFUSED, alert=0x8F53), Seen(alerts=(alert,)))

    assert (fails.triage, unclear.triage) == (Triage.DEVICE, Triage.CODE)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"counter": 1}, "counter"),
        ({"recipient": Eui64(5)}, "recipient"),
        ({"other_information": OtherInformation(0x0026)}, "message code"),
    ],
)
def test_a_response_that_belongs_to_another_command_fails_at_the_part_that_differs(
    judge: Judge, exchange: tuple[Message, Message], changed: dict[str, Any], field: str
) -> None:
    command = replace(exchange[0], **changed)
    if field == "recipient":
        command = replace(exchange[0], originator=Eui64(5))

    judged = judge.judge(command, SUCCEEDS, Seen(responses=(exchange[1],)))

    assert (judged.verdict, judged.field) == (Verdict.FAIL, field)
    assert judged.expected is not None
    assert judged.expected.children[0].label == field


def test_two_responses_are_one_too_many(judge: Judge, exchange: tuple[Message, Message]) -> None:
    command, response = exchange

    judged = judge.judge(command, SUCCEEDS, Seen(responses=(response, response)))

    assert judged.reason == "2 responses, expected one"


def test_an_alert_that_cannot_be_read_has_no_code(alert: Message) -> None:
    assert alert_code(replace(alert, payload=b"\x0f")) is None


def test_a_users_hook_has_the_last_word_on_an_answer_that_is_right(
    judge: Judge, exchange: tuple[Message, Message]
) -> None:
    command, response = exchange

    def judged(reason: str | None) -> Judged:
        hook = Hook(Path("ECS17b.py"), {"judge": lambda _command, _response: reason})
        with hooked({0x0027: hook}):
            return judge.judge(command, SUCCEEDS, Seen(responses=(response,)))

    assert judged(None).verdict is Verdict.PASS
    assert judged("").verdict is Verdict.PASS
    assert (judged("too low").field, judged("too low").reason) == (
        "judge() of ECS17b.py",
        "too low",
    )


def test_a_hook_is_not_asked_of_an_answer_that_is_wrong_already(
    judge: Judge, exchange: tuple[Message, Message]
) -> None:
    hook = Hook(Path("ECS17b.py"), {"judge": lambda _command, _response: "too low"})

    with hooked({0x0027: hook}):
        judged = judge.judge(
            exchange[0], SUCCEEDS, Seen(responses=(replace(exchange[1], mac=bytes(12)),))
        )

    assert judged.field == "Message.mac"


def test_of_several_items_the_first_that_differs_is_named(talk: Conversation, judge: Judge) -> None:
    command = talk.command(case_named("ESME/0026/ECS17a/success"))
    machine = talk.home.machine
    assert machine is not None
    machine.inject(InjectedFault(1, 1))
    response = talk.say(command).responses[0]

    right = judge.judge(
        command, Expectation(Outcome.ITEM_FAILS, item=1), Seen(responses=(response,))
    )
    wrong = judge.judge(
        command, Expectation(Outcome.ITEM_FAILS, item=2), Seen(responses=(response,))
    )

    assert right.verdict is Verdict.PASS
    assert (wrong.field, wrong.reason) == ("item 1", "hardware-fault (1), expected success")
    assert wrong.expected is not None
    assert [each.value for each in wrong.expected.children] == [
        "succeeds",
        "fails with hardware-fault (1)",
    ]


def test_items_fail_with_the_number_that_their_payload_has_for_it() -> None:
    assert fault_number(decode_payload(command_of("ESME/0027/ECS17b/success"))) == 1
    assert fault_number(decode_payload(command_of("GSME/0074/GCS13a/success"))) == 0xC0


def command_of(name: str) -> Message:
    home = BenchedHome(on_test(DeviceKind(name.partition("/")[0])))
    return Conversation(home, CommandMaker(home.keys, home.eui64)).command(case_named(name))


def test_what_others_say_and_what_is_no_answer_is_neither_response_nor_alert(
    exchange: tuple[Message, Message],
) -> None:
    command, response = exchange
    foreign = replace(response, originator=Eui64(5))

    seen = sorted_out((foreign.encode(), command.encode()), command)

    assert seen == Seen()


def test_a_dump_marks_where_octets_are_no_message_and_is_empty_without_any() -> None:
    broken = Judged(verdict=Verdict.FAIL, octets=bytes.fromhex("DD 09"))

    assert "[09]" in broken.dump
    assert broken.dump.startswith("Message")
    assert Judged(verdict=Verdict.PASS).dump == ""


def test_an_answer_that_cannot_be_checked_is_no_failure(
    judge: Judge, exchange: tuple[Message, Message]
) -> None:
    command, response = exchange
    nothing = KeyStore(())
    blind = Judge(replace(judge.protection, keys=nothing, agreement=StoredKeyAgreement(nothing)))

    judged = blind.judge(command, SUCCEEDS, Seen(responses=(response,)))

    assert (judged.verdict, judged.field, judged.triage) == (Verdict.ERROR, "keys", None)


def test_an_answer_whose_payload_is_none_fails_with_its_place(
    judge: Judge, exchange: tuple[Message, Message]
) -> None:
    command, response = exchange
    cut = replace(response, payload=response.payload[:-1])

    judged = judge.judge(command, SUCCEEDS, Seen(responses=(cut,)))

    assert judged.verdict is Verdict.FAIL
    assert judged.reason.startswith("byte ")
