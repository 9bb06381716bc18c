from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

import pytest

from emulator.kernel.errors import LocalError
from emulator.kernel.node import Node
from emulator.kernel.scheduler import Scheduler
from emulator.kernel.trace import Record, Trace
from emulator.kernel.units import Instant


@dataclass(frozen=True, slots=True)
class Ask:
    number: int


@dataclass(frozen=True, slots=True)
class Answer:
    number: int


@dataclass(frozen=True, slots=True)
class Send:
    number: int


@dataclass(frozen=True, slots=True)
class Heard:
    kind: ClassVar[str] = "test.heard"

    number: int


@dataclass
class Upper:
    """Asks for nothing, notes what is answered."""

    accepts: ClassVar[tuple[type, ...]] = (Answer,)

    answers: list[tuple[int, Instant]] = field(default_factory=list)
    deadline: Instant | None = None

    def handle(self, event: Any, now: Instant) -> Sequence[Any]:
        self.answers.append((event.number, now))
        return [Heard(event.number)]

    def wake(self, now: Instant) -> Sequence[Any]:
        raise AssertionError(f"woken at {now} without a deadline")


@dataclass
class Lower:
    """Answers after a while, and sends."""

    accepts: ClassVar[tuple[type, ...]] = (Ask,)

    waiting: list[tuple[Instant, int]] = field(default_factory=list)
    woken: list[Instant] = field(default_factory=list)

    @property
    def deadline(self) -> Instant | None:
        return min(self.waiting)[0] if self.waiting else None

    def handle(self, event: Any, now: Instant) -> Sequence[Any]:
        if event.number < 0:
            self.waiting.clear()
            return []
        self.waiting.append((Instant(now + event.number), event.number))
        return [Send(event.number)]

    def wake(self, now: Instant) -> Sequence[Any]:
        self.woken.append(now)
        due = [number for when, number in self.waiting if when <= now]
        self.waiting = [entry for entry in self.waiting if entry[0] > now]
        return [Answer(number) for number in due]


class Bench:
    """A node with both machines, and a sink for what it sends."""

    def __init__(self) -> None:
        self.scheduler = Scheduler()
        self.trace = Trace()
        self.upper = Upper()
        self.lower = Lower()
        self.sent: list[int] = []
        self.node = Node("meter", [self.upper, self.lower], self.scheduler, self.trace)
        self.node.connect([Send], lambda effect: self.sent.append(effect.number))


def test_an_effect_that_leaves_the_node_reaches_its_sink() -> None:
    bench = Bench()

    bench.node.post(Ask(5))

    assert bench.sent == [5]


def test_a_machine_is_woken_at_its_deadline_and_its_effects_are_routed() -> None:
    bench = Bench()
    bench.node.post(Ask(30))
    bench.node.post(Ask(10))

    bench.scheduler.run()

    assert bench.upper.answers == [(10, Instant(10)), (30, Instant(30))]
    assert bench.lower.woken == [Instant(10), Instant(30)]


def test_a_fact_nobody_accepts_goes_to_the_trace() -> None:
    bench = Bench()
    bench.node.post(Ask(7))

    bench.scheduler.run()

    assert bench.trace.records == [Record(Instant(7), "meter", Heard(7))]


def test_an_effect_nobody_accepts_is_refused() -> None:
    bench = Bench()

    with pytest.raises(LocalError, match="meter: nobody accepts object"):
        bench.node.post(object())


def test_a_deadline_that_went_away_wakes_nobody() -> None:
    bench = Bench()
    bench.node.post(Ask(10))
    bench.node.post(Ask(-1))

    bench.scheduler.run()

    assert bench.lower.woken == []


def test_a_deadline_that_stays_is_not_asked_for_again() -> None:
    bench = Bench()
    bench.node.post(Ask(10))

    bench.node.post(Answer(1))
    bench.scheduler.run()

    assert bench.lower.woken == [Instant(10)]


def test_a_machine_whose_deadline_moved_away_is_woken_at_the_new_one_only() -> None:
    bench = Bench()
    bench.node.post(Ask(10))
    bench.node.post(Ask(-1))
    bench.node.post(Ask(30))

    bench.scheduler.run()

    assert bench.lower.woken == [Instant(30)]


def test_a_deadline_already_past_wakes_at_once() -> None:
    bench = Bench()
    bench.scheduler.run(until=Instant(100))
    bench.lower.waiting.append((Instant(50), 1))

    bench.node.post(Answer(0))
    bench.scheduler.run()

    assert bench.lower.woken == [Instant(100)]


def test_every_machine_that_accepts_a_type_hears_of_it_in_order() -> None:
    trace, first, second = Trace(), Upper(), Upper()
    node = Node("hub", [first, second], Scheduler(), trace)

    node.post(Answer(4))

    assert first.answers == second.answers == [(4, Instant(0))]


def test_a_sink_hears_of_an_effect_that_machines_accept_too() -> None:
    bench = Bench()
    heard: list[int] = []
    bench.node.connect([Answer], lambda effect: heard.append(effect.number))

    bench.node.post(Answer(4))

    assert heard == [4]
    assert bench.upper.answers == [(4, Instant(0))]


def test_an_event_posted_from_a_sink_is_handled_after_what_is_under_way() -> None:
    bench = Bench()
    order: list[str] = []
    bench.trace.listen(lambda record: order.append(record.fact.kind))
    bench.node.connect([Send], lambda effect: _post_and_note(bench, order, effect.number))

    bench.node.post(Ask(3))

    assert order == ["posting 3", "posted 3", "test.heard"]


def _post_and_note(bench: Bench, order: list[str], number: int) -> None:
    order.append(f"posting {number}")
    bench.node.post(Answer(99))
    order.append(f"posted {number}")


def test_a_machine_that_fails_does_not_silence_the_node() -> None:
    bench = Bench()
    with pytest.raises(LocalError):
        bench.node.post(object())

    bench.node.post(Answer(1))

    assert bench.upper.answers == [(1, Instant(0))]


def test_a_stopped_node_handles_nothing_and_wakes_nobody() -> None:
    bench = Bench()
    bench.node.post(Ask(10))

    bench.node.stop()
    bench.node.post(Ask(5))
    bench.scheduler.run()

    assert bench.sent == [10]
    assert bench.lower.woken == []
    assert bench.trace.records == []


def test_a_node_without_a_timer_can_be_stopped_twice() -> None:
    bench = Bench()

    bench.node.stop()
    bench.node.stop()

    assert bench.sent == []


def test_a_node_stopped_in_the_middle_of_an_event_does_not_go_on_with_it() -> None:
    bench = Bench()
    bench.node.connect([Send], lambda _: bench.node.post(Answer(1)))
    bench.node.connect([Answer], lambda _: bench.node.stop())

    bench.node.post(Ask(3))
    bench.scheduler.run()

    assert bench.trace.records == []
    assert bench.lower.woken == []
