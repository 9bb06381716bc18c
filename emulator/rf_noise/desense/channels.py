"""Every receiver that a set of traces covers, with what the noise there costs it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

import numpy as np

from emulator.rf_noise.bands import Network
from emulator.rf_noise.desense.gate import Gate
from emulator.rf_noise.desense.losses import false_busy, noise_rise, range_factor, sensitivity_loss
from emulator.rf_noise.desense.receivers import Receiver
from emulator.rf_noise.desense.spectrum import Spectrum, spectrum_of
from emulator.rf_noise.settings import RfNoiseSettings
from emulator.rf_noise.traces.trace import DOUBTS, Trace

_QUIETEST: Final = 1e-20
"""mW: a power that is zero has a logarithm, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelDesense:
    """One receiver and the noise in its channel.

    Args:
        receiver: which.
        trace: the trace that shows its channel.
        power: of the noise in the channel, as measured, dBm at the receiver.
        line_power: of the lines among it, dBm.
        on_power: while the noise is on, dBm.
        loss: of sensitivity (HAN) or of link margin (WAN), dB.
        range_factor: by what distances shrink.
        false_busy: probability that the silent channel is found busy; None for the WAN.
    """

    receiver: Receiver
    trace: str
    power: float
    line_power: float
    on_power: float
    loss: float
    range_factor: float
    false_busy: float | None


def desense(
    traces: Sequence[Trace], there: Iterable[Receiver], gate: Gate, settings: RfNoiseSettings
) -> tuple[ChannelDesense, ...]:
    """What the noise costs every receiver whose channel some trace shows whole.

    Where several do, the one counts whose power is least in doubt, and of equals the louder.
    """
    spectra = [spectrum_of(trace, settings.hub.line_threshold) for trace in traces]
    found: list[ChannelDesense] = []
    for _, group in groupby(there, key=_kind):
        alike = list(group)
        best: dict[str, tuple[int, float, ChannelDesense]] = {}
        for spectrum in spectra:
            doubts = _doubts(spectrum.trace)
            for each in _of_spectrum(spectrum, alike, gate, settings):
                rank = (-doubts, each.power, each)
                before = best.get(each.receiver.name)
                if before is None or rank[:2] > before[:2]:
                    best[each.receiver.name] = rank
        found += [best[receiver.name][2] for receiver in alike if receiver.name in best]
    return tuple(found)


def _kind(receiver: Receiver) -> tuple[str, int]:
    return receiver.band, -1 if receiver.phy is None else receiver.phy.page


def _doubts(trace: Trace) -> int:
    return (trace.detector in DOUBTS) + (trace.mode in DOUBTS)


def _of_spectrum(
    spectrum: Spectrum, alike: list[Receiver], gate: Gate, settings: RfNoiseSettings
) -> list[ChannelDesense]:
    """The receivers of one kind that a spectrum covers."""
    shown = [receiver for receiver in alike if spectrum.covers(*receiver.edges)]
    if not shown:
        return []
    low = np.array([receiver.edges[0] for receiver in shown])
    high = np.array([receiver.edges[1] for receiver in shown])
    coupled = 10 ** (settings.hub.coupling / 10)
    lines = spectrum.line_power(low, high) * coupled
    power = spectrum.noise(low, high) * coupled + lines
    on = gate.while_on(power, spectrum.trace.detector)
    first = shown[0]
    if first.phy is None:
        losses, busy = noise_rise(on, first.noise_floor), None
    else:
        losses = sensitivity_loss(on, first.noise_floor, first.phy, gate)
        busy = false_busy(on, first.noise_floor, first.phy, gate)
    factors = range_factor(losses, settings.link.exponent)
    return [
        ChannelDesense(
            receiver=receiver,
            trace=spectrum.trace.label,
            power=_dbm(power[index]),
            line_power=_dbm(lines[index]),
            on_power=_dbm(on[index]),
            loss=float(losses[index]),
            range_factor=float(factors[index]),
            false_busy=None if busy is None else float(busy[index]),
        )
        for index, receiver in enumerate(shown)
    ]


def worst(found: Sequence[ChannelDesense], band: str, network: Network) -> ChannelDesense | None:
    """The channel of a band that loses most; None when none was measured."""
    there = [each for each in found if each.receiver.band == band]
    return max(
        (each for each in there if each.receiver.network is network),
        key=lambda each: each.loss,
        default=None,
    )


def _dbm(power: float) -> float:
    return float(10 * np.log10(max(power, _QUIETEST)))
