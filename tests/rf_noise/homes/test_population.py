from dataclasses import replace

import pytest

from emulator.rf_noise.desense.channels import desense
from emulator.rf_noise.desense.gate import Gate
from emulator.rf_noise.desense.receivers import receivers
from emulator.rf_noise.device_under_test import Dut
from emulator.rf_noise.homes.population import Outcome, population
from emulator.rf_noise.settings import PopulationSettings, RfNoiseSettings
from tests.rf_noise.traces.spectra import flat

SETTINGS = RfNoiseSettings()
EVERY = receivers(SETTINGS.hub)


def outcomes(
    level: float,
    dut: Dut = Dut.ESME,
    *,
    seed: int = 1,
    homes: int = 1000,
    gate: Gate = Gate(),  # noqa: B008 - frozen
) -> dict[tuple[str, str], Outcome]:
    traces = [
        flat(421e6, 425e6, level - 10, rbw=1e4, step=5e3),
        flat(862e6, 962e6, level),
        flat(2399e6, 2485e6, level),
    ]
    settings = replace(SETTINGS, population=PopulationSettings(homes=homes))
    drawn = population(desense(traces, EVERY, gate, settings), dut, gate, settings, seed)
    return {(each.what, each.band): each for each in drawn.outcomes}


def test_every_link_is_counted_on_every_band() -> None:
    assert set(outcomes(-110)) == {
        ("GSME", "2.4 GHz"),
        ("ESME", "2.4 GHz"),
        ("GSME", "868 MHz"),
        ("ESME", "868 MHz"),
        ("WAN", "423 MHz"),
        ("WAN", "900 MHz"),
        ("any of them", "single-band hub"),
        ("any of them", "dual-band hub"),
    }


def test_noise_far_below_the_floor_costs_nobody_anything() -> None:
    assert {each.newly.count for each in outcomes(-170).values()} == {0}


def test_more_noise_never_helps_and_at_last_costs_the_gas_meter() -> None:
    key = ("GSME", "2.4 GHz")
    lost = [outcomes(level)[key].after.count for level in range(-120, -40, 10)]

    assert lost == sorted(lost)
    assert lost[0] < 20
    assert lost[-1] > 900


def test_the_same_homes_are_drawn_before_and_after() -> None:
    before = {each.before for each in (outcomes(level)["GSME", "2.4 GHz"] for level in (-120, -70))}

    assert len(before) == 1


def test_meter_that_carries_the_hub_is_not_lost_where_another_is() -> None:
    carried, apart = (outcomes(-65, dut)["ESME", "2.4 GHz"] for dut in (Dut.ESME, Dut.HOT_SHOE))

    assert carried.after.count == 0
    assert apart.after.count > 20


def test_second_band_saves_homes() -> None:
    told = outcomes(-85)

    single, dual = (
        told["any of them", hub].after.count for hub in ("single-band hub", "dual-band hub")
    )
    assert dual < single


def test_losing_any_is_no_rarer_than_losing_one() -> None:
    told = outcomes(-80)

    whole = told["any of them", "single-band hub"].after.count
    assert whole >= told["GSME", "2.4 GHz"].after.count
    assert whole >= told["WAN", "423 MHz"].after.count + told["WAN", "900 MHz"].after.count


def test_kinds_of_dwelling_add_up_to_the_whole() -> None:
    for outcome in outcomes(-80).values():
        assert sum(share.count for _, share in outcome.by_dwelling) == outcome.newly.count
        assert sum(share.total for _, share in outcome.by_dwelling) == outcome.newly.total


def test_every_home_has_one_wan() -> None:
    told = outcomes(-100)

    totals = [told["WAN", band].before.total for band in ("423 MHz", "900 MHz")]
    assert sum(totals) == 1000
    assert totals[0] == pytest.approx(350, abs=60)


def test_rare_bursts_cost_fewer_homes_than_noise_that_never_stops() -> None:
    key = ("GSME", "2.4 GHz")

    # as loud while they last: a mean of power shows a burst of 5 % 13 dB lower
    rare = outcomes(-83, gate=Gate(0.05))[key].newly.count
    assert rare < outcomes(-70)[key].newly.count


def test_seed_decides() -> None:
    assert outcomes(-80) == outcomes(-80)
    assert outcomes(-80) != outcomes(-80, seed=2)


def test_only_what_was_measured_is_counted() -> None:
    found = desense([flat(2399e6, 2485e6, -90)], EVERY, Gate(), SETTINGS)

    drawn = population(found, Dut.ESME, Gate(), SETTINGS, 1)

    assert {each.band for each in drawn.outcomes} == {"2.4 GHz", "single-band hub"}
