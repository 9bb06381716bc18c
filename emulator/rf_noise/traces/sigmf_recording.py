"""SigMF recordings of IQ samples as traces: the power spectral density by Welch's method.

SigMF says nothing of absolute level, so the recording must carry `hanlab:full_scale_dbm`: the power
in dBm of a complex tone of amplitude 1 (of the greatest integer, for samples in integers). The
resolution bandwidth is that of the window, whose noise bandwidth is known exactly.
"""

import json
from pathlib import Path
from typing import Any, Final

import numpy as np

from emulator.kernel.errors import EnvironmentFault, UsageError
from emulator.rf_noise.traces.trace import Detector, Trace

FULL_SCALE: Final = "hanlab:full_scale_dbm"
_SEGMENTS: Final = 64
"""Parts of a recording that are averaged at least, for a density within 0.6 dB."""
_LONGEST: Final = 65_536
_SHORTEST: Final = 256
_USABLE: Final = 0.8
"""Part of the sampled bandwidth that front ends pass without a slope."""
_QUIETEST: Final = 1e-30
"""Milliwatts; a recording of zeros has a level, too."""


def read_recording(path: Path) -> Trace:
    """The spectrum of a recording.

    Args:
        path: of its metadata, its samples, or an archive of both.

    Raises:
        UsageError: when it is no recording, or has no centre frequency or no absolute level.
        EnvironmentFault: when the extra `rf` is not installed.
    """
    meta = _open(path)
    rate = _number(path, meta, "core:sample_rate")
    full_scale = _number(path, meta, FULL_SCALE)
    captures = meta.get_captures()
    centre = captures[0].get("core:frequency") if captures else None
    if not isinstance(centre, int | float):
        raise UsageError(f"{path}:1: no core:frequency in captures[0]: expected the centre in Hz")
    samples = _samples(path, meta)
    return spectrum(path, samples, float(centre), rate, full_scale)


def spectrum(
    path: Path, samples: "np.ndarray[Any, Any]", centre: float, rate: float, full_scale: float
) -> Trace:
    """The power spectral density of complex samples, as a trace of an RMS detector.

    Args:
        path: where they are from.
        samples: complex, a tone of amplitude 1 having `full_scale` dBm.
        centre: Hz in the middle of the band.
        rate: samples a second.
        full_scale: dBm.

    Raises:
        UsageError: when there are too few samples.
    """
    from scipy.signal import get_window, welch  # noqa: PLC0415 - an extra

    length = _segment_length(len(samples))
    if length == 0 or not np.all(np.isfinite(samples)):
        raise UsageError(
            f"{path}: {len(samples)} samples: expected {_SHORTEST * 2} finite ones or more"
        )
    window = get_window("hann", length)
    enbw = rate * float(np.sum(window**2)) / float(np.sum(window)) ** 2
    frequencies, density = welch(
        samples, rate, window, length, return_onesided=False, detrend=False, scaling="density"
    )
    order = np.argsort(frequencies)
    inside = order[np.abs(frequencies[order]) <= rate * _USABLE / 2]
    level = 10 * np.log10(np.maximum(density[inside] * enbw, _QUIETEST)) + full_scale
    return Trace(
        source=str(path),
        name=path.stem,
        frequencies=np.asarray(frequencies[inside] + centre, dtype=np.float64),
        levels=np.asarray(level, dtype=np.float64),
        rbw=enbw,
        enbw_factor=1.0,
        filter_name=f"Welch, Hann window of {length} samples",
        detector=Detector.RMS,
        instrument="SigMF recording",
    )


def _segment_length(count: int) -> int:
    """Samples in a segment: the greatest power of two that leaves segments enough; 0 for none."""
    length = _LONGEST
    while length > _SHORTEST and count < length * _SEGMENTS // 2:
        length //= 2
    return length if count >= 2 * length else 0


def _open(path: Path) -> Any:
    try:
        from sigmf import sigmffile  # noqa: PLC0415 - an extra
    except ImportError as missing:
        raise EnvironmentFault(
            f"{path}: SigMF needs an extra: pip install 'hanlab[rf]'"
        ) from missing
    if not path.is_file():
        raise UsageError(f"{path}: no such recording")
    try:
        if path.suffix == ".sigmf-meta":
            json.loads(path.read_text("utf-8"))
        return sigmffile.fromfile(path)
    except json.JSONDecodeError as fault:
        raise UsageError(f"{path}:{fault.lineno}: no JSON: {fault.msg}") from fault
    except Exception as fault:
        raise UsageError(f"{path}: no SigMF recording: {_first_line(fault)}") from fault


def _samples(path: Path, meta: Any) -> "np.ndarray[Any, Any]":
    try:
        samples = np.asarray(meta.read_samples())
    except Exception as fault:
        raise UsageError(f"{path}: samples cannot be read: {_first_line(fault)}") from fault
    if samples.ndim != 1 or not np.iscomplexobj(samples):
        raise UsageError(
            f"{path}: {meta.get_global_field('core:datatype')}: expected one channel of IQ"
        )
    return samples


def _number(path: Path, meta: Any, name: str) -> float:
    value = meta.get_global_field(name)
    if not isinstance(value, int | float) or isinstance(value, bool) or not np.isfinite(value):
        raise UsageError(f"{path}:1: no {name} in global: expected a number")
    if name == "core:sample_rate" and value <= 0:
        raise UsageError(f"{path}:1: {name} is {value}: expected more than 0")
    return float(value)


def _first_line(fault: BaseException) -> str:
    return str(fault).strip().splitlines()[0] if str(fault).strip() else type(fault).__name__
