import numpy as np
import pytest

from emulator.kernel.errors import UsageError
from emulator.rf_noise.desense.gate import Gate
from emulator.rf_noise.traces.trace import Detector

ON, OFF = np.log(np.array([0.2])), np.log(np.array([0.9]))


def test_noise_that_never_stops_decides_alone() -> None:
    assert Gate().success(ON, OFF, 1e-3) == pytest.approx([0.2])


def test_slow_bursts_hit_some_frames() -> None:
    assert Gate(0.25).success(ON, OFF, 1e-3) == pytest.approx([0.25 * 0.2 + 0.75 * 0.9])


def test_fast_bursts_hit_some_bits_of_every_frame() -> None:
    assert Gate(0.25, 20e-6).success(ON, OFF, 1e-3) == pytest.approx([0.2**0.25 * 0.9**0.75])


def test_mean_power_is_what_is_on_times_the_duty() -> None:
    power = np.array([1.0])

    assert Gate(0.1).while_on(power, Detector.RMS) == pytest.approx([10.0])
    assert Gate(0.1).while_on(power, Detector.PEAK) == pytest.approx([1.0])


@pytest.mark.parametrize("duty", [0.0, -1.0, 1.1, float("nan")])
def test_what_is_no_duty_is_refused(duty: float) -> None:
    with pytest.raises(UsageError, match="--duty"):
        Gate(duty)


def test_what_is_no_time_is_refused() -> None:
    with pytest.raises(UsageError, match="--repetition"):
        Gate(0.5, 0.0)
