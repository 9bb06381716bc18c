from dataclasses import replace

import pytest

from emulator.lab.kept.result import Verdict
from emulator.rf_noise.findings import NO_LIMITS, examine
from emulator.rf_noise.traces.trace import Detector
from tests.rf_noise.checks import check_of
from tests.rf_noise.limits.test_margins import LIMITS
from tests.rf_noise.traces.spectra import flat


def test_without_limits_the_verdict_is_inconclusive_and_the_desense_is_told() -> None:
    found = examine(check_of(flat(862e6, 877e6, -100)))

    assert (found.verdict, found.reasons) == (Verdict.INCONCLUSIVE, (NO_LIMITS,))
    band = next(each for each in found.bands if each.band == "868 MHz")
    assert band.measured == 63
    assert band.worst is not None
    assert band.worst.loss > 10
    assert found.homes is not None


@pytest.mark.parametrize(("level", "verdict"), [(-100, Verdict.PASS), (-80, Verdict.FAIL)])
def test_limits_decide(level: float, verdict: Verdict) -> None:
    found = examine(check_of(flat(862e6, 877e6, level), limits=LIMITS))

    assert found.verdict is verdict
    assert found.reasons[0].startswith("868 MHz: ")


def test_peak_detector_is_accepted_with_a_warning() -> None:
    trace = replace(flat(862e6, 877e6, -100), detector=Detector.PEAK)

    found = examine(check_of(trace))

    assert any("desense is overstated" in warning for warning in found.warnings)


def test_band_that_was_not_measured_has_no_channel() -> None:
    found = examine(check_of(flat(862e6, 877e6, -100)))

    assert [band.measured for band in found.bands] == [0, 0, 0, 63]
    assert [len(found.reaches), found.bands[0].worst] == [1, None]


def test_trace_too_narrow_for_any_channel_says_nothing_of_homes() -> None:
    found = examine(check_of(flat(2404.9e6, 2405.1e6, -100)))

    assert (found.channels, found.homes) == ((), None)


def test_limits_of_unknown_truth_are_warned_of() -> None:
    found = examine(check_of(flat(862e6, 877e6, -100), limits=LIMITS))

    assert "X: nobody compared these limits with their source" in found.warnings
