"""A trace as a source of interference: what a CHAS picked up, where the hub's antenna is."""

from math import log10

from emulator.kernel.units import seconds
from emulator.radio.interference.activity import Activity, Pulses, Steady
from emulator.radio.interference.sources import Source
from emulator.radio.interference.spectra import MeasuredSpectrum
from emulator.rf_noise.desense.gate import Gate
from emulator.rf_noise.traces.trace import Trace


def noise_source(
    name: str, trace: Trace, receivers: tuple[str, ...], gate: Gate, louder: float = 0.0
) -> Source:
    """The noise of a trace at the places that take it in.

    A line in a trace is as wide as the filter, and its area is its power: no more is needed for it.

    Args:
        name: by which the source is known.
        trace: levels at the port, dBm in the RBW.
        receivers: the places that hear it; all others do not.
        gate: when it is on.
        louder: than it was measured, dB.
    """
    density = 10 ** (trace.levels / 10) / trace.enbw
    spectrum = MeasuredSpectrum(tuple(trace.frequencies.tolist()), tuple(density.tolist()))
    measured = 10 * log10(spectrum.power)
    while_on = 0.0 if gate.continuous else -10 * log10(gate.duty)
    return Source(
        name=name,
        power=measured + while_on + louder,
        spectrum=spectrum,
        activity=_activity(gate),
        receivers=receivers,
    )


def _activity(gate: Gate) -> Activity:
    if gate.continuous:
        return Steady()
    period = seconds(0.02 if gate.repetition is None else gate.repetition)
    return Pulses(period, gate.duty)
