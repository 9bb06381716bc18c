import pytest

from emulator.zigbee.nwk.transmit_counters import ENOUGH, TransmitCounters


@pytest.mark.parametrize(("good", "bad", "tells"), [(15, 5, True), (16, 5, False), (4, 5, False)])
def test_a_quarter_of_twenty_failures_tells_of_interference(
    good: int, bad: int, tells: bool
) -> None:
    counters = TransmitCounters()
    for _ in range(good):
        assert not counters.count(failed=False)

    told = [counters.count(failed=True) for _ in range(bad)]

    assert told[-1] is tells
    assert (counters.total, counters.failures) == (good + bad, bad)


def test_counts_stay_within_their_two_octets_and_start_again() -> None:
    counters = TransmitCounters()
    counters.total = counters.failures = 0xFFFF

    assert counters.count(failed=True)
    assert (counters.total, counters.failures) == (0xFFFF, 0xFFFF)
    counters.reset()
    assert (counters.total, counters.failures, ENOUGH) == (0, 0, 20)
