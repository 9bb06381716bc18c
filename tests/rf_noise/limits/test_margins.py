from dataclasses import replace

import numpy as np
import pytest

from emulator.lab.kept.result import Verdict
from emulator.rf_noise.limits.limits import DecisionRule, Limits
from emulator.rf_noise.limits.limits_file import parse_limits
from emulator.rf_noise.limits.margins import BandMargin, margins, overall
from emulator.rf_noise.traces.trace import Detector, Trace
from tests.rf_noise.limits.test_limits_file import GOOD
from tests.rf_noise.traces.spectra import flat

LIMITS = parse_limits("l.toml", GOOD.encode())
GUARDED = replace(LIMITS, rule=DecisionRule.GUARD_BAND, guard_band=2.0)


def judged(level: float, limits: Limits = LIMITS) -> BandMargin:
    (margin,) = margins([flat(862e6, 877e6, level)], limits)
    return margin


@pytest.mark.parametrize(
    ("level", "simple", "guarded"),
    [
        (-95.0, Verdict.PASS, Verdict.PASS),
        (-92.0, Verdict.PASS, Verdict.PASS),
        (-91.0, Verdict.PASS, Verdict.INCONCLUSIVE),
        (-90.0, Verdict.PASS, Verdict.INCONCLUSIVE),
        (-89.0, Verdict.FAIL, Verdict.INCONCLUSIVE),
        (-87.0, Verdict.FAIL, Verdict.FAIL),
    ],
)
def test_rule_makes_the_margin_a_verdict(level: float, simple: Verdict, guarded: Verdict) -> None:
    assert judged(level).margin == pytest.approx(-90 - level)
    assert judged(level).verdict is simple
    assert judged(level, GUARDED).verdict is guarded


def test_worst_point_is_named() -> None:
    trace = flat(862e6, 877e6, -100)
    trace.levels[np.argmin(abs(trace.frequencies - 870e6))] = -85

    (margin,) = margins([trace], LIMITS)

    assert (margin.worst, margin.level, margin.limit, margin.margin) == (870e6, -85, -90, -5)
    assert margin.trace == "made.csv, made"


def test_noise_outside_the_band_is_not_judged() -> None:
    trace = flat(862e6, 877e6, -100)
    trace.levels[0] = -20

    assert margins([trace], LIMITS)[0].verdict is Verdict.PASS


def test_band_that_was_not_measured_is_inconclusive() -> None:
    (margin,) = margins([flat(925e6, 960e6, -100)], LIMITS)

    assert (margin.verdict, margin.margin, margin.reason) == (
        Verdict.INCONCLUSIVE,
        None,
        "not measured",
    )


@pytest.mark.parametrize(
    ("spans", "verdict"),
    [
        ([(863e6, 876e6)], Verdict.PASS),
        ([(863e6, 870e6)], Verdict.INCONCLUSIVE),
        ([(864e6, 876e6)], Verdict.INCONCLUSIVE),
        ([(863e6, 870e6), (870e6, 876e6)], Verdict.PASS),
        ([(863e6, 868e6), (870e6, 876e6)], Verdict.INCONCLUSIVE),
    ],
)
def test_band_passes_only_when_all_of_it_was_measured(
    spans: list[tuple[float, float]], verdict: Verdict
) -> None:
    (margin,) = margins([flat(low, high, -100) for low, high in spans], LIMITS)

    assert margin.verdict is verdict
    assert ("not measured" in margin.reason) is (verdict is Verdict.INCONCLUSIVE)


def test_part_of_a_band_is_enough_to_fail() -> None:
    assert margins([flat(863e6, 870e6, -50)], LIMITS)[0].verdict is Verdict.FAIL


@pytest.mark.parametrize(
    "trace",
    [
        flat(862e6, 877e6, -100, rbw=1e4),
        replace(flat(862e6, 877e6, -100), detector=Detector.PEAK),
        replace(flat(862e6, 877e6, -100), detector=None),
    ],
    ids=["rbw", "peak", "no detector"],
)
def test_trace_that_was_taken_otherwise_decides_nothing(trace: Trace) -> None:
    (margin,) = margins([trace], LIMITS)

    assert margin.verdict is Verdict.INCONCLUSIVE
    assert "not measured as the limits ask" in margin.reason
    assert margin.margin == pytest.approx(10)


def test_trace_that_was_taken_as_asked_is_judged_beside_another() -> None:
    peak = replace(flat(862e6, 877e6, -80), detector=Detector.PEAK)

    (margin,) = margins([peak, flat(862e6, 877e6, -100)], LIMITS)

    assert margin.verdict is Verdict.PASS


def test_gravest_band_decides() -> None:
    good, bad = judged(-100), judged(-80)

    assert overall([good, bad]) is Verdict.FAIL
    assert overall([good, replace(good, verdict=Verdict.INCONCLUSIVE)]) is Verdict.INCONCLUSIVE
    assert overall([good]) is Verdict.PASS
    assert overall([]) is Verdict.INCONCLUSIVE
