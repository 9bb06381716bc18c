"""Playing GFI over a line of which only sending and receiving is known."""

from collections import deque
from dataclasses import replace

import pytest

from emulator.bench.gfi_line.caller import Alerted, Answered, Strange, ToSend
from emulator.bench.gfi_line.line_talk import LineTalk
from emulator.gbcs.envelope import Cra
from emulator.gbcs.gfi import GfiDecoder, GfiFrame, encode_gfi
from emulator.kernel.errors import EnvironmentFault
from emulator.testing.scenes.gfi_scene import command

COMMAND = command(7)


class ScriptedTalk(LineTalk):
    """A line on which comes what a test says, in this order; then it is lost."""

    def __init__(self, *comes: bytes) -> None:
        super().__init__()
        self.sent = bytearray()
        self.waited: list[float] = []
        self.closed = False
        self._comes = deque(comes)

    def send(self, octets: bytes) -> None:
        self.sent += octets

    def receive(self, timeout: float) -> bytes:
        self.waited.append(timeout)
        if not self._comes:
            raise EnvironmentFault("lost")
        return self._comes.popleft()

    def close(self) -> None:
        self.closed = True


def up(cra: Cra) -> bytes:
    turned = replace(COMMAND, originator=COMMAND.recipient, recipient=COMMAND.originator, cra=cra)
    return encode_gfi(GfiFrame(turned.encode()))


def test_what_is_to_be_sent_is_sent_and_the_rest_is_handed_on() -> None:
    talk = ScriptedTalk()

    came = list(talk.do((ToSend(b"one"), Strange("odd"), ToSend(b"two"))))

    assert talk.sent == b"onetwo"
    assert came == [Strange("odd")]


def test_an_answer_in_pieces_ends_the_listening() -> None:
    answer, alert = up(Cra.RESPONSE), up(Cra.ALERT)
    talk = ScriptedTalk(alert + answer[:5], b"", answer[5:])
    list(talk.do(talk.caller.send(COMMAND, talk.now)))

    came = list(talk.listen(60.0, lambda: not talk.caller.waiting))

    assert [type(each) for each in came] == [Alerted, Answered]
    assert [frame for frame in GfiDecoder().feed(bytes(talk.sent)) if isinstance(frame, GfiFrame)]
    assert all(0 < each <= 60.0 for each in talk.waited)


def test_no_time_is_no_listening() -> None:
    talk = ScriptedTalk(up(Cra.ALERT))

    assert list(talk.listen(0.0, lambda: False)) == []
    assert talk.waited == []


def test_a_line_that_is_lost_is_told_and_released() -> None:
    talk = ScriptedTalk()

    with pytest.raises(EnvironmentFault, match="lost"), talk:
        list(talk.listen(60.0, lambda: False))

    assert talk.closed
