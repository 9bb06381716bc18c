import csv
from math import exp, lgamma, log, log1p, log10
from pathlib import Path

import pytest

from emulator.radio.phy.error_rates import packet_error_rate, success_rate
from emulator.radio.phy.oqpsk import OqpskErrorRates
from emulator.radio.phy.pages import airtime
from emulator.radio.propagation.distance import LogDistance
from emulator.radio.propagation.path_loss import Place
from emulator.radio.receiver import Receiver, decibels, milliwatts, receiver_of
from emulator.radio.settings import ReceiverSettings, ReceptionSettings

ORACLE = Path(__file__).parents[1] / "vectors/ns3_lrwpan.csv"
USUAL = ReceptionSettings()


def usual(page: int = 0) -> Receiver:
    return receiver_of(ReceiverSettings(), USUAL, page)


def rows() -> list[dict[str, str]]:
    lines = ORACLE.read_text().splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


@pytest.mark.parametrize("page", [0, 28, 31])
def test_one_short_frame_in_a_hundred_is_lost_at_sensitivity(page: int) -> None:
    receiver = usual(page)
    sensitivity = -99 if page else -100

    ratio = milliwatts(sensitivity - receiver.noise)

    assert packet_error_rate(receiver.rates, ratio, 160) == pytest.approx(0.01, rel=1e-6)


def test_noise_lies_below_sensitivity_by_the_ratio_that_is_needed() -> None:
    assert usual().noise == pytest.approx(-100.403, abs=0.001)
    assert usual(28).noise == pytest.approx(-99 - 10.9, abs=0.06)


@pytest.mark.parametrize(("channels", "rejection"), [(1, 32.0), (2, 48.0), (3, 54.0), (9, 54.0)])
def test_rejection_is_what_the_data_sheet_measures(channels: int, rejection: float) -> None:
    receiver = usual()
    wanted, other = milliwatts(-97), milliwatts(-97 + rejection)

    weight = receiver.weight(2_405_000_000, 2_405_000_000 + channels * 5_000_000)
    ratio = wanted / (milliwatts(receiver.noise) + other * weight)

    assert packet_error_rate(receiver.rates, ratio, 160) == pytest.approx(0.01, rel=0.05)


def test_frame_three_decibels_above_another_comes_through() -> None:
    receiver = usual()
    assert receiver.weight(2_405_000_000, 2_405_000_000) == 1

    def lost(stronger: float) -> float:
        ratio = milliwatts(-60 + stronger) / (milliwatts(-60) * receiver.same)
        return packet_error_rate(receiver.rates, ratio, 160)

    assert lost(3.0) == pytest.approx(0.01, rel=0.01)
    assert lost(0.0) > 0.8


def test_sub_ghz_channels_reject_their_neighbours() -> None:
    receiver = usual(28)
    base = 863_250_000

    weights = [receiver.weight(base, base + step * 200_000) for step in range(4)]

    assert weights == sorted(weights, reverse=True)
    assert weights[2] == weights[3]


def test_frame_is_certain_at_the_clear_ratio() -> None:
    for page in (0, 28):
        receiver = usual(page)
        longest = 8 * (12 + 127)
        assert success_rate(receiver.rates, receiver.clear(), longest) > 1 - 2e-9


def test_power_in_milliwatts_and_back() -> None:
    assert milliwatts(-30) == pytest.approx(0.001)
    assert decibels(milliwatts(-77.7)) == pytest.approx(-77.7)
    assert decibels(0) == float("-inf")


# ns-3.44, its own assumptions: the whole PPDU of 24 octets counts (192 bits), and noise is kT over
# 5 MHz at 290 K, raised by the noise factor that its ideal sensitivity of -106.58 dBm defines.
BITS = airtime(18) * 250_000 // 1_000_000
NOISE = 10 * log10(1.3803e-23 * 290 * 5e6 * 1e3)


def test_oracle_is_whole() -> None:
    assert BITS == 192
    assert len(rows()) == 191


@pytest.mark.parametrize("row", rows(), ids=lambda row: "_".join(row.values()))
def test_share_of_packets_is_that_of_ns_3(row: dict[str, str]) -> None:
    noise = NOISE + float(row["rx_sensitivity_dbm"]) + 106.58
    where = float(row["rss_dbm_or_distance_m"])
    if row["kind"] == "dist":
        rss = -LogDistance(3.0, 46.6777).loss(Place("a"), Place("b", where), 2.4e9)
    else:
        rss = where

    chance = success_rate(OqpskErrorRates(), milliwatts(rss - noise), BITS)

    low, high = binomial_bounds(int(row["sent"]), chance)
    assert low <= int(row["received"]) <= high


@pytest.mark.parametrize("sensitivity", [-106.58, -100.0, -92.0])
def test_noise_by_sensitivity_is_that_of_ns_3(sensitivity: float) -> None:
    ours = receiver_of(ReceiverSettings(sensitivity=sensitivity), USUAL).noise

    assert ours == pytest.approx(NOISE + sensitivity + 106.58, abs=0.01)


def binomial_bounds(trials: int, chance: float, outside: float = 0.001) -> tuple[int, int]:
    """The counts that hold all but `outside` of the binomial distribution, half at each end."""
    low, high, total = trials, 0, 0.0
    for count, share in enumerate(binomial(trials, chance)):
        total += share
        if total >= outside / 2:
            low = min(low, count)
        if total < 1 - outside / 2:
            high = count + 1
    return low, min(high, trials)


def binomial(trials: int, chance: float) -> list[float]:
    """Probabilities of every count, by logarithms."""
    if chance in (0.0, 1.0):
        return [float(count == trials * chance) for count in range(trials + 1)]
    return [
        exp(
            lgamma(trials + 1)
            - lgamma(count + 1)
            - lgamma(trials - count + 1)
            + count * log(chance)
            + (trials - count) * log1p(-chance)
        )
        for count in range(trials + 1)
    ]
