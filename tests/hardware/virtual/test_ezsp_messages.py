"""Messages of the host, and of meters to it."""

from hardware.ezsp.formats import Octet, OctetAndWord, Word
from hardware.ezsp.identifiers import ApsOption, Command, EmberStatus
from hardware.ezsp.message_formats import (
    ApsFrame,
    IncomingMessage,
    MessageSent,
    SendAnswer,
    SendBroadcast,
    SendMulticast,
    SendReply,
    SendUnicast,
)
from hardware.virtual.ezsp_messages import (
    LONGEST_INCOMING,
    LONGEST_MESSAGE,
    replace_sequence,
)
from tests.hardware.virtual.ezsp_bench import HUB_ENDPOINT, NOTHING, EzspBench

READ_MODEL = bytes.fromhex("0007000500")
ACTIVE_ENDPOINTS = 0x0005


def aps(cluster: int, options: int = 0, *, zdo: bool = False) -> ApsFrame:
    if zdo:
        return ApsFrame(0, cluster, 0, 0, options, 0, 0)
    return ApsFrame(0x0109, cluster, HUB_ENDPOINT, 1, options, 0, 0)


def address(bench: EzspBench) -> int:
    device = bench.admit()
    assert device.nwk_address is not None
    bench.told(Command.INCOMING_MESSAGE_HANDLER, IncomingMessage)
    return device.nwk_address


def unicast(bench: EzspBench, to: int, frame: ApsFrame, message: bytes) -> SendAnswer:
    return bench.ask(Command.SEND_UNICAST, SendUnicast(0, to, frame, 9, message), SendAnswer)


def test_a_meter_answers_basic_by_model() -> None:
    bench = EzspBench().form()
    meter = address(bench)

    sent = unicast(bench, meter, aps(0x0000, int(ApsOption.RETRY)), READ_MODEL)
    bench.run(1)

    (told,) = bench.told(Command.MESSAGE_SENT_HANDLER, MessageSent)
    assert (sent.status, told.status, told.tag, told.destination) == (0, 0, 9, meter)
    assert told.aps.sequence == sent.sequence
    answers = [
        each
        for each in bench.told(Command.INCOMING_MESSAGE_HANDLER, IncomingMessage)
        if each.aps.cluster == 0
    ]
    assert [each.sender for each in answers] == [meter]
    assert answers[0].message.endswith(b"ES-1P-01")
    assert answers[0].aps.destination_endpoint == HUB_ENDPOINT


def test_zdo_of_the_host_works_through_it() -> None:
    bench = EzspBench().form()
    meter = address(bench)

    request = b"\x2a" + meter.to_bytes(2, "little")
    unicast(bench, meter, aps(ACTIVE_ENDPOINTS, zdo=True), request)
    bench.run(1)

    incoming = bench.told(Command.INCOMING_MESSAGE_HANDLER, IncomingMessage)
    answers = [each for each in incoming if each.aps.cluster == 0x8005]
    assert [each.message[:2] for each in answers] == [b"\x2a\x00"]


def test_a_message_to_itself_turns_round() -> None:
    bench = EzspBench().form()

    unicast(bench, 0x0000, aps(ACTIVE_ENDPOINTS, zdo=True), b"\x11\x00\x00")
    bench.run(1)

    incoming = bench.told(Command.INCOMING_MESSAGE_HANDLER, IncomingMessage)
    (answer,) = [each for each in incoming if each.aps.cluster == 0x8005]
    assert answer.message == b"\x11\x00\x00\x00\x01" + bytes((HUB_ENDPOINT,))


def test_requests_that_the_stack_answers_are_shown_where_the_host_wants_them() -> None:
    bench = EzspBench().form()
    unicast(bench, 0x0000, aps(ACTIVE_ENDPOINTS, zdo=True), b"\x11\x00\x00")
    bench.run(1)
    plain = bench.told(Command.INCOMING_MESSAGE_HANDLER, IncomingMessage)

    bench.reset()
    bench.status(Command.SET_CONFIGURATION_VALUE, OctetAndWord(0x2A, 1))
    bench.status(Command.NETWORK_INIT, Word(0))
    unicast(bench, 0x0000, aps(ACTIVE_ENDPOINTS, zdo=True), b"\x11\x00\x00")
    bench.run(1)
    shown = bench.told(Command.INCOMING_MESSAGE_HANDLER, IncomingMessage)

    assert [each.aps.cluster for each in plain] == [0x8005]
    assert {each.aps.cluster for each in shown} == {ACTIVE_ENDPOINTS, 0x8005}


def test_without_a_network_nothing_is_sent() -> None:
    bench = EzspBench().reset()

    assert unicast(bench, 1, aps(0), b"").status == EmberStatus.NOT_JOINED


def test_long_messages_are_refused_shorter_ones_under_a_link_key() -> None:
    bench = EzspBench().form()
    encrypted = aps(0, int(ApsOption.ENCRYPTION))

    assert bench.ask(Command.MAXIMUM_PAYLOAD_LENGTH, NOTHING, Octet).value == LONGEST_MESSAGE
    assert unicast(bench, 1, aps(0), bytes(83)).status == EmberStatus.MESSAGE_TOO_LONG
    assert unicast(bench, 1, encrypted, bytes(66)).status == EmberStatus.MESSAGE_TOO_LONG


def test_without_a_link_key_an_encrypted_message_fails() -> None:
    bench = EzspBench().form()

    unicast(bench, 0x1234, aps(0, int(ApsOption.ENCRYPTION)), b"abc")
    bench.run(1)

    (told,) = bench.told(Command.MESSAGE_SENT_HANDLER, MessageSent)
    assert told.status == EmberStatus.APS_ENCRYPTION_ERROR


def test_a_message_to_nobody_is_not_delivered() -> None:
    bench = EzspBench().form()

    unicast(bench, 0x1234, aps(0, int(ApsOption.RETRY)), b"abc")
    bench.run(20)

    (told,) = bench.told(Command.MESSAGE_SENT_HANDLER, MessageSent)
    assert told.status == EmberStatus.DELIVERY_FAILED


def test_broadcasts_go_out_multicasts_do_not() -> None:
    bench = EzspBench().form()

    request = SendBroadcast(0xFFFD, aps(0), 0, 4, b"abc")
    sent = bench.ask(Command.SEND_BROADCAST, request, SendAnswer)
    wrong = bench.ask(Command.SEND_BROADCAST, SendBroadcast(1, aps(0), 0, 4, b""), SendAnswer)
    group = bench.ask(Command.SEND_MULTICAST, SendMulticast(aps(0), 0, 0, 0, b""), SendAnswer)
    bench.run(1)

    assert (sent.status, wrong.status, group.status) == (0, 0x70, 0x70)
    assert [each.tag for each in bench.told(Command.MESSAGE_SENT_HANDLER, MessageSent)] == [4]


def test_the_acknowledgement_of_a_fragment_is_taken() -> None:
    bench = EzspBench().form()

    assert bench.status(Command.SEND_REPLY, SendReply(1, aps(0), b"")) == 0


def test_a_frame_takes_another_counter() -> None:
    assert replace_sequence(aps(0x0702, 0x40), 7) == ApsFrame(
        0x0109, 0x0702, HUB_ENDPOINT, 1, 0x40, 0, 7
    )


MANY = bytes.fromhex("000700") + b"".join(n.to_bytes(2, "little") for n in range(100))
"""Read Attributes of 100 attributes: too long for a frame."""


def in_blocks(bench: EzspBench, to: int, message: bytes, size: int = 60) -> list[SendAnswer]:
    pieces = [message[at : at + size] for at in range(0, len(message), size)]
    options = int(ApsOption.RETRY | ApsOption.FRAGMENT)
    answers: list[SendAnswer] = []
    for index, piece in enumerate(pieces):
        counter, group = answers[0].sequence if answers else 0, len(pieces) << 8 | index
        frame = ApsFrame(0x0109, 0x0000, HUB_ENDPOINT, 1, options, group, counter)
        answers.append(unicast(bench, to, frame, piece))
    return answers


def test_a_message_in_blocks_is_answered_in_blocks() -> None:
    bench = EzspBench().form()
    meter = address(bench)

    answers = in_blocks(bench, meter, MANY)
    bench.run(3)

    assert {each.status for each in answers} == {0}
    told = bench.told(Command.MESSAGE_SENT_HANDLER, MessageSent)
    assert [each.status for each in told] == [0] * len(answers)
    incoming = bench.told(Command.INCOMING_MESSAGE_HANDLER, IncomingMessage)
    answer = b"".join(each.message for each in incoming if each.aps.cluster == 0)
    assert answer[:3] == bytes.fromhex("180701")
    assert len(answer) > LONGEST_INCOMING


def test_a_block_of_no_message_or_of_too_long_a_one_is_refused() -> None:
    bench = EzspBench().form()
    meter = address(bench)
    options = int(ApsOption.RETRY | ApsOption.FRAGMENT)
    stray = ApsFrame(0x0109, 0, HUB_ENDPOINT, 1, options, 3 << 8 | 1, 77)

    assert unicast(bench, meter, stray, b"x").status == EmberStatus.INVALID_CALL
    (first, *_) = in_blocks(bench, meter, bytes(160), LONGEST_MESSAGE)
    assert first.status == EmberStatus.MESSAGE_TOO_LONG
    (*_, last) = in_blocks(bench, meter, bytes(1_560))
    assert last.status == EmberStatus.MESSAGE_TOO_LONG
    (nobody, *_) = in_blocks(EzspBench().reset(), meter, MANY)
    assert nobody.status == EmberStatus.INVALID_CALL
