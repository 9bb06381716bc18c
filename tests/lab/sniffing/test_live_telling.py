from emulator.kernel.scheduler import Scheduler
from emulator.kernel.units import Instant, seconds
from emulator.lab.captures.key_files import ring_of
from emulator.lab.captures.telling import TellingRow
from emulator.lab.sniffing.live_telling import LiveTelling
from emulator.testing.scenes.captured_homes import captured_frames


def test_frames_are_told_in_order_a_few_at_a_time() -> None:
    scheduler, told = Scheduler(), list[TellingRow]()
    telling = LiveTelling(scheduler, ring_of([]), told.append)
    for frame in captured_frames()[:20]:
        telling.frame(frame)

    assert not told
    scheduler.run(Instant(seconds(1)))

    assert [row.frame.number for row in told] == list(range(1, 21))


def test_rest_is_told_at_the_end() -> None:
    told = list[TellingRow]()
    telling = LiveTelling(Scheduler(), ring_of([]), told.append)
    telling.frame(captured_frames()[0])

    telling.rest()

    assert len(told) == 1


def test_frames_of_which_too_many_wait_are_counted() -> None:
    telling = LiveTelling(Scheduler(), ring_of([]), list[TellingRow]().append)
    frame = captured_frames()[0]
    for _ in range(20_010):
        telling.frame(frame)

    assert telling.untold == 10
