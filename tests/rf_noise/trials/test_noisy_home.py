import pytest

from emulator.rf_noise.desense.gate import Gate
from tests.rf_noise.trials.homes import noisy_home


def test_trace_is_among_the_inputs_of_the_run() -> None:
    names = [each.path.rpartition("/")[2] for each in noisy_home().lab.inputs]

    assert names == ["terrace.toml", "noisy-esme-2400.csv"]


@pytest.mark.slow
def test_meter_answers_in_a_little_noise_and_not_in_much() -> None:
    home = noisy_home()
    home.install("ESME", "GSME")
    meter = home.lab.home().device("GSME")

    home.make_noise(10)
    assert home.answers(meter)
    home.make_noise(60)
    assert not home.answers(meter, "3 min")
    home.be_quiet()
    assert home.answers(meter)


def test_hub_that_listens_for_frames_only_bears_noise_up_to_what_frames_bear() -> None:
    busy, deaf = noisy_home(), noisy_home("reception.assessment=carrier")
    for home in (busy, deaf):
        home.install("ESME", "GSME")
        home.make_noise(33)  # -69 dBm in the channel: busy, but weaker than the meter
    answers = [bool(each.answers(each.lab.home().device("GSME"))) for each in (busy, deaf)]

    assert answers == [False, True]


def test_noise_is_none_without_a_source_and_rises_with_it() -> None:
    home = noisy_home()

    assert home.noise() == -200
    home.make_noise(0)
    quiet = home.noise()
    home.make_noise(12)
    assert home.noise() == pytest.approx(quiet + 12)


def test_bearable_is_the_threshold_of_a_strong_link_and_the_signal_of_a_weak_one() -> None:
    home = noisy_home()
    best = max(home.strength("HCALCS", place) for place in ("CHF", "ESME"))

    assert home.bearable("GSME") == -75.0
    assert home.bearable("HCALCS") == pytest.approx(best - 0.403, abs=0.01)


def test_hub_that_listens_for_frames_bears_what_leaves_signal_enough() -> None:
    home = noisy_home("reception.assessment=carrier")

    best = max(home.strength("GSME", place) for place in ("CHF", "ESME"))
    assert home.bearable("GSME") == pytest.approx(best - 0.403, abs=0.01)
    assert best > -75


def test_frames_are_lost_and_the_channel_is_busy_as_noise_grows() -> None:
    home = noisy_home()

    lost = [home.lost_frames("GSME", noise) for noise in (-120, -68, -40)]
    assert lost[0] < 1e-6 < lost[1] < lost[2]
    assert [round(home.busy(noise)) for noise in (-80, -70)] == [0, 1]


def test_bursts_lose_no_more_than_their_share() -> None:
    home = noisy_home(gate=Gate(0.2))

    assert home.lost_frames("GSME", -20) == pytest.approx(0.2)


def test_every_link_loses_the_same_margin() -> None:
    links = noisy_home().margins(-90)

    assert {link.other for link in links} == {"ESME", "GSME", "PPMID", "HCALCS", "IHD", "CAD"}
    fallen = [link.before - link.margin for link in links]
    assert fallen == pytest.approx([fallen[0]] * 6)
    assert fallen[0] == pytest.approx(10.8, abs=0.1)
