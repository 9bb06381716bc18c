from dataclasses import replace

from emulator.rf_noise.traces.trace import Detector, TraceMode
from tests.rf_noise.traces.spectra import flat


def test_trace_knows_its_noise_bandwidth_and_span() -> None:
    trace = replace(flat(868e6, 869e6, -100), enbw_factor=1.0645)

    assert trace.enbw == 106_450
    assert trace.span == (868e6, 869e6)


def test_rms_trace_of_close_points_leaves_no_doubt() -> None:
    assert flat(868e6, 869e6, -100).doubts == ()


def test_peak_detector_overstates_desense() -> None:
    trace = replace(flat(868e6, 869e6, -100), detector=Detector.PEAK, mode=TraceMode.MAX_HOLD)

    assert [doubt.split(":")[0] for doubt in trace.doubts] == ["peak detector", "max hold"]
    assert all("overstated" in doubt for doubt in trace.doubts)


def test_unknown_detector_and_sparse_points_are_doubts() -> None:
    trace = replace(flat(868e6, 869e6, -100, rbw=1e4), detector=None)

    assert any("names no detector" in doubt for doubt in trace.doubts)
    assert any("50 kHz apart" in doubt for doubt in trace.doubts)
