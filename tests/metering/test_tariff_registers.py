"""Tariff registers add up to the import register, whatever the tariff."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.kernel.errors import UsageError
from emulator.kernel.units import Calendar, Instant
from emulator.metering.drifting_clock import DriftingClock, own_time
from emulator.metering.meter import Meter
from emulator.metering.quantities import COUNT, DAY, HOUR, Channel
from emulator.metering.step_function import StepFunction
from emulator.metering.tariff_calendar import Season, Switch, TariffCalendar, TimeReference
from emulator.metering.tariff_registers import TariffRegisters

IMPORT = Channel.ACTIVE_IMPORT
NIGHT = TariffCalendar(
    ((Switch(0, 0), Switch(420, 1)),),
    [(0,) * 7],
    (Season(1, 1, 0),),
    reference=TimeReference.LOCAL,
)
SPRING = datetime(2026, 3, 27, tzinfo=UTC)
MONDAY = own_time(datetime(2026, 1, 5, tzinfo=UTC))
demands = st.dictionaries(
    st.integers(0, 4 * DAY), st.integers(0, 20_000_000), min_size=1, max_size=20
).map(lambda steps: StepFunction(sorted(steps.items())))


@settings(max_examples=40)
@given(demands, st.lists(st.integers(1, 4 * DAY).map(Instant), max_size=20))
def test_registers_add_up_at_every_read(demand: StepFunction, reads: list[Instant]) -> None:
    meter = Meter(DriftingClock(Calendar(SPRING)), (IMPORT,))
    tariff = TariffRegisters(NIGHT, (3_000, 9_000))
    meter.followers.append(tariff)
    meter.load(IMPORT, demand, Instant(0))

    for at in (*sorted(reads), Instant(4 * DAY)):
        total = meter.counts(IMPORT, at)
        assert sum(tariff.time_of_use.values()) == total
        assert sum(tariff.blocks.values()) == total


def test_night_counts_at_night() -> None:
    meter = Meter(DriftingClock(Calendar(datetime(2026, 1, 5, tzinfo=UTC))), (IMPORT,))
    tariff = TariffRegisters(NIGHT)
    meter.followers.append(tariff)
    meter.load(IMPORT, StepFunction([(0, 1_000_000)]), Instant(0))
    meter.advance(Instant(DAY))

    assert tariff.time_of_use == {0: 7_000, 1: 17_000}


def test_spring_night_is_six_hours() -> None:
    meter = Meter(DriftingClock(Calendar(datetime(2026, 3, 29, tzinfo=UTC))), (IMPORT,))
    tariff = TariffRegisters(NIGHT)
    meter.followers.append(tariff)
    meter.load(IMPORT, StepFunction([(0, 1_000_000)]), Instant(0))
    meter.advance(Instant(23 * HOUR))

    assert tariff.time_of_use == {0: 6_000, 1: 17_000}


def test_blocks_fill_one_after_the_other() -> None:
    tariff = TariffRegisters(NIGHT, (100, 250))
    tariff.passed(300 * COUNT, MONDAY, MONDAY + 1)

    assert tariff.blocks == {(0, 0): 100, (1, 0): 150, (2, 0): 50}
    assert (tariff.block, tariff.consumed) == (2, 300)


def test_block_period_begins_with_the_first_block() -> None:
    tariff = TariffRegisters(NIGHT, (100,))
    tariff.passed(150 * COUNT, MONDAY, MONDAY + 1)
    tariff.begin_block_period()
    tariff.passed(10 * COUNT, MONDAY, MONDAY + 1)

    assert tariff.blocks == {(0, 0): 110, (1, 0): 50}


@pytest.mark.parametrize("thresholds", [(1, 2, 3, 4), (5, 5), (0,)])
def test_thresholds_that_make_no_blocks_are_refused(thresholds: tuple[int, ...]) -> None:
    with pytest.raises(UsageError, match="thresholds"):
        TariffRegisters(NIGHT, thresholds)


def test_snapshot_goes_on_where_it_was() -> None:
    tariff, other = TariffRegisters(NIGHT, (100,)), TariffRegisters(NIGHT, (100,))
    tariff.passed(150 * COUNT + 7, MONDAY, MONDAY + 1)
    other.restore(json.loads(json.dumps(tariff.snapshot())))

    assert other.snapshot() == tariff.snapshot()
    assert tariff.next_change(MONDAY) == MONDAY + 7 * HOUR
