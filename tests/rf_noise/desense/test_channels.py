from dataclasses import replace

import numpy as np
import pytest

from emulator.rf_noise.bands import Network
from emulator.rf_noise.desense.channels import ChannelDesense, desense, worst
from emulator.rf_noise.desense.gate import Gate
from emulator.rf_noise.desense.receivers import receivers
from emulator.rf_noise.settings import HubSettings, RfNoiseSettings
from emulator.rf_noise.traces.trace import Detector, Trace
from tests.rf_noise.traces.spectra import flat

SETTINGS = RfNoiseSettings()
EVERY = receivers(SETTINGS.hub)


def found(*traces: Trace, gate: Gate = Gate()) -> dict[str, ChannelDesense]:  # noqa: B008 - frozen
    return {each.receiver.name: each for each in desense(traces, EVERY, gate, SETTINGS)}


def test_only_channels_that_a_trace_shows_whole_are_told() -> None:
    names = set(found(flat(2404e6, 2412e6, -100)))

    assert names == {"channel 11", "channel 12"}


def test_every_page_and_the_wan_are_told_when_all_was_measured() -> None:
    told = found(
        flat(421e6, 425e6, -120, rbw=1e4, step=5e3),
        flat(860e6, 965e6, -110),
        flat(2400e6, 2484e6, -110),
    )

    assert len(told) == len(EVERY)


def test_noise_at_the_floor_costs_3_db() -> None:
    level = EVERY[-1].noise_floor - 10 * np.log10(200e3 / 100e3)

    told = found(flat(915e6, 921e6, level))["page 31 channel 5"]

    assert told.power == pytest.approx(EVERY[-1].noise_floor, abs=0.01)
    assert told.loss == pytest.approx(3.01, abs=0.01)
    assert told.range_factor == pytest.approx(0.78, abs=0.005)


def test_line_disturbs_its_own_channel_only() -> None:
    trace = flat(2400e6, 2484e6, -130)
    trace.levels[abs(trace.frequencies - 2425e6) <= 1e5] = -80

    told = found(trace)

    assert told["channel 15"].line_power == pytest.approx(-80, abs=0.05)
    assert told["channel 15"].loss > 20
    assert told["channel 16"].loss < 0.2


def test_trace_of_power_counts_before_a_louder_one_of_peaks() -> None:
    power = flat(2400e6, 2484e6, -110)
    peak = replace(flat(2400e6, 2484e6, -98), detector=Detector.PEAK, name="peak")

    assert found(peak, power)["channel 11"].trace == "made.csv, made"
    assert found(peak)["channel 11"].trace == "made.csv, peak"


def test_louder_of_two_traces_of_power_counts() -> None:
    told = found(flat(2400e6, 2484e6, -110), flat(2400e6, 2484e6, -105))

    assert told["channel 11"].power == pytest.approx(-105 + 13.01, abs=0.01)


def test_coupling_weakens_what_reaches_the_receiver() -> None:
    settings = replace(SETTINGS, hub=HubSettings(coupling=-20))

    (told,) = desense([flat(2403e6, 2407e6, -90)], EVERY, Gate(), settings)

    assert told.power == pytest.approx(-90 + 13.01 - 20, abs=0.01)


def test_bursts_are_stronger_while_they_last() -> None:
    told = found(flat(2403e6, 2407e6, -90), gate=Gate(0.1))["channel 11"]

    assert told.on_power == pytest.approx(told.power + 10)


def test_wan_has_no_false_busy() -> None:
    told = found(flat(925e6, 960e6, -100))

    assert {each.false_busy for each in told.values()} == {None}


def test_worst_channel_of_a_band_is_named() -> None:
    trace = flat(2400e6, 2484e6, -130)
    trace.levels[abs(trace.frequencies - 2425e6) <= 1e5] = -80
    every = desense([trace], EVERY, Gate(), SETTINGS)

    bad = worst(every, "2.4 GHz", Network.HAN)

    assert bad is not None
    assert bad.receiver.number == 15
    assert worst(every, "868 MHz", Network.HAN) is None
