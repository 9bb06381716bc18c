from emulator.kernel.units import Instant
from emulator.lab.sniffing.frame_clock import FrameClock

START = 1_700_000_000_000_000


def test_distances_are_those_of_the_dongles_clock() -> None:
    clock = FrameClock(START)
    clock.moment(Instant(5_000), 1_000_000)

    first = clock.moment(Instant(10_000), 1_004_000)
    second = clock.moment(Instant(90_000), 1_005_000)

    assert second - first == 1_000


def test_frame_is_never_later_than_it_came() -> None:
    clock = FrameClock(START)
    clock.moment(Instant(50_000), 1_000_000)

    assert clock.moment(Instant(50_100), 1_040_000) == START + 50_100


def test_dongle_without_a_clock_gives_the_time_of_arrival() -> None:
    assert FrameClock(START).moment(Instant(7), 0) == START + 7


def test_clock_of_a_dongle_that_began_anew_is_compared_again() -> None:
    clock = FrameClock(START)
    clock.moment(Instant(0), 900_000_000)

    assert clock.moment(Instant(5_000_000), 1_000) == START + 5_000_000
