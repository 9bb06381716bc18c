"""From the input of the analyser back to the port of the CHAS: cables, amplifiers, measured paths.

What a trace shows is what the port gave, less the loss of cables, plus the gain of amplifiers,
times |S21| between them. A one-port file (.s1p) corrects for the power that a mismatched port
reflects, 1 - |S11|^2.
"""

import io
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from emulator.kernel.errors import EnvironmentFault, UsageError
from emulator.rf_noise.octets import read_octets
from emulator.rf_noise.traces.trace import Series, Trace

_SUFFIXES: Final = (".s1p", ".s2p")
_DARK: Final = 1e-10
"""|S21| or reflected share below which a path passes nothing that could be corrected."""


@dataclass(frozen=True, slots=True, eq=False)
class MeasuredPath:
    """A path as a Touchstone file has it.

    Args:
        source: the file.
        parameter: S21, or what S11 lets through.
        frequencies: Hz, rising.
        gain: dB from the port to the analyser.
    """

    source: str
    parameter: str
    frequencies: Series
    gain: Series


@dataclass(frozen=True, slots=True)
class Corrections:
    """What lies between the port and the analyser.

    Args:
        cable_loss: dB.
        amplifier_gain: dB.
        paths: measured.
    """

    cable_loss: float = 0.0
    amplifier_gain: float = 0.0
    paths: tuple[MeasuredPath, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """Each correction in words, for reports."""
        told = []
        if self.cable_loss:
            told.append(f"+{self.cable_loss:g} dB loss of cables")
        if self.amplifier_gain:
            told.append(f"-{self.amplifier_gain:g} dB gain of amplifiers")
        return (*told, *(f"{path.parameter} of {path.source}" for path in self.paths))

    def applied(self, trace: Trace) -> Trace:
        """The trace as the port gave it.

        Raises:
            UsageError: when a measured path does not cover the trace.
        """
        levels = trace.levels + (self.cable_loss - self.amplifier_gain)
        for path in self.paths:
            low, high = float(path.frequencies[0]), float(path.frequencies[-1])
            if trace.span[0] < low or trace.span[1] > high:
                raise UsageError(
                    f"{path.source}: {low / 1e6:g} to {high / 1e6:g} MHz do not cover {trace.name} "
                    f"of {trace.source}, {trace.span[0] / 1e6:g} to {trace.span[1] / 1e6:g} MHz"
                )
            levels = levels - np.interp(trace.frequencies, path.frequencies, path.gain)
        return replace(trace, levels=levels)

    def applied_to_all(self, traces: Sequence[Trace]) -> tuple[Trace, ...]:
        """Every trace as the port gave it.

        Raises:
            UsageError: with every path that does not cover a trace.
        """
        corrected: list[Trace] = []
        problems: list[str] = []
        for trace in traces:
            try:
                corrected.append(self.applied(trace))
            except UsageError as refusal:
                problems.extend(refusal.problems)
        if problems:
            raise UsageError(*problems)
        return tuple(corrected)


def read_touchstone(path: Path) -> MeasuredPath:
    """The path that a Touchstone file describes.

    Raises:
        UsageError: when it is none, or a path that passes nothing.
        EnvironmentFault: when the extra `rf` is not installed.
    """
    if path.suffix.lower() not in _SUFFIXES:
        raise UsageError(f"{path}: expected a Touchstone file, .s1p or .s2p")
    network = _network(path)
    two_ports = path.suffix.lower() == ".s2p"
    passed = np.abs(network.s[:, 1, 0]) ** 2 if two_ports else 1 - np.abs(network.s[:, 0, 0]) ** 2
    frequencies = np.asarray(network.f, dtype=np.float64)
    if len(frequencies) < 2 or np.any(np.diff(frequencies) <= 0):
        raise UsageError(f"{path}: expected two rising frequencies or more")
    if not np.all(passed > _DARK):
        raise UsageError(
            f"{path}: passes nothing at some frequency: expected |S21| above 0, |S11| below 1"
        )
    gain = 10 * np.log10(passed)
    parameter = "S21" if two_ports else "mismatch (S11)"
    return MeasuredPath(str(path), parameter, frequencies, np.asarray(gain, dtype=np.float64))


def _network(path: Path) -> Any:
    try:
        import skrf  # noqa: PLC0415 - an extra
    except ImportError as missing:
        raise EnvironmentFault(
            f"{path}: Touchstone needs an extra: pip install 'hanlab[rf]'"
        ) from missing
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what the parser doubts is judged below
            text = io.StringIO(read_octets(path).decode("utf-8", "replace"))
            text.name = path.name
            network = skrf.Network(text)
    except UsageError:
        raise
    except Exception as fault:
        told = str(fault).strip().splitlines()
        raise UsageError(
            f"{path}: no Touchstone: {told[0] if told else type(fault).__name__}"
        ) from fault
    ports = 2 if path.suffix.lower() == ".s2p" else 1
    if network.s.ndim != 3 or network.s.shape[1] != ports or not np.all(np.isfinite(network.s)):
        raise UsageError(f"{path}: {network.s.shape[1]} ports: expected {ports}, and numbers only")
    return network
