from collections.abc import Sequence
from functools import partial

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from emulator.kernel.errors import LocalError
from emulator.kernel.pace import Input
from emulator.kernel.scheduler import Scheduler, Timer
from emulator.kernel.units import Duration, Instant


def test_actions_run_in_order_of_their_instant() -> None:
    scheduler = Scheduler()
    ran: list[str] = []
    scheduler.at(Instant(20), lambda: ran.append("late"))
    scheduler.at(Instant(10), lambda: ran.append("early"))

    scheduler.run()

    assert ran == ["early", "late"]


def test_actions_at_one_instant_run_in_the_order_they_were_asked_for() -> None:
    scheduler = Scheduler()
    ran: list[int] = []
    for number in range(5):
        scheduler.at(Instant(10), partial(ran.append, number))

    scheduler.run()

    assert ran == [0, 1, 2, 3, 4]


def test_a_cancelled_action_does_not_happen() -> None:
    scheduler = Scheduler()
    ran: list[str] = []
    timer = scheduler.after(Duration(5), lambda: ran.append("never"))

    timer.cancel()
    timer.cancel()
    scheduler.run()

    assert ran == []


def test_an_action_may_ask_for_another_at_its_own_instant() -> None:
    scheduler = Scheduler()
    ran: list[Instant] = []
    scheduler.at(
        Instant(7), lambda: scheduler.after(Duration(0), lambda: ran.append(scheduler.now))
    )

    scheduler.run()

    assert ran == [Instant(7)]


def test_what_is_due_exactly_then_still_runs() -> None:
    scheduler = Scheduler()
    ran: list[Instant] = []
    for when in (10, 11):
        scheduler.at(Instant(when), lambda: ran.append(scheduler.now))

    stopped = scheduler.run(until=Instant(10))

    assert ran == [Instant(10)]
    assert scheduler.now == Instant(10)
    assert not stopped


def test_time_passes_though_nothing_is_due() -> None:
    scheduler = Scheduler()

    scheduler.run(until=Instant(500))

    assert scheduler.now == Instant(500)


def test_without_an_end_time_stays_at_the_last_action() -> None:
    scheduler = Scheduler()
    scheduler.at(Instant(30), lambda: None)

    scheduler.run()

    assert scheduler.now == Instant(30)


def test_a_stop_leaves_time_and_the_rest_where_they_are() -> None:
    scheduler = Scheduler()
    ran: list[int] = []
    for when in (10, 20, 30):
        scheduler.at(Instant(when), partial(ran.append, when))

    stopped = scheduler.run(until=Instant(100), stop=lambda: len(ran) == 2)

    assert stopped
    assert scheduler.now == Instant(20)
    scheduler.run()
    assert ran == [10, 20, 30]


def test_the_past_cannot_be_asked_for() -> None:
    scheduler = Scheduler()
    scheduler.run(until=Instant(10))

    with pytest.raises(LocalError, match="asked at 10 us for 9 us, which is past"):
        scheduler.at(Instant(9), lambda: None)


def test_a_duration_below_zero_leads_into_the_past() -> None:
    with pytest.raises(LocalError, match="asked at 0 us for -1 us later, which is past"):
        Scheduler().after(Duration(-1), lambda: None)


def test_a_timer_says_when_it_is_due() -> None:
    scheduler = Scheduler()
    scheduler.run(until=Instant(100))

    assert scheduler.after(Duration(23), lambda: None).when == Instant(123)


def test_time_does_not_run_backwards() -> None:
    scheduler = Scheduler()
    scheduler.run(until=Instant(10))

    scheduler.run(until=Instant(5))

    assert scheduler.now == Instant(10)


def test_an_action_that_fails_can_be_followed_by_the_rest() -> None:
    scheduler = Scheduler()
    ran: list[int] = []
    scheduler.at(Instant(1), lambda: 1 // 0)
    scheduler.at(Instant(2), lambda: ran.append(2))

    with pytest.raises(ZeroDivisionError):
        scheduler.run()
    scheduler.run()

    assert ran == [2]


class SchedulerMachine(RuleBasedStateMachine):
    """The scheduler beside a list that is sorted afresh every time."""

    @initialize()
    def start(self) -> None:
        self.scheduler = Scheduler()
        self.ran: list[int] = []
        self.expected: list[int] = []
        self.pending: list[tuple[int, int]] = []
        self.timers: dict[int, Timer] = {}
        self.asked = 0

    @rule(delay=st.integers(0, 50))
    def ask(self, delay: int) -> None:
        self.asked += 1
        number = self.asked
        self.pending.append((self.scheduler.now + delay, number))
        self.timers[number] = self.scheduler.after(Duration(delay), lambda: self.ran.append(number))

    @rule(choice=st.integers(0, 100))
    def cancel(self, choice: int) -> None:
        if self.timers:
            number = sorted(self.timers)[choice % len(self.timers)]
            self.timers[number].cancel()
            self.pending = [entry for entry in self.pending if entry[1] != number]

    @rule(duration=st.integers(0, 60))
    def run(self, duration: int) -> None:
        until = self.scheduler.now + duration
        due = sorted(entry for entry in self.pending if entry[0] <= until)
        self.expected += [number for _, number in due]
        self.pending = [entry for entry in self.pending if entry[0] > until]

        self.scheduler.run(until=Instant(until))

        assert self.scheduler.now == until

    @rule(count=st.integers(1, 3))
    def run_some(self, count: int) -> None:
        due = sorted(self.pending)[:count]
        target = len(self.ran) + count
        self.expected += [number for _, number in due]
        self.pending = [entry for entry in self.pending if entry not in due]

        stopped = self.scheduler.run(stop=lambda: len(self.ran) == target)

        assert stopped == (len(due) == count)

    @invariant()
    def ran_what_was_expected(self) -> None:
        assert self.ran == self.expected


TestSchedulerBesideAList = SchedulerMachine.TestCase


class ScriptedPace:
    """Gives inputs at the waits that a script names, and keeps what it was asked."""

    def __init__(self, script: dict[int, tuple[int, list[Input]]]) -> None:
        self.script = script
        self.asked: list[tuple[int, int]] = []

    def wait(self, now: Instant, target: Instant) -> tuple[Instant, Sequence[Input]]:
        self.asked.append((now, target))
        told = self.script.get(len(self.asked))
        return (target, ()) if told is None else (Instant(told[0]), told[1])


def test_pace_is_asked_before_every_event_and_at_the_end() -> None:
    pace = ScriptedPace({})
    scheduler = Scheduler(pace)
    done: list[int] = []
    for at in (5, 7):
        scheduler.at(Instant(at), partial(done.append, at))

    assert not scheduler.run(Instant(9))

    assert done == [5, 7]
    assert pace.asked == [(0, 5), (5, 7), (7, 9)]
    assert scheduler.now == 9


def test_input_comes_at_its_instant_before_the_next_event() -> None:
    order: list[tuple[str, int]] = []
    scheduler = Scheduler()
    came: Input = lambda: order.append(("input", scheduler.now))  # noqa: E731 - one line
    scheduler.pace = ScriptedPace({1: (3, [came, came])})
    scheduler.at(Instant(5), lambda: order.append(("event", scheduler.now)))

    scheduler.run(Instant(5))

    assert order == [("input", 3), ("input", 3), ("event", 5)]


def test_input_can_ask_for_what_is_due_before_the_rest() -> None:
    order: list[str] = []
    scheduler = Scheduler()
    scheduler.pace = ScriptedPace(
        {1: (3, [lambda: scheduler.at(Instant(4), lambda: order.append("asked"))])}
    )
    scheduler.at(Instant(5), lambda: order.append("event"))

    scheduler.run(Instant(9))

    assert order == ["asked", "event"]


def test_paced_run_stops_after_an_input_too() -> None:
    scheduler = Scheduler(ScriptedPace({1: (3, [lambda: None])}))
    scheduler.at(Instant(5), lambda: None)

    assert scheduler.run(Instant(9), stop=lambda: scheduler.now == 3)
    assert scheduler.now == 3


def test_cancelled_action_is_not_waited_for() -> None:
    pace = ScriptedPace({})
    scheduler = Scheduler(pace)
    scheduler.at(Instant(5), lambda: None).cancel()

    scheduler.run(Instant(9))

    assert pace.asked == [(0, 9)]


def test_paced_run_without_end_is_over_when_nothing_will_come() -> None:
    scheduler = Scheduler(ScriptedPace({}))
    scheduler.at(Instant(5), lambda: None)

    assert not scheduler.run()
    assert scheduler.now == 5


def test_time_skips_to_where_nothing_else_is_due() -> None:
    scheduler = Scheduler()
    skipped: list[bool] = []
    scheduler.after(Duration(20), lambda: None).cancel()
    scheduler.at(Instant(10), lambda: skipped.append(scheduler.skip_to(Instant(30))))

    scheduler.run(Instant(30), stop=lambda: bool(skipped))

    assert skipped == [True]
    assert scheduler.now == 30


def test_time_skips_nothing_that_is_due_meanwhile_or_then() -> None:
    scheduler = Scheduler()
    skipped: list[bool] = []
    scheduler.at(Instant(10), lambda: skipped.append(scheduler.skip_to(Instant(30))))
    scheduler.at(Instant(30), lambda: skipped.append(scheduler.now == Instant(30)))

    scheduler.run()

    assert skipped == [False, True]


def test_time_does_not_skip_beyond_the_end_of_a_run_nor_outside_of_one() -> None:
    scheduler = Scheduler()
    skipped: list[bool] = []
    scheduler.at(Instant(10), lambda: skipped.append(scheduler.skip_to(Instant(30))))

    scheduler.run(Instant(29))

    assert not scheduler.skip_to(Instant(40))
    assert skipped == [False]
    assert scheduler.now == 29


def test_time_does_not_skip_where_whoever_runs_it_would_stop() -> None:
    scheduler = Scheduler()
    done: list[str] = []

    def act() -> None:
        done.append("acted")
        if not scheduler.skip_to(Instant(30)):
            scheduler.at(Instant(30), lambda: done.append("went on"))

    scheduler.at(Instant(10), act)

    assert scheduler.run(Instant(100), stop=lambda: bool(done))
    assert scheduler.now == 10
    assert done == ["acted"]


def test_time_that_passes_outside_skips_nothing() -> None:
    scheduler = Scheduler(ScriptedPace({}))
    skipped: list[bool] = []
    scheduler.at(Instant(10), lambda: skipped.append(scheduler.skip_to(Instant(30))))

    scheduler.run(Instant(50))

    assert skipped == [False]
