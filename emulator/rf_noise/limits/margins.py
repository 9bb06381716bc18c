"""Traces against masks: the margin of each band, its worst point, and the verdict of a rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from emulator.lab.kept.result import Verdict
from emulator.rf_noise.limits.limits import BandLimit, DecisionRule, Limits
from emulator.rf_noise.traces.trace import Trace

_SAME: Final = 0.05
"""Bandwidths that differ by less than a twentieth are the same; instruments round."""


@dataclass(frozen=True, slots=True)
class BandMargin:
    """How far a band stays below its mask.

    Args:
        band: its name.
        verdict: of the band.
        margin: dB between the mask and the worst point, negative above it; None without one.
        worst: Hz of that point.
        level: dBm of that point.
        limit: dBm of the mask there.
        trace: which trace that is.
        reason: the verdict in words.
    """

    band: str
    verdict: Verdict
    margin: float | None
    worst: float | None
    level: float | None
    limit: float | None
    trace: str
    reason: str


def margins(traces: Sequence[Trace], limits: Limits) -> tuple[BandMargin, ...]:
    """The margin of every band of the limits, in their order."""
    return tuple(_margin(traces, band, limits) for band in limits.bands)


def overall(bands: Sequence[BandMargin]) -> Verdict:
    """The verdict of all bands: the gravest; inconclusive without a band."""
    reached = {band.verdict for band in bands}
    for verdict in (Verdict.FAIL, Verdict.INCONCLUSIVE, Verdict.PASS):
        if verdict in reached:
            return verdict
    return Verdict.INCONCLUSIVE


def _margin(traces: Sequence[Trace], band: BandLimit, limits: Limits) -> BandMargin:
    there = [trace for trace in traces if _overlap(trace, band)]
    usable = [trace for trace in there if not _differences(trace, band)]
    if not there:
        return _undecided(band, "not measured")
    worst = min((_worst(trace, band) for trace in usable or there), key=lambda found: found[0])
    margin, frequency, level, limit, name = worst
    if not usable:
        told = "; ".join(f"{each.label}: {', '.join(_differences(each, band))}" for each in there)
        verdict, reason = Verdict.INCONCLUSIVE, f"not measured as the limits ask: {told}"
    else:
        verdict, reason = _decided(margin, limits)
        gaps = _gaps(usable, band)
        if gaps and verdict is Verdict.PASS:
            verdict = Verdict.INCONCLUSIVE
        if gaps:
            reason = f"{reason}; not measured: {gaps}"
    return BandMargin(band.name, verdict, margin, frequency, level, limit, name, reason)


def _undecided(band: BandLimit, reason: str) -> BandMargin:
    return BandMargin(band.name, Verdict.INCONCLUSIVE, None, None, None, None, "", reason)


def _decided(margin: float, limits: Limits) -> tuple[Verdict, str]:
    if limits.rule is DecisionRule.SIMPLE:
        within = margin >= 0
        return (
            Verdict.PASS if within else Verdict.FAIL,
            f"{abs(margin):.1f} dB {'below' if within else 'above'} the mask",
        )
    guard = limits.guard_band
    if margin >= guard:
        return Verdict.PASS, f"{margin:.1f} dB below the mask, guard band {guard:g} dB"
    if margin < -guard:
        return Verdict.FAIL, f"{-margin:.1f} dB above the mask, guard band {guard:g} dB"
    side = "below" if margin >= 0 else "above"
    return (
        Verdict.INCONCLUSIVE,
        f"{abs(margin):.1f} dB {side} the mask, within the guard band of {guard:g} dB",
    )


def _overlap(trace: Trace, band: BandLimit) -> bool:
    return bool(np.any(_inside(trace, band)))


def _inside(trace: Trace, band: BandLimit) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    low, high = band.edges
    return (trace.frequencies >= low) & (trace.frequencies <= high)


def _differences(trace: Trace, band: BandLimit) -> list[str]:
    """In what the trace was taken otherwise than the mask asks."""
    told = []
    if abs(trace.rbw / band.rbw - 1) > _SAME:
        told.append(f"RBW {trace.rbw / 1e3:g} kHz, asked {band.rbw / 1e3:g} kHz")
    if band.vbw is not None and (trace.vbw is None or abs(trace.vbw / band.vbw - 1) > _SAME):
        taken = "not stated" if trace.vbw is None else f"{trace.vbw / 1e3:g} kHz"
        told.append(f"VBW {taken}, asked {band.vbw / 1e3:g} kHz")
    if trace.detector is not band.detector:
        taken = "not stated" if trace.detector is None else trace.detector.value
        told.append(f"detector {taken}, asked {band.detector.value}")
    return told


def _worst(trace: Trace, band: BandLimit) -> tuple[float, float, float, float, str]:
    inside = _inside(trace, band)
    frequencies, levels = trace.frequencies[inside], trace.levels[inside]
    limit = band.at(frequencies, trace.enbw)
    at = int(np.argmin(limit - levels))
    margin = float(limit[at] - levels[at])
    return margin, float(frequencies[at]), float(levels[at]), float(limit[at]), trace.label


def _gaps(traces: Sequence[Trace], band: BandLimit) -> str:
    """The parts of a band that no trace covers, to within a point of each trace."""
    low, high = band.edges
    told = []
    reached = low
    for trace in sorted(traces, key=lambda each: each.span):
        step = float(np.max(np.diff(trace.frequencies)))
        if trace.span[0] - step > reached:
            told.append(f"{reached / 1e6:g} to {trace.span[0] / 1e6:g} MHz")
        reached = max(reached, trace.span[1] + step)
    if reached < high:
        told.append(f"{(reached) / 1e6:g} to {high / 1e6:g} MHz")
    return ", ".join(told)
