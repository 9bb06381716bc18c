"""Long messages between the DCC and a device: cut here, put together there, and back."""

from collections import deque

from hypothesis import given
from hypothesis import strategies as st

from emulator.dcc.commands.block_desk import BlockDesk
from emulator.dcc.facts import BlocksLost
from emulator.dcc.primitives import FromWan, ToWan, WanDown, WanUp
from emulator.gbcs.block_exchange import BlockExchange, Incoming, Outgoing
from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.other_information import OtherInformation
from emulator.kernel.identity import Eui64
from emulator.kernel.units import START, Instant, minutes

HUB = Eui64(0x00DB1234567890A2)
DEVICE = Eui64(0x00DB1234567890A0)
SUPPLIER = Eui64(0x90B3D51F30010000)


def message(size: int, *, up: bool = False) -> Message:
    ends = (DEVICE, SUPPLIER) if up else (SUPPLIER, DEVICE)
    return Message(
        cra=Cra.RESPONSE if up else Cra.COMMAND,
        counter=7,
        originator=ends[0],
        recipient=ends[1],
        date_time=b"",
        other_information=OtherInformation(0x0107),
        payload=bytes(size),
        mac=bytes(12),
    )


def desk() -> BlockDesk:
    return BlockDesk(minutes(35))


@given(st.integers(0, 8000))
def test_a_message_of_any_length_arrives_as_it_was(size: int) -> None:
    sender, device = desk(), BlockExchange()
    octets = message(size).encode()
    arrived: list[bytes] = []

    on_the_way = deque(sender.handle(ToWan(HUB, octets), START))
    while on_the_way:
        sent = on_the_way.popleft()
        assert isinstance(sent, WanDown)
        assert (sent.hub, len(sent.octets) <= 1200) == (HUB, True)
        for each in device.arrived(sent.octets, START):
            if isinstance(each, Incoming):
                arrived.append(each.octets)
            else:
                assert isinstance(each, Outgoing)
                on_the_way += sender.handle(WanUp(HUB, each.octets), START)

    assert arrived == [octets]


@given(st.integers(0, 8000))
def test_an_answer_of_any_length_comes_up_as_one_message(size: int) -> None:
    receiver, device = desk(), BlockExchange()
    answer = message(size, up=True)
    arrived: list[object] = []

    on_the_way = deque(device.send(answer, START))
    while on_the_way:
        sent = on_the_way.popleft()
        assert isinstance(sent, Outgoing)
        for each in receiver.handle(WanUp(HUB, sent.octets), START):
            if isinstance(each, WanDown):
                on_the_way += device.arrived(each.octets, START)
            else:
                arrived.append(each)

    assert arrived == [FromWan(HUB, answer.encode())]


def test_a_block_that_nobody_acknowledges_is_sent_again_and_given_up_in_the_end() -> None:
    sender = desk()
    sender.handle(ToWan(HUB, message(3000).encode()), START)
    seen: list[object] = []

    for _ in range(10):
        due = sender.deadline
        if due is None:
            break
        seen += sender.wake(due)

    assert sum(isinstance(each, WanDown) for each in seen) > 0
    assert isinstance(seen[-1], BlocksLost)
    assert sender.deadline is None


def test_octets_that_are_no_message_go_nowhere_and_are_told() -> None:
    for event in (ToWan(HUB, b"\x01"), WanUp(HUB, b"\xdd\x09\x00")):
        (lost,) = desk().handle(event, Instant(0))
        assert isinstance(lost, BlocksLost)
