import pytest

from emulator.zigbee.nwk.tables.transmit_counters import ENOUGH, MEMORY, TransmitCounters


@pytest.mark.parametrize(("good", "bad", "tells"), [(15, 5, True), (16, 5, False), (4, 5, False)])
def test_a_quarter_of_twenty_failures_tells_of_interference(
    good: int, bad: int, tells: bool
) -> None:
    counters = TransmitCounters()
    for _ in range(good):
        assert not counters.count(7, failed=False)

    told = [counters.count(7, failed=True) for _ in range(bad)]

    assert told[-1] is tells
    assert (counters.total, counters.failures) == (good + bad, bad)


def test_what_was_well_for_long_does_not_hide_that_it_no_longer_is() -> None:
    counters = TransmitCounters()
    for _ in range(1000):
        counters.count(7, failed=False)

    told = [counters.count(7, failed=True) for _ in range(20)]

    assert True in told
    assert counters.total <= MEMORY
    counters.reset()
    assert (counters.total, counters.failures, ENOUGH) == (0, 0, 20)


def test_one_neighbour_without_power_tells_of_no_interference_where_two_are_asked_for() -> None:
    counters = TransmitCounters(2)

    one = [counters.count(7, failed=True) for _ in range(40)]
    both = [counters.count(8, failed=True) for _ in range(2)]

    assert not any(one)
    assert any(both)
