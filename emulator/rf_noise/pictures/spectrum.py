"""A band as it was measured: traces, the mask, its worst point, and who receives there."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from matplotlib.axes import Axes

from emulator.lab.kept.result import Picture
from emulator.rf_noise.bands import Band
from emulator.rf_noise.limits.limits import BandLimit
from emulator.rf_noise.limits.margins import BandMargin
from emulator.rf_noise.pictures.drawing import FAINT, INK, ORANGE, SERIES, Drawing
from emulator.rf_noise.traces.trace import Trace

_MEGA: Final = 1e6
_MOST_POINTS: Final = 4_000
"""More than a picture has columns."""


def spectrum_picture(
    band: Band,
    traces: Sequence[Trace],
    limit: BandLimit | None,
    margin: BandMargin | None,
    mask: str = "",
) -> Picture:
    """The picture of a band.

    Args:
        band: of Annex F.
        traces: those that overlap it.
        limit: its mask, where there is one.
        margin: what came of the mask.
        mask: what its limits are called, and that they are made up where they are.
    """
    drawing = Drawing()
    (axes,) = drawing.axes()
    for low, high in band.segments:
        axes.axvspan(low / _MEGA, high / _MEGA, color="#f1f1ec", zorder=0)
    for index, trace in enumerate(traces):
        _draw_trace(axes, trace, SERIES[index % len(SERIES)])
    if limit is not None and traces:
        _draw_mask(axes, limit, traces[0], mask)
    if margin is not None and margin.worst is not None and margin.level is not None:
        _mark_worst(axes, margin.worst / _MEGA, margin.level, margin.margin or 0.0)
    low, high = _window(band, traces)
    axes.set_xlim(low / _MEGA, high / _MEGA)
    axes.set_xlabel("MHz")
    axes.set_ylabel("dBm in the RBW")
    drawing.legend()
    return drawing.picture(_title(band, limit, margin), _caption(band, limit, margin))


def _draw_trace(axes: Axes, trace: Trace, colour: str) -> None:
    every = max(1, len(trace.levels) // _MOST_POINTS)
    how = trace.detector.value if trace.detector is not None else "detector not stated"
    axes.plot(
        trace.frequencies[::every] / _MEGA,
        trace.levels[::every],
        color=colour,
        linewidth=1.0,
        label=f"{trace.label} ({how}, {trace.rbw / 1e3:.3g} kHz)",
    )


def _draw_mask(axes: Axes, limit: BandLimit, trace: Trace, name: str) -> None:
    at = np.linspace(*limit.edges, 600)
    steps = np.array([frequency for frequency, _ in limit.points])
    at = np.unique(np.concatenate((at, steps, steps + 1.0)))
    level = limit.at(np.clip(at, *limit.edges), trace.enbw)
    label = f"mask {name}".strip()
    axes.plot(at / _MEGA, level, color=INK, linewidth=1.8, linestyle="--", label=label)


def _mark_worst(axes: Axes, frequency: float, level: float, margin: float) -> None:
    axes.plot([frequency], [level], marker="o", markersize=6, color=ORANGE, markeredgecolor="white")
    told = f"{abs(margin):.1f} dB {'below' if margin >= 0 else 'above'}\n{frequency:.3f} MHz"
    axes.annotate(
        told,
        (frequency, level),
        xytext=(8, -4),
        textcoords="offset points",
        va="top",
        fontsize=8.5,
        color=INK,
        bbox={"boxstyle": "round,pad=0.25", "facecolor": "white", "edgecolor": FAINT},
    )


def _window(band: Band, traces: Sequence[Trace]) -> tuple[float, float]:
    """What of the traces lies in the band, and a twentieth beside it."""
    shown = [segment for segment in band.segments if any(_meets(each, segment) for each in traces)]
    low = min(segment[0] for segment in shown or band.segments)
    high = max(segment[1] for segment in shown or band.segments)
    return low - (high - low) / 20, high + (high - low) / 20


def _meets(trace: Trace, segment: tuple[float, float]) -> bool:
    return trace.span[0] < segment[1] and segment[0] < trace.span[1]


def _title(band: Band, limit: BandLimit | None, margin: BandMargin | None) -> str:
    if limit is None or margin is None:
        return f"Spectrum at {band.name}, without limits"
    return f"Spectrum at {band.name} with its mask: {margin.verdict.value}"


def _caption(band: Band, limit: BandLimit | None, margin: BandMargin | None) -> str:
    shaded = f"Shaded: where the {band.network.value} receives. "
    if limit is None or margin is None:
        return f"{shaded}There is no mask, so nothing is judged ({band.clause})."
    return f"{shaded}{margin.reason[:1].upper()}{margin.reason[1:]} ({band.clause})."
