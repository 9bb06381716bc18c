import pytest

from emulator.lab.kept.result import Verdict
from emulator.rf_noise.pictures.rising_noise import Answer
from emulator.rf_noise.trials.rising_noise import (
    Rise,
    await_return,
    louder_trace,
    raise_noise,
    show_rise,
)
from tests.rf_noise.trials.homes import noisy_home


def rise(lost_at: float, bearable: float) -> Rise:
    return Rise((Answer(0, -90, "1 s", 0, 0), Answer(20, lost_at, "", 0, 0)), bearable)


@pytest.mark.parametrize(
    ("lost_at", "expected"), [(-82, False), (-80, True), (-75, True), (-64, True), (-60, False)]
)
def test_loss_is_expected_near_what_the_link_budget_bears(lost_at: float, expected: bool) -> None:
    assert rise(lost_at, -75).expected is expected
    assert f"at {lost_at:.1f} dBm" in rise(lost_at, -75).words


def test_meter_that_is_never_lost_is_not_expected() -> None:
    never = Rise((Answer(0, -90, "1 s", 0, 0),), -75)

    assert not never.expected
    assert "never" in never.words


def test_noise_rises_until_the_meter_is_lost_and_no_further() -> None:
    home = noisy_home()
    home.install("ESME", "GSME")
    meter = home.lab.home().device("GSME")

    found = raise_noise(home, meter, range(20, 60, 10))
    lost = home.lab.steps[-1].detail
    await_return(home, meter)
    show_rise(home, meter, found)

    assert [bool(each.took) for each in found.answers] == [True, False]
    assert found.expected
    assert lost.endswith("reads the hub no more: lost")
    assert home.lab.steps[-1].verdict is Verdict.PASS
    titles = [picture.title for picture in home.lab.pictures]
    assert [title.split()[0] for title in titles] == ["GSME", "Spectrum", "Channel", "Floor"]


def test_louder_trace_says_so() -> None:
    trace = noisy_home().trace

    louder = louder_trace(trace, 5)

    assert louder.name.endswith("+5 dB")
    assert (louder.levels - trace.levels) == pytest.approx(5)
