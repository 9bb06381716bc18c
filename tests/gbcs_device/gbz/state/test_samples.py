"""Samples are found from a moment on, and told with the moment of the first."""

from dataclasses import replace

import pytest

from emulator.gbcs_device.gbz.state.samples import DAILY, SampleId, SampleLogs
from emulator.zcl.payloads.metering import GetSampledData

ASKED = GetSampledData(
    sample_id=SampleId.PROFILE_DATA, earliest_sample_time=0, sample_type=0, number_of_samples=99
)


def logs(interval: int = 1800, most: tuple[int, ...] = (5, 5, 5)) -> SampleLogs:
    """A log of four samples, from moment 9000 on."""
    made = SampleLogs(most)
    made.start(SampleId.PROFILE_DATA, 9000, 0, interval)
    for sample in (10, 11, 12, 13):
        made.add(SampleId.PROFILE_DATA, sample)
    return made


@pytest.mark.parametrize(
    ("earliest", "start", "samples"),
    [
        (0, 9000, (10, 11, 12, 13)),
        (9000, 9000, (10, 11, 12, 13)),
        (9001, 10_800, (11, 12, 13)),
        (10_800, 10_800, (11, 12, 13)),
        (14_400, 14_400, (13,)),
    ],
)
def test_samples_from_a_moment_on(earliest: int, start: int, samples: tuple[int, ...]) -> None:
    found = logs().find(replace(ASKED, earliest_sample_time=earliest))

    assert found is not None
    assert (found.sample_start_time, found.samples) == (start, samples)
    assert found.number_of_samples == len(samples)


@pytest.mark.parametrize(
    "asked",
    [
        replace(ASKED, earliest_sample_time=14_401),
        replace(ASKED, sample_id=SampleId.NETWORK_DATA),
        replace(ASKED, sample_type=1),
        replace(ASKED, number_of_samples=0),
    ],
)
def test_nothing_is_found_where_nothing_is(asked: GetSampledData) -> None:
    assert logs().find(asked) is None


def test_no_more_samples_than_asked_for() -> None:
    found = logs().find(replace(ASKED, number_of_samples=2))

    assert found is not None
    assert found.samples == (10, 11)


def test_the_daily_log_goes_day_by_day() -> None:
    found = logs(DAILY).find(replace(ASKED, earliest_sample_time=9001))

    assert found is not None
    assert found.sample_start_time == 9000 + 86_400


def test_the_oldest_sample_makes_room() -> None:
    made = logs(most=(3, 3, 3))

    found = made.find(ASKED)

    assert found is not None
    assert (found.sample_start_time, found.samples) == (10_800, (11, 12, 13))


def test_a_series_that_was_not_begun_takes_no_samples() -> None:
    made = logs()

    made.add(SampleId.DAILY_CONSUMPTION, 1)

    assert made.find(replace(ASKED, sample_id=SampleId.DAILY_CONSUMPTION)) is None


def test_an_unknown_series_has_room() -> None:
    made = SampleLogs((1, 1, 1))
    made.start(9, 0, 0, 0)
    made.add(9, 1)
    made.add(9, 2)

    assert made.series[9].samples == (1, 2)


def test_saved_series_come_back() -> None:
    made, again = logs(), SampleLogs((5, 5, 5))

    again.restore({"samples": made.snapshot()}, "samples")

    assert again.series == made.series
