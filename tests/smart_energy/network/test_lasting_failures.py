from emulator.kernel.units import Instant, seconds
from emulator.smart_energy.network.lasting_failures import LastingFailures


def test_failures_count_once_they_have_gone_on_for_long_enough() -> None:
    failures = LastingFailures(seconds(30))

    told = [failures.last(Instant(seconds(at))) for at in (0, 10, 29, 31, 32, 62)]

    assert told == [False, False, False, True, False, True]


def test_failures_of_long_ago_are_forgotten() -> None:
    failures = LastingFailures(seconds(30))
    failures.last(Instant(0))

    assert not failures.last(Instant(seconds(601)))
    assert failures.last(Instant(seconds(640)))
