"""The host's end of an ASH connection, with the co-processor's own end and with bad lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.scheduler import Scheduler
from hardware.ezsp.ash import (
    AckFrame,
    AshReader,
    DataFrame,
    ErrorFrame,
    NakFrame,
    ResetAck,
    ResetFrame,
    ash_octets,
)
from hardware.ezsp.ash_link import AshLink
from hardware.ezsp.host_link import AshHost


class Far:
    """What a host sent, as frames."""

    def __init__(self) -> None:
        self._reader = AshReader()
        self.sent: list[object] = []
        self.host = AshHost(lambda octets: self.sent.extend(self._reader.feed(octets)))

    def tell(self, *frames: DataFrame | AckFrame | NakFrame | ResetAck | ErrorFrame) -> list[bytes]:
        return [got for each in frames for got in self.host.receive(ash_octets(each))]


def connected() -> Far:
    far = Far()
    far.host.reset()
    far.tell(ResetAck(0x0B))
    far.sent.clear()
    return far


def test_frames_go_both_ways_to_the_co_processors_own_end() -> None:
    delivered, told = list[bytes](), list[bytes]()
    link = AshLink(Scheduler(), delivered.append, lambda: None)
    host = AshHost(link.receive)
    link.connect(lambda octets: told.extend(host.receive(octets)))

    host.reset()
    for number in range(20):
        host.ask(bytes((number,)))
        link.send(bytes((number, number)))

    assert host.connected
    assert host.resets == 0
    assert delivered == [bytes((number,)) for number in range(20)]
    assert told == [bytes((number, number)) for number in range(20)]


def test_reset_is_asked_for_until_it_is_acknowledged() -> None:
    far = Far()
    far.host.reset()
    far.host.repeat()

    assert far.sent == [ResetFrame(), ResetFrame()]
    assert not far.host.connected


def test_what_was_not_acknowledged_is_sent_again() -> None:
    far = connected()
    far.host.ask(b"x")
    far.host.repeat()
    far.tell(NakFrame(0))
    far.tell(AckFrame(1))
    far.host.repeat()

    first = DataFrame(0, 0, b"x")
    again = DataFrame(0, 0, b"x", repeated=True)
    assert far.sent == [first, again, again]


def test_frame_that_comes_twice_is_taken_once_and_acknowledged_twice() -> None:
    far = connected()
    frame = DataFrame(0, 0, b"x")

    assert far.tell(frame, DataFrame(0, 0, b"x", repeated=True)) == [b"x"]
    assert far.sent == [AckFrame(1), AckFrame(1)]


def test_frame_out_of_turn_is_asked_for_again() -> None:
    far = connected()

    assert far.tell(DataFrame(3, 0, b"x")) == []
    assert far.sent == [NakFrame(0)]


def test_reset_that_nobody_asked_for_is_counted() -> None:
    far = connected()
    far.tell(ResetAck(0x02))

    assert far.host.resets == 1
    assert far.host.connected


def test_error_ends_the_connection() -> None:
    far = connected()
    far.tell(ErrorFrame(0x51))

    assert far.host.failure == 0x51
    assert not far.host.connected


def test_data_before_the_reset_is_acknowledged_is_of_another_connection() -> None:
    assert Far().tell(DataFrame(0, 0, b"x")) == []


@pytest.mark.parametrize("begun", [False, True])
@given(octets=st.binary(max_size=200))
def test_any_octets_are_survived(octets: bytes, begun: bool) -> None:
    far = connected() if begun else Far()

    far.host.receive(octets)
