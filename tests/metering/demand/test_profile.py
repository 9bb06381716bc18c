"""Profiles with everything wrong in them are refused with all of it; others conserve energy."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.errors import UsageError
from emulator.metering.demand.profile import Fill, Reading, profile_from
from emulator.metering.demand.profile_times import TimeZone
from emulator.metering.quantities import COUNT, DAY, HALF_HOUR, Channel

IMPORT = Channel.ACTIVE_IMPORT
HEADER = ("start", "import_kWh", "gas_m3")
MIDNIGHT = datetime(2026, 1, 5, tzinfo=UTC)
HOW = Reading(name="year.csv")


def rows(*cells: tuple[str, str, str]) -> list[tuple[str, str, str]]:
    return [(f"2026-01-05T{time}Z", energy, gas) for time, energy, gas in cells]


def test_everything_wrong_is_named_at_once_with_line_value_and_rule() -> None:
    table = [
        *rows(("00:00", "0.1", "0"), ("00:30", "-1", "9")),
        *rows(("00:30", "0.1", "0"), ("02:00", "0.1", "0"), ("02:15", "x", "0")),
        ("2026-01-05T02:30", "0.1", "0"),
        ("2026-01-05T03:00Z",),
    ]
    with pytest.raises(UsageError) as refused:
        profile_from(HEADER, table, HOW)

    assert refused.value.problems == (
        "year.csv line 3: active import '-1': expected 0 or more",
        "year.csv line 3: gas '9': expected at most 8, more than which no home has",
        (
            "year.csv line 4: start '2026-01-05T00:30Z': overlaps; "
            "expected later than 2026-01-05 00:30:00+00:00"
        ),
        (
            "year.csv line 5: start '2026-01-05T02:00Z': gap of 2 half hours before it; "
            "fill it with --fill zero, previous, day-before"
        ),
        "year.csv line 6: start '2026-01-05T02:15Z': expected a whole half hour",
        "year.csv line 6: active import 'x': expected a number with a point",
        (
            "year.csv line 7: start '2026-01-05T02:30': no offset: write Z or +01:00, "
            "or name it: --time-zone UTC or Europe/London"
        ),
        "year.csv line 8: 1 cells; expected 3",
    )


@pytest.mark.parametrize(
    ("header", "said"),
    [
        (("start", "import_MWh"), "column 'import_mwh'"),
        (("start", "import_kWh", "import_W"), "two columns"),
        (("import_kWh",), "0 columns 'start'"),
        (("start",), "nothing measured"),
    ],
)
def test_wrong_header_is_refused(header: tuple[str, ...], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        profile_from(header, [], HOW)


def test_profile_without_rows_is_refused() -> None:
    with pytest.raises(UsageError, match="no rows"):
        profile_from(HEADER, [], HOW)


@pytest.mark.parametrize(
    ("fill", "energy"), [(Fill.ZERO, 400), (Fill.PREVIOUS, 600), (Fill.DAY_BEFORE, 400)]
)
def test_gap_is_filled_as_asked(fill: Fill, energy: int) -> None:
    table = rows(("00:00", "0.1", "0"), ("01:30", "0.3", "0"))

    profile = profile_from(HEADER, table, Reading(name="year.csv", fill=fill))

    assert profile.demand(IMPORT, MIDNIGHT).integral(0, DAY) == energy * COUNT


def test_gap_may_be_filled_from_the_day_before() -> None:
    starts = [MIDNIGHT + n * timedelta(minutes=30) for n in range(97) if n != 60]
    table = [(each.isoformat(), f"0.{n:03}", "0") for n, each in enumerate(starts)]

    profile = profile_from(HEADER, table, Reading(name="year.csv", fill=Fill.DAY_BEFORE))

    demand = profile.demand(IMPORT, MIDNIGHT)
    assert demand.rate(60 * HALF_HOUR) == demand.rate(12 * HALF_HOUR) == 24_000


@given(st.lists(st.integers(0, 100_000), min_size=1, max_size=60), st.integers(-20, 20))
def test_energy_of_the_file_is_the_integral_of_its_demand(energies: list[int], offset: int) -> None:
    table = [
        ((MIDNIGHT + n * timedelta(minutes=30)).isoformat(), str(energy), "0")
        for n, energy in enumerate(energies)
    ]
    profile = profile_from(("start", "import_Wh", "gas_m3"), table, HOW)
    start = MIDNIGHT + offset * timedelta(minutes=30)

    demand = profile.demand(IMPORT, start)

    assert demand.integral(0, 90 * HALF_HOUR) == sum(energies[max(0, offset) :]) * COUNT


@pytest.mark.parametrize(("month", "day", "half_hours"), [(3, 29, 46), (10, 25, 50)])
def test_local_day_of_a_clock_change_has_its_half_hours(
    month: int, day: int, half_hours: int
) -> None:
    spring = month == 3
    times = [f"{hour:02}:{minute:02}" for hour in range(24) for minute in (0, 30)]
    ordered = [each for each in times if not (spring and each.startswith("01"))]
    if not spring:
        ordered[4:4] = ["01:00", "01:30"]
    table = [(f"2026-{month:02}-{day:02} {each}", "0.1", "0") for each in ordered]

    how = Reading(name="year.csv", zone=TimeZone.LONDON)
    profile = profile_from(HEADER, table, how)

    assert len(profile.rates[IMPORT]) == half_hours


def test_channel_that_the_file_has_not_takes_nothing() -> None:
    profile = profile_from(HEADER, rows(("00:00", "0.1", "0")), HOW)

    assert len(profile.demand(Channel.ACTIVE_EXPORT, MIDNIGHT)) == 0
