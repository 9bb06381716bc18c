import pytest

from emulator.rf_noise.traces.spellings import detector, noise_factor, trace_mode
from emulator.rf_noise.traces.trace import Detector, TraceMode


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("RMS", Detector.RMS),
        ("MAXPEAK", Detector.PEAK),
        ("AUTOPEAK", Detector.PEAK),
        ("MINPEAK", Detector.NEGATIVE_PEAK),
        ("QUASIPEAK", Detector.QUASI_PEAK),
        ("Neg Peak", Detector.NEGATIVE_PEAK),
        ("Sample Detector", Detector.SAMPLE),
        ("average", Detector.AVERAGE),
        ("eye", None),
    ],
)
def test_detectors_are_read_as_instruments_spell_them(text: str, found: Detector | None) -> None:
    assert detector(text) is found


def test_trace_modes_are_read_as_instruments_spell_them() -> None:
    assert trace_mode("CLR/WRITE") is TraceMode.CLEAR_WRITE
    assert trace_mode("MAXHOLD") is TraceMode.MAX_HOLD
    assert trace_mode("TraceAverage") is TraceMode.AVERAGE
    assert trace_mode("VIEW") is None


def test_noise_bandwidth_of_a_gaussian_filter_is_what_its_integral_gives() -> None:
    step = 1e-4
    at = [index * step for index in range(-50_000, 50_001)]
    of_3_db = sum(0.5 ** ((2 * x) ** 2) for x in at) * step
    of_6_db = sum(0.25 ** ((2 * x) ** 2) for x in at) * step

    found = [noise_factor(text) for text in ("3dB", "6 dB")]
    assert [each[0] for each in found if each] == pytest.approx([of_3_db, of_6_db], abs=1e-4)
    assert noise_factor("brick") is None
