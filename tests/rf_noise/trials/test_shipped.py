import pytest

from emulator.rf_noise.limits.limits_file import read_limits
from emulator.rf_noise.traces.trace import Detector
from emulator.rf_noise.trials.shipped import EXAMPLE_LIMITS, FOLDER, shipped_path, shipped_trace

NAMES = sorted(path.name for path in (FOLDER / "spectra").iterdir())


@pytest.mark.parametrize("name", NAMES)
def test_shipped_trace_is_read_and_has_no_doubt(name: str) -> None:
    trace = shipped_trace(name)

    assert trace.detector is Detector.RMS
    assert trace.doubts == ()
    assert shipped_path(name).exists()


def test_shipped_limits_are_made_up() -> None:
    assert read_limits(EXAMPLE_LIMITS).fictitious
