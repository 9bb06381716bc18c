"""Time outside as the pace of the one scheduler."""

import socket
from functools import partial
from pathlib import Path
from threading import Timer

import pytest

from emulator.kernel.errors import EnvironmentFault
from emulator.kernel.scheduler import Scheduler
from emulator.kernel.units import NEVER, Instant, milliseconds
from emulator.lab.kept.recording import InputRecorder, read_recording
from emulator.lab.radios.paced_clock import LATE, Drift, PacedClock
from emulator.lab.radios.replay import Replay


class StreamLine:
    """One end of a pair of sockets as a line."""

    def __init__(self, end: socket.socket, name: str = "line") -> None:
        self.name = name
        self.end = end
        self.unsent = False
        self.flushed = 0
        self.broken = False
        end.setblocking(False)

    def fileno(self) -> int:
        return self.end.fileno()

    def read(self) -> bytes:
        octets = self.end.recv(4096)
        if not octets:
            raise EnvironmentFault(f"{self.name}: gone")
        return octets

    def write(self, octets: bytes) -> None:
        if self.broken:
            raise EnvironmentFault(f"{self.name}: broken")
        self.end.send(octets)

    def flush(self) -> None:
        self.flushed += 1
        self.unsent = False

    def close(self) -> None:
        self.end.close()


class StepClock:
    """A clock that stands still unless told; each look at it takes a microsecond."""

    def __init__(self) -> None:
        self.now = 0

    def __call__(self) -> int:
        self.now += 1_000
        return self.now


def test_event_does_not_run_before_its_instant() -> None:
    clock = PacedClock()
    scheduler = Scheduler(clock)
    scheduler.at(Instant(milliseconds(20)), lambda: None)

    scheduler.run(Instant(milliseconds(30)))

    assert clock.drift.events == 2
    assert clock.drift.worst >= 0


def test_speed_is_a_factor_of_the_clock() -> None:
    ticking = StepClock()
    clock = PacedClock(factor=1000, clock=ticking)

    clock.wait(Instant(0), Instant(50_000))

    assert ticking.now < 100 * 1_000_000


def test_input_is_stamped_within_the_wait_and_given_to_its_receiver() -> None:
    ours, theirs = socket.socketpair()
    clock = PacedClock()
    heard: list[bytes] = []
    send = clock.open("hub", lambda: StreamLine(ours), heard.append)
    theirs.send(b"hello")

    at, inputs = clock.wait(Instant(0), Instant(milliseconds(500)))
    for take in inputs:
        take()
    send(b"answer")

    assert 0 <= at < milliseconds(500)
    assert heard == [b"hello"]
    assert theirs.recv(9) == b"answer"
    clock.close()
    theirs.close()


def test_late_input_is_not_stamped_after_the_next_event() -> None:
    ours, theirs = socket.socketpair()
    ticking = StepClock()
    clock = PacedClock(clock=ticking)
    clock.open("hub", lambda: StreamLine(ours), lambda _octets: None)
    clock.wait(Instant(0), Instant(0))
    ticking.now += 10**9
    theirs.send(b"x")

    at, inputs = clock.wait(Instant(5), Instant(7))

    assert (at, len(inputs)) == (7, 1)
    clock.close()
    theirs.close()


def test_line_that_always_has_something_holds_up_no_event_and_no_end() -> None:
    ours, theirs = socket.socketpair()
    ticking = StepClock()
    clock = PacedClock(clock=ticking)
    scheduler = Scheduler(clock)
    taken: list[bytes] = []

    def more(octets: bytes) -> None:
        taken.append(octets)
        assert len(taken) < 100
        ticking.now += milliseconds(3) * 1_000  # longer than until the next event
        theirs.send(b"x")

    clock.open("hub", lambda: StreamLine(ours), more)
    theirs.send(b"x")
    ran: list[int] = []
    for number in range(10):
        scheduler.at(Instant(milliseconds(number)), partial(ran.append, number))

    scheduler.run(Instant(milliseconds(20)))

    assert ran == list(range(10))
    assert len(taken) >= 10
    clock.close()
    theirs.close()


def test_events_that_begin_late_are_counted() -> None:
    ticking = StepClock()
    clock = PacedClock(clock=ticking)
    clock.wait(Instant(0), Instant(0))
    ticking.now += 10**9

    clock.wait(Instant(0), Instant(5))

    assert (clock.drift.events, clock.drift.late) == (2, 1)
    assert clock.drift.worst > 900_000
    assert "1 of 2 events later than 10 ms, the latest" in str(clock.drift)


def test_drift_counts_only_what_is_late() -> None:
    drift = Drift()

    drift.note(LATE)
    drift.note(LATE + 1)

    assert (drift.events, drift.late, drift.worst) == (2, 1, LATE + 1)


def test_line_that_ends_raises_inside_the_run() -> None:
    ours, theirs = socket.socketpair()
    clock = PacedClock()
    clock.open("hub", lambda: StreamLine(ours, "hub's port"), lambda _octets: None)
    theirs.close()

    with pytest.raises(EnvironmentFault, match="hub's port: gone"):
        Scheduler(clock).run(Instant(milliseconds(500)))


def test_line_that_is_lost_in_sending_is_lost_at_the_next_wait() -> None:
    ours, theirs = socket.socketpair()
    line = StreamLine(ours)
    clock = PacedClock()
    send = clock.open("hub", lambda: line, lambda _octets: None)
    line.broken = True

    send(b"x")

    with pytest.raises(EnvironmentFault, match="line: broken"):
        Scheduler(clock).run(Instant(milliseconds(500)))
    theirs.close()


def test_line_with_unsent_octets_is_flushed_when_it_takes_them() -> None:
    ours, theirs = socket.socketpair()
    line = StreamLine(ours)
    line.unsent = True
    clock = PacedClock()
    clock.open("hub", lambda: line, lambda _octets: None)

    clock.wait(Instant(0), Instant(milliseconds(5)))

    assert line.flushed == 1
    clock.close()
    theirs.close()


def test_without_lines_nothing_will_ever_come() -> None:
    assert PacedClock().wait(Instant(0), NEVER) == (NEVER, ())


def test_recorded_run_is_replayed_to_the_same_order(tmp_path: Path) -> None:
    ours, theirs = socket.socketpair()
    recorder = InputRecorder()
    clock = PacedClock(recorder=recorder)
    told = clock.tell("hub", lambda: "a dongle")
    live = story(Scheduler(clock), clock, ours, theirs)
    path = tmp_path / "inputs.jsonl"
    path.write_text(recorder.text())

    replay = Replay(read_recording(path))
    again = story(Scheduler(replay), replay, None, None)

    assert replay.tell("hub", lambda: "nothing") == told
    assert again == live
    assert [what for _, what in live].count("heard") >= 2


def story(
    scheduler: Scheduler,
    lines: PacedClock | Replay,
    ours: socket.socket | None,
    theirs: socket.socket | None,
) -> list[tuple[int, str]]:
    """Events every millisecond; octets in between, each of which asks for one more event."""
    told: list[tuple[int, str]] = []

    def heard(_octets: bytes) -> None:
        told.append((scheduler.now, "heard"))
        scheduler.after(milliseconds(0.3), lambda: told.append((scheduler.now, "asked for")))

    def opener() -> StreamLine:
        assert ours is not None
        return StreamLine(ours)

    lines.open("hub", opener, heard)
    for number in range(20):

        def event(number: int = number) -> None:
            told.append((scheduler.now, f"event {number}"))
            if theirs is not None and number in (3, 9):
                theirs.send(b"x")

        scheduler.at(Instant(milliseconds(number)), event)
    scheduler.run(Instant(milliseconds(30)))
    lines.close()
    if theirs is not None:
        theirs.close()
    return told


def test_events_that_are_due_wait_while_somebody_waits_for_an_answer() -> None:
    near, far = socket.socketpair()
    clock, guests, order = PacedClock(), [1], list[object]()
    scheduler = Scheduler(clock)
    clock.open("line", lambda: StreamLine(near), order.append)
    clock.give_way(lambda: bool(guests))
    for number in range(3):
        scheduler.at(Instant(0), partial(order.append, number))

    def leave() -> None:
        order.append("answered")
        guests.clear()
        far.send(b"x")

    timer = Timer(0.05, leave)
    timer.start()
    scheduler.run(Instant(10))

    timer.join()
    assert order == ["answered", b"x", 0, 1, 2]
    clock.close()
    far.close()
