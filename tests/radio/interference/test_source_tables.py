from pathlib import Path

import pytest

from emulator.kernel.errors import UsageError
from emulator.kernel.streams import Streams
from emulator.radio.interference.activity import AtTimes, OnOff, Pulses, Steady
from emulator.radio.interference.sources import Source
from emulator.radio.interference.spectra import FlatSpectrum, LineSpectrum, ofdm, oqpsk
from emulator.radio.site import read_site

HOUSE = 'name = "h"\n\n[[storey]]\nname = "g"\n\n[[device]]\nname = "CHF"\nat = [0, 0]\n'


def sources(folder: Path, text: str) -> tuple[Source, ...]:
    (folder / "plan.toml").write_text(HOUSE + text)
    return read_site(folder / "plan.toml").sources


def one(folder: Path, *lines: str) -> Source:
    text = "\n".join(('\n[[interferer]]\nname = "x"', *lines))
    (source,) = sources(folder, text + "\n")
    return source


def problem(folder: Path, *lines: str) -> str:
    with pytest.raises(UsageError) as refusal:
        one(folder, *lines)
    return str(refusal.value)


def test_wifi_has_channel_width_activity_and_the_power_that_is_allowed(tmp_path: Path) -> None:
    wifi = one(tmp_path, 'kind = "wifi"', "channel = 6", "busy = 0.4", "at = [3, 1]")

    assert wifi.spectrum == ofdm(2_437e6)
    assert wifi.activity == OnOff(0.4)
    assert wifi.power == 20
    assert wifi.place is not None
    assert (wifi.place.x, wifi.place.y) == (3, 1)


def test_wide_wifi_lies_around_both_of_its_channels(tmp_path: Path) -> None:
    wifi = one(tmp_path, 'kind = "wifi"', "channel = 1", 'width = "40"', "at = [3, 1]")

    assert wifi.spectrum == ofdm(2_422e6, 40e6)


def test_other_home_is_busy_now_and_then(tmp_path: Path) -> None:
    han = one(tmp_path, 'kind = "han"', "channel = 15", "power = 4", "at = [30, 1]")

    assert han.spectrum == oqpsk(2_425e6)
    assert isinstance(han.activity, OnOff)
    assert han.activity.busy == 0.01
    assert han.power == 4


def test_noise_is_steady_unless_told(tmp_path: Path) -> None:
    wide = one(tmp_path, 'kind = "wideband"', "from_mhz = 860", "to_mhz = 880", "at = [0, 0]")
    line = one(tmp_path, 'kind = "narrowband"', "frequency_mhz = 868.3", "at = [0, 0]")
    band = one(
        tmp_path,
        'kind = "narrowband"',
        "frequency_mhz = 868.3",
        "bandwidth_khz = 50",
        "busy = 0.5",
        "at = [0, 0]",
    )

    assert wide.spectrum == FlatSpectrum(860e6, 880e6)
    assert wide.activity == Steady()
    assert line.spectrum == LineSpectrum(868.3e6)
    assert band.spectrum == FlatSpectrum(868.275e6, 868.325e6)
    assert band.activity == OnOff(0.5)


def test_impulses_follow_the_mains_and_times_switch_a_source(tmp_path: Path) -> None:
    supply = one(
        tmp_path,
        'kind = "impulsive"',
        "from_mhz = 2400",
        "to_mhz = 2500",
        "duty = 0.2",
        'times = [["1 min", "2 min"], ["5 min", "1 h"]]',
        'receivers = ["CHF"]',
    )

    assert isinstance(supply.activity, AtTimes)
    assert supply.activity.activity == Pulses(period=supply.activity.activity.period, duty=0.2)  # type: ignore[attr-defined]  # they are pulses
    assert supply.activity.times == ((60_000_000, 120_000_000), (300_000_000, 3_600_000_000))
    assert supply.receivers == ("CHF",)
    assert supply.place is None
    assert supply.activity.bursts(Streams(1), "x", 0) == ()


def test_spectrum_comes_from_a_file_beside_the_plan_with_its_own_power(tmp_path: Path) -> None:
    (tmp_path / "s.csv").write_text("freq_hz,dbm\n2.4e9,-60\n2.5e9,-60\n")

    noisy = one(
        tmp_path, 'kind = "spectrum"', 'file = "s.csv"', "rbw_khz = 100", 'receivers = ["CHF"]'
    )

    assert noisy.power == pytest.approx(-60 + 30)
    assert noisy.spectrum.share(2.4e9, 2.45e9) == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (['kind = "radar"', "at = [0, 0]"], "kind = 'radar': expected one of wifi, han"),
        (['kind = "wifi"', "channel = 14", "at = [0, 0]"], "a whole number from 1 to 13"),
        (['kind = "wifi"', "at = [0, 0]"], "channel is missing"),
        (['kind = "wifi"', "channel = 1"], "at is missing"),
        (['kind = "wifi"', "channel = 1", "duty = 1", "at = [0, 0]"], "unknown key 'duty'"),
        (['kind = "han"', "page = 5", "channel = 1", "at = [0, 0]"], "expected one of 0, 28"),
        (['kind = "han"', "channel = 1", "at = [0, 0]"], "channel = 1: page 0 has 11 to 26"),
        (['kind = "wideband"', "from_mhz = 9", "to_mhz = 8", "at = [0, 0]"], "more than from_mhz"),
        (['kind = "wifi"', "channel = 1", "at = [0, 0]", "busy = 2"], "number from 0 to 1"),
        (
            ['kind = "wifi"', "channel = 1", "at = [0, 0]", "burst = 3"],
            'expected ["200 us", "2 ms"]',
        ),
        (
            ['kind = "wifi"', "channel = 1", "at = [0, 0]", 'burst = ["2 ms", "1 ms"]'],
            "expected the shortest, then the longest",
        ),
        (
            ['kind = "wifi"', "channel = 1", "at = [0, 0]", 'times = [["2 min", "1 min"]]'],
            "expected times in order and apart",
        ),
        (['kind = "wifi"', "channel = 1", "at = [0, 0]", "times = 3"], "expected [["),
        (
            ['kind = "wifi"', "channel = 1", "at = [0, 0]", 'times = [["soon", "1 min"]]'],
            "duration 'soon'",
        ),
        (['kind = "wifi"', "channel = 1", 'receivers = ["IHD"]'], "there is no device 'IHD'"),
        (['kind = "wifi"', "channel = 1", "receivers = 3"], 'expected names, ["CHF"]'),
        (
            [
                'kind = "impulsive"',
                "from_mhz = 1",
                "to_mhz = 2",
                'period = "0 s"',
                "at = [0, 0]",
            ],
            "expected a time above 0",
        ),
        (
            ['kind = "spectrum"', 'file = "no.csv"', "rbw_khz = 1", "at = [0, 0]"],
            "no.csv: No such file",
        ),
        (['kind = "spectrum"', "rbw_khz = 1", "at = [0, 0]"], "file is missing"),
    ],
)
def test_mistake_is_told_with_file_and_line(tmp_path: Path, lines: list[str], told: str) -> None:
    found = problem(tmp_path, *lines)

    assert told in found
    assert "plan.toml:1" in found or "plan.toml:9" in found


def test_two_interferers_of_one_name_are_refused(tmp_path: Path) -> None:
    text = '\n[[interferer]]\nname = "x"\nkind = "wifi"\nchannel = 1\nat = [0, 0]\n'

    with pytest.raises(UsageError, match=r"plan\.toml:17: interferer 2: .* of that name"):
        sources(tmp_path, text * 2)
