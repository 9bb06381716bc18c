import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.errors import UsageError
from emulator.kernel.units import Calendar, Instant
from emulator.metering.drifting_clock import DriftingClock
from emulator.metering.meter import Meter
from emulator.metering.quantities import COUNT, DAY, HOUR, Channel
from emulator.metering.step_function import StepFunction
from emulator.metering.tariff_calendar import Season, Switch, TariffCalendar
from emulator.metering.tariff_matrix import (
    UNLIMITED,
    TariffMatrix,
    TariffTerms,
    register_of,
    second_register_of,
)
from tests.gbcs_device.cosem.living_meter import BEGIN


def calendar(*switches: Switch) -> TariffCalendar:
    return TariffCalendar([switches], [(0,) * 7], [Season(1, 1, 0)], carries=True)


NIGHTS = TariffTerms(
    calendar=calendar(Switch(0, 102), Switch(420, 101), Switch(1_200, 5)),
    thresholds={1: (3_000, 7_000, UNLIMITED), 2: (2_500,)},
    prices={0xA1: 10, 0xB1: 20, 0xC1: 30, 0xA2: 1, 0xB2: 2, 5: 7},
)


@given(
    st.dictionaries(st.integers(0, 3 * DAY), st.integers(0, 9_000_000), min_size=1, max_size=20),
    st.lists(st.integers(0, 3 * DAY), max_size=10),
)
def test_every_count_goes_to_one_register_however_often_it_is_read(
    steps: dict[int, int], reads: list[int]
) -> None:
    demand = StepFunction(sorted(steps.items()))
    meters = []
    for instants in ([], sorted(reads)):
        meter = Meter(DriftingClock(Calendar(BEGIN)), [Channel.ACTIVE_IMPORT])
        matrix = TariffMatrix()
        matrix.terms = NIGHTS
        meter.followers.append(matrix)
        meter.pacers.append(matrix)
        meter.load(Channel.ACTIVE_IMPORT, demand, Instant(0))
        for instant in (*instants, 3 * DAY):
            meter.advance(Instant(instant))
        meters.append(matrix)

    once, often = meters
    counted = sum(once.time_of_use.values()) + sum(once.blocks.values())
    assert counted == demand.integral(0, 3 * DAY) // COUNT
    assert often.snapshot() == once.snapshot()
    for (block, time), counts in once.blocks.items():
        limits = (0, *NIGHTS.thresholds[time], UNLIMITED)
        assert counts <= limits[block + 1] - limits[block]


def test_price_goes_with_the_block_and_changes_when_it_is_full() -> None:
    matrix = TariffMatrix()
    matrix.terms = NIGHTS
    morning = 8 * HOUR
    assert matrix.price(morning) == 10
    assert matrix.paces([1_000_000], morning) == 3 * HOUR

    matrix.passed(3_000 * COUNT, morning, morning)

    assert (matrix.block(1), matrix.price(morning)) == (1, 20)
    matrix.passed(9_000 * COUNT, morning, morning)
    assert (matrix.price(morning), matrix.paces([1_000_000], morning)) == (30, None)
    matrix.reset_blocks()
    assert matrix.price(morning) == 10


def test_switches_are_late_by_the_offset() -> None:
    matrix = TariffMatrix()
    matrix.terms = NIGHTS
    matrix.offset = 900_000_000

    assert matrix.script(7 * HOUR + 899_999_999) == 102
    assert matrix.script(7 * HOUR + 900_000_000) == 101
    assert matrix.next_change(6 * HOUR) == 7 * HOUR + 900_000_000


def test_state_is_kept() -> None:
    matrix, again = TariffMatrix(), TariffMatrix()
    matrix.terms = NIGHTS
    matrix.passed(4_000 * COUNT + 5, 8 * HOUR, 9 * HOUR)
    matrix.passed(COUNT, 21 * HOUR, 22 * HOUR)

    again.restore(matrix.snapshot())

    assert again.snapshot() == matrix.snapshot()


def test_without_a_tariff_the_first_register_counts_and_costs_nothing() -> None:
    matrix = TariffMatrix()
    matrix.passed(5 * COUNT, 0, HOUR)

    assert (matrix.time_of_use, matrix.price(0), matrix.paces([5], 0)) == ({1: 5}, 0, None)


@pytest.mark.parametrize(
    "terms",
    [
        {"thresholds": {1: (5, 5)}},
        {"thresholds": {1: (1, 2, 3, 4)}},
        {"prices": {1: -1}},
        {"standing_charge": -1},
    ],
    ids=["not ascending", "too many", "price", "standing charge"],
)
def test_terms_that_cannot_be_executed_are_refused(terms: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        TariffTerms(**terms)  # type: ignore[arg-type]  # each in its place


def test_scripts_name_registers() -> None:
    # reference messages ECS01a, ECS01c
    assert [register_of(each) for each in (0, 1, 48, 49, 101, 108, 109)] == [
        None, 1, 48, None, 101, 108, None,
    ]  # fmt: skip
    assert [second_register_of(each) for each in (200, 201, 204, 205)] == [None, 1, 4, None]
