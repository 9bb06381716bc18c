import pytest

from emulator.zigbee.nwk.transmit_counters import ENOUGH, MEMORY, TransmitCounters


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


def test_what_was_well_for_long_does_not_hide_that_it_no_longer_is() -> None:
    counters = TransmitCounters()
    for _ in range(1000):
        counters.count(failed=False)

    told = [counters.count(failed=True) for _ in range(20)]

    assert True in told
    assert counters.total <= MEMORY
    counters.reset()
    assert (counters.total, counters.failures, ENOUGH) == (0, 0, 20)
