"""A device has a partner do something, and believes only what the partner answers."""

from dataclasses import replace

from emulator.gbcs.asn1.codes import DeviceType
from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.protection.key_store import KeyUse
from emulator.gbcs_device.device_log import LogEntry
from emulator.gbcs_device.facts import AnswerNotSent
from emulator.gbcs_device.partner_commands import PartnerAnswered
from emulator.gbcs_device.primitives import (
    MessageIndication,
    MessageRequest,
    PartnerCommandRequest,
)
from emulator.kernel.units import START
from emulator.testing.scenes.remote_party_bench import PARTNER, RemotePartyBench

PCS01 = 0x009B
ASK = PartnerCommandRequest(PARTNER, PCS01, bytes.fromhex("010900"))


def bench() -> RemotePartyBench:
    made = RemotePartyBench()
    found = made.keys.find(PARTNER, KeyUse.KEY_AGREEMENT)
    assert found is not None
    made.machine.identity.log.add(PARTNER, LogEntry(DeviceType.GSME, found.certificate))
    return made


def asked(made: RemotePartyBench) -> Message:
    (sent,) = made.machine.handle(ASK, START)
    assert isinstance(sent, MessageRequest)
    assert sent.recipient == PARTNER
    return Message.decode(sent.octets)


def answer(made: RemotePartyBench, command: Message) -> Message:
    bare = replace(
        command,
        cra=Cra.RESPONSE,
        originator=command.recipient,
        recipient=command.originator,
        payload=bytes.fromhex("010901"),
        mac=b"",
    )
    return made.protection.protect(bare, signed=False, maced=True)


def told(made: RemotePartyBench, message: Message) -> list[PartnerAnswered]:
    effects = made.machine.handle(MessageIndication(message.encode()), START)
    return [each for each in effects if isinstance(each, PartnerAnswered)]


def test_command_proves_who_sends_it() -> None:
    made = bench()

    command = asked(made)

    assert made.protection.verify(command).valid
    assert command.cra is Cra.COMMAND
    assert asked(made).counter > command.counter


def test_answer_is_told_once() -> None:
    made = bench()
    command = asked(made)
    response = answer(made, command)

    expected = PartnerAnswered(PCS01, PARTNER, command.counter, bytes.fromhex("010901"))
    assert told(made, response) == [expected]
    assert told(made, response) == []


def test_answer_that_proves_nothing_says_nothing() -> None:
    made = bench()
    response = answer(made, asked(made))

    (heard,) = told(made, replace(response, mac=bytes(12)))

    assert heard.payload == b""


def test_without_certificate_nothing_is_sent() -> None:
    made = RemotePartyBench()

    (fact,) = made.machine.handle(ASK, START)

    assert isinstance(fact, AnswerNotSent)
