"""`hanlab rf check` from its words to traces that can be judged; every mistake at once."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final, TypeVar

from emulator.kernel.errors import UsageError
from emulator.kernel.units import parse_duration, seconds
from emulator.lab.inputs.overrides import parse_overrides
from emulator.lab.kept.output_directory import OutputDirectory
from emulator.lab.kept.result import InputFile
from emulator.rf_noise.bands import ANNEX_F
from emulator.rf_noise.desense.gate import Gate
from emulator.rf_noise.device_under_test import Setup, chosen_chas, dut_named
from emulator.rf_noise.limits.limits import Limits
from emulator.rf_noise.limits.limits_file import read_limits
from emulator.rf_noise.octets import read_octets
from emulator.rf_noise.settings import RfNoiseSettings, rooms
from emulator.rf_noise.traces.corrections import Corrections, MeasuredPath, read_touchstone
from emulator.rf_noise.traces.reading import read_traces
from emulator.rf_noise.traces.trace import Trace

DEFAULT_OUT: Final = Path("hanlab-out/rf-check")
_RECORDING: Final = (".sigmf-meta", ".sigmf-data")
_LARGEST_CORRECTION: Final = 100.0

Checked = TypeVar("Checked")


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRequest:
    """A check as the command line asks for it; what each option means stands with the command."""

    traces: tuple[Path, ...]
    limits: Path | None = None
    dut: str = "esme"
    chas: str = ""
    consent: str = ""
    paths: tuple[Path, ...] = ()
    cable_loss: float = 0.0
    gain: float = 0.0
    duty: float = 1.0
    repetition: str = ""
    assignments: tuple[str, ...] = ()
    seed: int = 1
    out: Path | None = None
    force: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckInputs:
    """A check that can start.

    Args:
        traces: as the port gave them.
        corrections: that were applied.
        limits: None without a file.
        setup: what was tested through what.
        gate: when the noise is on.
        settings: of receivers, links and homes.
        changed: settings that differ from the usual, as written.
        seed: of the homes.
        files: every file that was read.
        out: where the report goes.
    """

    traces: tuple[Trace, ...]
    corrections: Corrections
    limits: Limits | None
    setup: Setup
    gate: Gate
    settings: RfNoiseSettings
    changed: dict[str, str]
    seed: int
    files: tuple[InputFile, ...]
    out: OutputDirectory


def check_inputs(request: CheckRequest) -> CheckInputs:
    """The request as a check that can start; writes nothing.

    Raises:
        UsageError: with every mistake of files and options, one line each.
        EnvironmentFault: when an extra is missing, or the output folder cannot be written.
    """
    mistakes: list[str] = []

    def checked(check: Callable[[], Checked]) -> Checked | None:
        try:
            return check()
        except UsageError as refusal:
            mistakes.extend(refusal.problems)
            return None

    read = [checked(lambda path=path: read_traces(path)) for path in request.traces]  # type: ignore[misc]  # mypy infers no type for a lambda with a default
    paths = [checked(lambda path=path: read_touchstone(path)) for path in request.paths]  # type: ignore[misc]  # as above
    path = request.limits
    limits = None if path is None else checked(lambda: read_limits(path))
    setup = checked(lambda: _setup(request, limits))
    gate = checked(lambda: _gate(request))
    changed = checked(lambda: _settings(request.assignments))
    corrections = checked(lambda: _corrections(request, [each for each in paths if each]))
    out = OutputDirectory(request.out or DEFAULT_OUT, force=request.force)
    checked(out.check_kind)
    taken = tuple(trace for each in read if each for trace in each)
    checked(lambda: _check_spans(taken))
    traces = None
    if corrections is not None:
        traces = checked(lambda: corrections.applied_to_all(taken))
    if mistakes or setup is None or gate is None or changed is None or traces is None:
        raise UsageError(*mistakes)
    out.check_writable()
    return CheckInputs(
        traces=traces,
        corrections=corrections or Corrections(),
        limits=limits,
        setup=setup,
        gate=gate,
        settings=changed[0],
        changed=changed[1],
        seed=request.seed,
        files=_files(request),
        out=out,
    )


def _setup(request: CheckRequest, limits: Limits | None) -> Setup:
    registry = () if limits is None else limits.chas
    mistakes: list[str] = []
    dut = chas = None
    try:
        dut = dut_named(request.dut)
    except UsageError as refusal:
        mistakes.extend(refusal.problems)
    try:
        chas = chosen_chas(request.chas, registry, request.consent)
    except UsageError as refusal:
        mistakes.extend(refusal.problems)
    if limits is not None and not request.chas and any(b.through_chas for b in limits.bands):
        mistakes.append(
            f"--limits {limits.path}: its masks are for the port of a CHAS: expected --chas ID"
        )
    if mistakes or dut is None:
        raise UsageError(*mistakes)
    return Setup(dut, chas, request.consent.strip())


def _gate(request: CheckRequest) -> Gate:
    repetition = None
    if request.repetition:
        try:
            repetition = parse_duration(request.repetition) / seconds(1)
        except (UsageError, OverflowError) as refusal:
            told = f"--repetition {request.repetition}: expected a time such as 20 us"
            raise UsageError(told) from refusal
    return Gate(request.duty, repetition)


def _settings(assignments: tuple[str, ...]) -> tuple[RfNoiseSettings, dict[str, str]]:
    overrides = parse_overrides(assignments, rooms(), None)
    usual = RfNoiseSettings()
    changed: dict[str, Any] = {
        room.name: overrides.applied(room.name, getattr(usual, room.name)) for room in fields(usual)
    }
    return RfNoiseSettings(**changed), dict(overrides.texts)


def _corrections(request: CheckRequest, paths: Sequence[MeasuredPath]) -> Corrections:
    mistakes = [
        f"{option} {value:g}: expected {low:g} to {_LARGEST_CORRECTION:g} dB"
        for option, value, low in (
            ("--cable-loss", request.cable_loss, 0.0),
            ("--gain", request.gain, -_LARGEST_CORRECTION),
        )
        if not low <= value <= _LARGEST_CORRECTION
    ]
    if mistakes:
        raise UsageError(*mistakes)
    return Corrections(request.cable_loss, request.gain, tuple(paths))


def _check_spans(traces: Sequence[Trace]) -> None:
    """Refuse traces that show nothing of any band."""
    bands = ", ".join(
        f"{band.name} ({low / 1e6:g} to {high / 1e6:g} MHz)"
        for band in ANNEX_F
        for low, high in band.segments
    )
    mistakes = [
        f"{trace.source}:{trace.row}: {trace.name} spans {trace.span[0] / 1e6:g} to "
        f"{trace.span[1] / 1e6:g} MHz and misses every band: expected part of {bands}"
        for trace in traces
        if not any(band.overlaps(trace.span) for band in ANNEX_F)
    ]
    if mistakes:
        raise UsageError(*mistakes)


def _files(request: CheckRequest) -> tuple[InputFile, ...]:
    named = [*request.traces, *request.paths]
    if request.limits is not None:
        named.append(request.limits)
    for path in request.traces:
        if path.suffix in _RECORDING:
            named += [path.with_suffix(suffix) for suffix in _RECORDING]
    there = [path for path in dict.fromkeys(named) if path.is_file()]
    return tuple(
        InputFile(str(path), hashlib.sha256(read_octets(path)).hexdigest()) for path in there
    )
