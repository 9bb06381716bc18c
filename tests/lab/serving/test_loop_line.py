import threading
from concurrent.futures import CancelledError

import pytest

from emulator.kernel.errors import LocalError, UsageError
from emulator.kernel.scheduler import Scheduler
from emulator.kernel.units import seconds
from emulator.lab.radios.paced_clock import PacedClock
from emulator.lab.serving.loop_line import LoopLine


def test_work_of_many_threads_is_done_in_the_loop_and_none_is_lost() -> None:
    line, done = LoopLine(), []
    scheduler = Scheduler(clock := PacedClock(1000.0))
    clock.open(line.name, lambda: line, line.receive)
    threads = [
        threading.Thread(target=lambda n=n: done.append(line.call(lambda: n).result(10)))
        for n in range(50)
    ]
    for each in threads:
        each.start()

    scheduler.after(seconds(3600), lambda: None)
    scheduler.run(stop=lambda: len(done) == 50)

    for each in threads:
        each.join()
    assert sorted(done) == list(range(50))
    line.close()


def test_a_refusal_comes_back_to_who_asked() -> None:
    line = LoopLine()

    def refuse() -> None:
        raise UsageError("no")

    future = line.call(refuse)
    line.receive(line.read())

    with pytest.raises(UsageError):
        future.result(0)
    line.close()


def test_what_waits_is_called_off_when_the_loop_ends() -> None:
    line = LoopLine()
    future = line.call(lambda: 1)

    line.close()

    with pytest.raises(CancelledError):
        future.result(0)
    with pytest.raises(LocalError):
        line.call(lambda: 2)


def test_more_wake_ups_than_fit_do_no_harm() -> None:
    line = LoopLine()
    futures = [line.call(lambda: 1) for _ in range(3000)]

    line.receive(line.read())

    assert all(each.result(0) == 1 for each in futures)
    assert line.fileno() >= 0
    line.close()


def test_many_who_ask_wake_the_loop_once_until_it_looks() -> None:
    line = LoopLine()
    first = [line.call(lambda: 1) for _ in range(9)]

    woken = line.read()
    between = line.call(lambda: 2)
    line.receive(woken)

    assert woken == b"\x01"
    assert line.read() == b"\x01"
    assert [each.result(0) for each in (*first, between)] == [1] * 9 + [2]
    line.close()


def test_no_more_waits_than_there_is_room_for() -> None:
    line = LoopLine(most=2)
    futures = [line.call(lambda: 1) for _ in range(2)]

    with pytest.raises(LocalError, match="busy"):
        line.call(lambda: 2)
    line.receive(line.read())
    again = line.call(lambda: 3)
    line.receive(line.read())

    assert [each.result(0) for each in (*futures, again)] == [1, 1, 3]
    line.close()


def test_whoever_waits_is_a_guest_until_the_end_of_it() -> None:
    line = LoopLine()

    with line.guest(), line.guest():
        within = line.asked, line.read()
    after = line.asked, line.read()

    assert within == (True, b"")
    assert after == (False, b"\x01")
    line.close()


def test_a_guest_may_leave_after_the_end() -> None:
    line = LoopLine()

    with line.guest():
        line.close()

    assert not line.asked
