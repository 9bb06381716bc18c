import hashlib
import json
from dataclasses import dataclass
from enum import IntEnum
from typing import ClassVar

from emulator.kernel.trace import Record, Trace, line, plain
from emulator.kernel.units import Instant


class Reason(IntEnum):
    TIMEOUT = 3


@dataclass(frozen=True, slots=True)
class Neighbour:
    address: int


@dataclass(frozen=True, slots=True)
class Joined:
    kind: ClassVar[str] = "test.joined"

    address: int


@dataclass(frozen=True, slots=True)
class Left:
    kind: ClassVar[str] = "test.left"

    reason: Reason
    key: bytes
    neighbours: tuple[Neighbour, ...]
    parent: int | None = None


LEFT = Left(Reason.TIMEOUT, bytes.fromhex("00ff"), (Neighbour(1), Neighbour(2)))
LINE = (
    '{"at_us":5,"node":"meter","kind":"test.left","reason":"TIMEOUT","key":"00ff",'
    '"neighbours":[{"address":1},{"address":2}],"parent":null}'
)


def test_a_fact_becomes_one_json_line_in_field_order() -> None:
    assert line(Record(Instant(5), "meter", LEFT)) == LINE


def test_a_line_is_json() -> None:
    assert json.loads(LINE)["neighbours"] == [{"address": 1}, {"address": 2}]


def test_lists_are_plain_too() -> None:
    assert plain([b"\x01", (Reason.TIMEOUT,)]) == ["01", ["TIMEOUT"]]


def test_a_type_is_left_as_it_is() -> None:
    assert plain(Neighbour) is Neighbour


def test_facts_are_found_by_kind_and_node() -> None:
    trace = Trace()
    trace.add(Instant(1), "meter", Joined(7))
    trace.add(Instant(2), "meter", LEFT)
    trace.add(Instant(3), "display", Joined(8))

    assert [fact.address for _, fact in trace.of(Joined)] == [7, 8]
    assert [record.at for record, _ in trace.of(Joined, "display")] == [Instant(3)]
    assert list(trace.of(Left, "display")) == []


def test_a_listener_hears_what_comes_after_it() -> None:
    trace = Trace()
    heard: list[Record] = []
    trace.add(Instant(1), "meter", Joined(1))

    trace.listen(heard.append)
    trace.add(Instant(2), "meter", Joined(2))

    assert heard == [Record(Instant(2), "meter", Joined(2))]


def test_the_digest_is_that_of_the_file() -> None:
    trace = Trace()
    trace.add(Instant(5), "meter", LEFT)
    trace.add(Instant(6), "meter", Joined(1))

    written = "".join(text + "\n" for text in trace.lines()).encode()

    assert trace.digest() == hashlib.sha256(written).hexdigest()
    assert written.decode().splitlines()[0] == LINE


def test_the_digest_depends_on_the_order() -> None:
    first, second = Trace(), Trace()
    for trace, order in ((first, (1, 2)), (second, (2, 1))):
        for address in order:
            trace.add(Instant(0), "meter", Joined(address))

    assert first.digest() != second.digest()


def test_a_trace_that_keeps_nothing_any_more_still_tells_its_listeners() -> None:
    trace, heard = Trace(), list[Record]()
    trace.add(Instant(5), "meter", LEFT)
    trace.stop_keeping()
    trace.add(Instant(6), "meter", Joined(1))
    trace.listen(heard.append)
    trace.add(Instant(7), "meter", Joined(2))

    assert list(trace.lines()) == []
    assert [each.at for each in heard] == [7]
