import pytest

from emulator.kernel.errors import LocalError
from emulator.metering.channel_meter import ChannelMeter
from emulator.metering.quantities import COUNT


def test_half_hours_add_up_to_the_register() -> None:
    meter = ChannelMeter(10, 10)
    for interval in range(3):
        meter.amount += COUNT + COUNT // 2
        meter.end_half_hour(interval)

    assert [each.counts for each in meter.profile.entries()] == [1, 2, 1]
    assert meter.counts == 4


def test_open_half_hour_is_what_is_not_written() -> None:
    meter = ChannelMeter(10, 10)
    meter.amount = 5 * COUNT
    meter.end_half_hour(0)
    meter.amount = 7 * COUNT

    assert meter.open_half_hour == 2


def test_register_that_begins_elsewhere_writes_only_what_passes() -> None:
    meter = ChannelMeter(10, 10)
    meter.begin(1_000)
    meter.amount += 2 * COUNT
    meter.end_half_hour(0)
    meter.end_day(0)

    assert meter.counts == 1_002
    assert [each.counts for each in meter.profile.entries()] == [2]
    assert [each.counts for each in meter.daily.entries()] == [2]


def test_negative_register_is_refused() -> None:
    with pytest.raises(LocalError, match="negative"):
        ChannelMeter(10, 10).begin(-1)


def test_snapshot_goes_on_where_it_was() -> None:
    meter, other = ChannelMeter(10, 10), ChannelMeter(10, 10)
    meter.amount = 3 * COUNT + 5
    meter.end_half_hour(4)
    meter.end_day(0)
    other.restore(meter.snapshot())

    assert other.snapshot() == meter.snapshot()


def test_half_hours_that_end_together_are_written_like_single_ones() -> None:
    meter = ChannelMeter(10, 10)
    meter.amount = COUNT // 2
    meter.end_half_hours(7, [2 * COUNT, 2 * COUNT, 5 * COUNT + COUNT // 2])
    meter.amount += 6 * COUNT

    assert [(*each,) for each in meter.profile.entries()] == [(7, 2), (8, 0), (9, 4)]
    assert meter.open_half_hour == 0
