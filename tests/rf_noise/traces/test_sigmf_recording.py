import json
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sigmf import SigMFFile

from emulator.kernel.errors import UsageError
from emulator.rf_noise.traces.reading import read_traces
from emulator.rf_noise.traces.sigmf_recording import spectrum
from emulator.rf_noise.traces.trace import Detector

RATE = 1e6
COUNT = 65_536


def noise(power: float) -> Any:
    draws = np.random.default_rng(1)
    return (draws.standard_normal(COUNT) + 1j * draws.standard_normal(COUNT)) * np.sqrt(power / 2)


def record(folder: Path, samples: Any, **fields: Any) -> Path:
    samples.astype(np.complex64).tofile(folder / "r.sigmf-data")
    known = {"core:datatype": "cf32_le", "core:sample_rate": RATE, "hanlab:full_scale_dbm": -20.0}
    known |= fields
    meta = SigMFFile(global_info={name: value for name, value in known.items() if value != ""})
    meta.add_capture(0, metadata={"core:frequency": 868.5e6})
    (folder / "r.sigmf-meta").write_text(meta.dumps())
    return folder / "r.sigmf-meta"


def test_tone_has_its_power_and_its_place() -> None:
    tone = np.exp(2j * np.pi * 0.1e6 * np.arange(COUNT) / RATE)

    trace = spectrum(Path("r"), tone, 868.5e6, RATE, -20)

    assert trace.levels.max() == pytest.approx(-20, abs=1.5)  # scalloping of a Hann window
    assert trace.frequencies[trace.levels.argmax()] == pytest.approx(868.6e6, abs=trace.rbw)


def test_noise_has_its_power_over_the_band() -> None:
    trace = spectrum(Path("r"), noise(1e-4), 868.5e6, RATE, -20)

    density = np.mean(10 ** (trace.levels / 10)) / trace.enbw
    assert 10 * np.log10(density * RATE) == pytest.approx(-60, abs=0.2)


def test_recording_of_another_library_is_read(tmp_path: Path) -> None:
    (trace,) = read_traces(record(tmp_path, noise(1e-4)))

    assert trace.detector is Detector.RMS
    assert trace.span[0] == pytest.approx(868.1e6, abs=2 * trace.rbw)
    assert trace.span[1] == pytest.approx(868.9e6, abs=2 * trace.rbw)


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"hanlab:full_scale_dbm": ""}, "no hanlab:full_scale_dbm"),
        ({"core:sample_rate": ""}, "no core:sample_rate"),
        ({"core:sample_rate": -1.0}, "core:sample_rate"),
        ({"core:datatype": "rf32_le"}, "expected one channel of IQ"),
        ({"core:datatype": "what"}, "no SigMF recording"),
    ],
)
def test_recording_that_says_too_little_is_refused(
    tmp_path: Path, fields: dict[str, Any], rule: str
) -> None:
    path = record(tmp_path, noise(1e-4), **fields)

    with pytest.raises(UsageError, match=rule):
        read_traces(path)


def test_recording_without_a_centre_is_refused(tmp_path: Path) -> None:
    path = record(tmp_path, noise(1e-4))
    document = json.loads(path.read_text())
    del document["captures"][0]["core:frequency"]
    path.write_text(json.dumps(document))

    with pytest.raises(UsageError, match="core:frequency"):
        read_traces(path)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"global": 5}', '{"global": {}}'])
def test_broken_metadata_is_refused(tmp_path: Path, text: str) -> None:
    path = record(tmp_path, noise(1e-4))
    path.write_text(text)

    with pytest.raises(UsageError, match=r"r\.sigmf-meta"):
        read_traces(path)


@pytest.mark.slow
@given(st.integers(0, 600), st.text(max_size=6), st.integers(0, 30))
@settings(max_examples=40, deadline=None)
def test_damaged_metadata_is_a_trace_or_a_usage_error(at: int, there: str, cut: int) -> None:
    with TemporaryDirectory() as folder, suppress(UsageError):
        path = record(Path(folder), noise(1e-4))
        text = path.read_text()
        path.write_text(text[:at] + there + text[at + cut :])
        read_traces(path)


def test_recording_that_is_too_short_is_refused() -> None:
    with pytest.raises(UsageError, match="511 samples"):
        spectrum(Path("r"), np.ones(511, dtype=complex), 868e6, RATE, 0)


def test_recording_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such recording"):
        read_traces(tmp_path / "none.sigmf-meta")
