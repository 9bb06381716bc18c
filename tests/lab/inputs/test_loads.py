from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from emulator.kernel.errors import UsageError
from emulator.kernel.streams import Streams
from emulator.lab.inputs.loads import Load, LoadReading, demand_at, parse_household, parse_loads
from emulator.lab.shipments.shipment import read_shipment
from emulator.metering.demand.household import Household
from emulator.metering.demand.profile import Fill
from emulator.metering.demand.profile_times import TimeZone
from emulator.metering.quantities import Channel

START = datetime(2026, 1, 5, tzinfo=UTC)
DUAL = read_shipment(Path(__file__).parents[2] / "data" / "shipments" / "dual-fuel.csv")
NAMED = {each.type: each for each in DUAL.joining}
NO_OFFSET = "no offset: write Z or +01:00, or name it: --time-zone UTC or Europe/London"
WEEK = "start,import_kwh,gas_m3\n2026-01-05T00:00Z,1,0.5\n2026-01-05T00:30Z,2,0.25\n"


def written(tmp_path: Path, text: str = WEEK) -> Path:
    path = tmp_path / "home.csv"
    path.write_text(text)
    return path


def parsed(*texts: str, how: LoadReading | None = None) -> tuple[Load, ...]:
    return parse_loads(texts, how or LoadReading(), DUAL)


def taken(loads: tuple[Load, ...], kind: str, start: datetime = START) -> dict[Channel, int]:
    demand = demand_at(loads, NAMED[kind].eui64, kind, start, Streams(1))
    return {channel: each.rate(0) for channel, each in demand.items()}


def mistakes(*texts: str) -> tuple[str, ...]:
    with pytest.raises(UsageError) as refusal:
        parsed(*texts)
    return refusal.value.problems


def test_each_column_goes_to_the_meter_that_measures_it(tmp_path: Path) -> None:
    loads = parsed(str(written(tmp_path)))

    assert taken(loads, "ESME") == {Channel.ACTIVE_IMPORT: 2_000_000}
    assert taken(loads, "GSME") == {Channel.GAS: 1_000_000}
    assert taken(loads, "PPMID") == {}


def test_load_of_a_named_meter_is_no_other_meters(tmp_path: Path) -> None:
    loads = parsed(f"gsme={written(tmp_path)}")

    assert taken(loads, "ESME") == {}
    assert taken(loads, "GSME") == {Channel.GAS: 1_000_000}


def test_later_load_replaces_an_earlier_one_of_the_same_channel(tmp_path: Path) -> None:
    loads = parsed("household", str(written(tmp_path)))

    assert taken(loads, "ESME")[Channel.ACTIVE_IMPORT] == 2_000_000
    assert Channel.ACTIVE_EXPORT in taken(loads, "ESME")


def test_equal_seeds_give_a_household_equal_demand() -> None:
    loads = parsed("ESME=household:charger=7000")
    esme = NAMED["ESME"].eui64
    one, same = (demand_at(loads, esme, "ESME", START, Streams(7)) for _ in range(2))

    assert one == same
    assert one != demand_at(loads, esme, "ESME", START, Streams(8))


def test_reading_applies_to_files(tmp_path: Path) -> None:
    gap = "start,import_kwh\n2026-01-05T00:00,1\n2026-01-05T01:00,2\n"
    how = LoadReading(zone=TimeZone.LONDON, fill=Fill.PREVIOUS)

    (load,) = parsed(str(written(tmp_path, gap)), how=how)

    demand = load.demand(START, Streams(1))[Channel.ACTIVE_IMPORT]
    assert demand.rate(1_800_000_000) == 2_000_000


def test_profile_that_ends_before_the_run_begins_is_refused_with_a_way_out(tmp_path: Path) -> None:
    loads = parsed(str(written(tmp_path)))

    with pytest.raises(UsageError, match=r"before the run begins.*--start 2026-01-05T00:00Z"):
        taken(loads, "ESME", START.replace(year=2027))


def test_every_mistake_is_named(tmp_path: Path) -> None:
    path = written(tmp_path, "start,import_kwh\n2026-01-05T00:00,0\n2026-01-05T00:30Z,-1\n")

    assert mistakes("IHD=household", "household:x=1", str(path)) == (
        "--load IHD: no meter of that name: expected ESME, GSME",
        "--load household:x=1: no 'x': expected charger, electricity, heat, panels",
        f"--load {path} line 2: start '2026-01-05T00:00': {NO_OFFSET}",
        f"--load {path} line 3: active import '-1': expected 0 or more",
    )


def test_household_is_named_by_what_is_in_it() -> None:
    assert parse_household("household") == Household()
    named = parse_household("household: charger=7000, heat=0")
    assert named == replace(Household(), charger=7_000, heat=0)
    with pytest.raises(UsageError, match="heat '-3': expected a whole number"):
        parse_household("household:heat=-3")
