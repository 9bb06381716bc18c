"""One who plays GFI, without a socket."""

from dataclasses import replace

import pytest
from hypothesis import given

from emulator.bench.gfi_line.caller import Alerted, Answered, GfiCaller, Strange, ToSend
from emulator.gbcs.block_exchange import WHOLE_MESSAGE
from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.gfi import GfiDecoder, GfiFrame, encode_gfi
from emulator.kernel.errors import LocalError
from emulator.kernel.units import START
from emulator.testing.scenes.gfi_scene import command
from emulator.testing.strategies.strategies import any_octets

COMMAND = command(7)


def up(message: Message, cra: Cra) -> bytes:
    turned = replace(message, originator=message.recipient, recipient=message.originator, cra=cra)
    return encode_gfi(GfiFrame(turned.encode()))


def test_a_command_waits_for_its_answer_and_no_other() -> None:
    caller = GfiCaller()
    sent = caller.send(COMMAND, START)

    other = caller.received(up(command(8), Cra.RESPONSE), START)
    alert = caller.received(up(COMMAND, Cra.ALERT), START)
    waiting = caller.waiting
    ours = caller.received(up(COMMAND, Cra.RESPONSE), START)

    assert sent == [ToSend(encode_gfi(GfiFrame(COMMAND.encode())))]
    assert isinstance(other[0], Answered)
    assert not other[0].ours
    assert isinstance(alert[0], Alerted)
    assert waiting == 1
    assert isinstance(ours[0], Answered)
    assert ours[0].ours
    assert caller.waiting == 0


def test_a_long_command_goes_in_blocks_that_fit_a_line() -> None:
    caller = GfiCaller()
    long = replace(COMMAND, payload=bytes(2 * WHOLE_MESSAGE))

    sent = caller.send(long, START)

    frames = [GfiDecoder().feed(each.octets) for each in sent if isinstance(each, ToSend)]
    assert frames
    assert all(isinstance(found, GfiFrame) for (found,) in frames)
    assert caller.deadline is not None


def test_a_command_that_comes_up_and_half_a_frame_are_strange() -> None:
    caller = GfiCaller()

    (command_up,) = caller.received(encode_gfi(GfiFrame(COMMAND.encode())), START)
    (half,) = caller.received(b"GBCS:DATA#0:4:00\r\n", START)

    assert command_up == Strange("a command came up", COMMAND.encode())
    assert isinstance(half, Strange)


def test_octets_go_as_they_are_when_a_line_holds_them() -> None:
    assert GfiCaller().send_octets(b"\x01") == (ToSend(b"GBCS:DATA#0:1:01\r\n"),)
    with pytest.raises(LocalError):
        GfiCaller().send_octets(bytes(1201))


@given(any_octets())
def test_whatever_comes_the_answer_after_it_is_heard(octets: bytes) -> None:
    caller = GfiCaller()
    caller.send(COMMAND, START)
    caller.received(encode_gfi(GfiFrame(octets)) + octets + b"\r\n", START)

    caller.received(up(COMMAND, Cra.RESPONSE), START)

    assert caller.waiting == 0
