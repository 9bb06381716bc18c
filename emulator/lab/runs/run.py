"""A run from checked inputs to written files: the scenario, its verdict, and what is left of it.

Whatever ends the scenario, what it did until then is written: a failed expectation, a fault of the
surroundings, Ctrl-C, and a mistake of ours.
"""

import hashlib
import signal
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Final, TypeVar

from emulator.kernel.errors import LabError, UsageError
from emulator.kernel.units import START, format_duration
from emulator.lab.kept.result import RunResult, Verdict
from emulator.lab.laboratory import Laboratory, LaboratoryKind, ProgressListener
from emulator.lab.report import render_report
from emulator.lab.runs.run_files import Recorded, file_contents, write_files
from emulator.lab.runs.run_inputs import RunInputs
from emulator.lab.steps.unmet import StepFailed

INTERRUPTED: Final = 130
"""Exit status of a run that Ctrl-C ended."""
EXIT_STATUS: Final[Mapping[Verdict, int]] = {
    Verdict.PASS: 0,
    Verdict.FAIL: 1,
    Verdict.ERROR: 3,
    Verdict.INCONCLUSIVE: 4,
}
_GRAVEST_FIRST: Final = (Verdict.ERROR, Verdict.FAIL, Verdict.INCONCLUSIVE, Verdict.PASS)

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class RunEnd:
    """How a run ended.

    Args:
        result: what it came to.
        files: what was written of it, by name.
        status: the exit status of the command.
    """

    result: RunResult
    files: Mapping[str, Path]
    status: int


@dataclass(slots=True)
class _Ending:
    """What ended the scenario, and what went wrong afterwards."""

    verdict: Verdict | None = None
    interrupted: bool = False
    troubles: tuple[str, ...] = ()
    traceback: str = ""

    def by(self, fault: BaseException, what: str = "") -> None:
        """Take note of a fault that is no verdict of a step."""
        self.verdict = Verdict.ERROR
        if isinstance(fault, LabError):
            self.troubles += (f"{what}{fault}",)
            return
        told = f"{what}a mistake in hanlab or in the scenario, {type(fault).__name__}: {fault}"
        self.troubles += (told,)
        self.traceback += "".join(traceback.format_exception(fault))

    def obtain(self, what: str, make: Callable[[], Made], otherwise: Made) -> Made:
        """What `make` gives; when it fails, that is noted and the rest of the run is kept."""
        try:
            return make()
        except Exception as fault:  # noqa: BLE001 - one broken output must not lose the others
            self.by(fault, f"{what} is missing: ")
            return otherwise


def perform(
    inputs: RunInputs, kind: LaboratoryKind, progress: ProgressListener | None = None
) -> RunEnd:
    """Run a scenario and write its files.

    Raises:
        UsageError: when the laboratory or the scenario refuses the inputs before anything
            happened; then nothing is written.
        EnvironmentFault: when the output folder cannot be written.
    """
    lab = kind.make(inputs.shipment, inputs.options)
    lab.progress = progress
    began = time.perf_counter()
    ending = _run(inputs, lab)
    wall = time.perf_counter() - began
    with _undisturbed():
        ending.obtain("the release of radios", lab.release, None)
        return _finish(inputs, lab, ending, wall)


def report_on(inputs: RunInputs, lab: Laboratory, wall: float) -> RunEnd:
    """Write the files of a run about a laboratory as it stands; it can go on afterwards.

    Args:
        inputs: what it was made of.
        lab: the laboratory.
        wall: seconds of wall clock so far.

    Raises:
        EnvironmentFault: when the output folder cannot be written.
    """
    with _undisturbed():
        return _finish(inputs, lab, _Ending(), wall)


def _run(inputs: RunInputs, lab: Laboratory) -> _Ending:
    ending = _Ending()
    try:
        inputs.run(lab)
    except StepFailed as failure:
        ending.verdict = failure.step.verdict
        if failure.step not in lab.steps:
            lab.steps.append(failure.step)
    except UsageError as refusal:
        if not lab.steps and lab.scheduler.now == START:
            raise
        ending.by(refusal)
    except KeyboardInterrupt:
        ending.verdict, ending.interrupted = Verdict.INCONCLUSIVE, True
        ending.troubles = (f"stopped by Ctrl-C at {format_duration(lab.scheduler.now)}",)
    except BaseException as fault:  # noqa: BLE001 - whatever it is, the files are written
        ending.by(fault)
    return ending


def _finish(inputs: RunInputs, lab: Laboratory, ending: _Ending, wall: float) -> RunEnd:
    ending.obtain("the state", lab.save_state, None)
    ending.obtain("the picture of meters", lab.picture_home, None)
    recorded = Recorded(
        trace=ending.obtain("the trace", lambda: _trace(lab), b""),
        capture=ending.obtain("the capture", lab.capture, b""),
        second_capture=ending.obtain("the capture below 1 GHz", lab.second_capture, b""),
        keys=ending.obtain("the key file", lab.key_file, ""),
        inputs=ending.obtain("the recording of inputs", lab.recording, ""),
    )
    result = _result(inputs, lab, ending, hashlib.sha256(recorded.trace).hexdigest())
    result = _judged(replace(result, wall_seconds=round(wall, 6)), ending)
    html = ending.obtain("the report", lambda: render_report(result), "")
    result = _judged(result, ending)
    recorded = replace(recorded, html=html, traceback=ending.traceback)
    files = write_files(inputs.out, file_contents(result, recorded))
    status = INTERRUPTED if ending.interrupted else EXIT_STATUS[result.verdict]
    return RunEnd(result, files, status)


def _result(inputs: RunInputs, lab: Laboratory, ending: _Ending, digest: str) -> RunResult:
    return RunResult(
        hanlab_version=version("hanlab"),
        scenario=inputs.scenario.name,
        title=inputs.scenario.title,
        source=inputs.scenario.sources,
        service_mode=inputs.scenario.service_mode,
        seed=inputs.options.seed,
        settings=inputs.settings,
        inputs=(*inputs.files, *lab.inputs),
        verdict=Verdict.ERROR,
        steps=tuple(lab.steps),
        devices=ending.obtain("the list of devices", lab.device_rows, ()),
        frames=ending.obtain("the number of frames", lab.frames, 0),
        virtual_seconds=lab.scheduler.now / 1_000_000,
        wall_seconds=0.0,
        radio_seconds=ending.obtain("the radio time", lab.radio_seconds, 0.0),
        trace_sha256=digest,
        unverified=ending.obtain("the list of unverified settings", lab.unverified, ()),
        notes=(*inputs.shipment.warnings, *lab.notes),
        chart=ending.obtain("the chart", lab.chart, ()),
        pictures=tuple(lab.pictures),
    )


def _judged(result: RunResult, ending: _Ending) -> RunResult:
    """The result with its verdict: the gravest of its steps and of how the run ended."""
    reached = {step.verdict for step in result.steps} | {ending.verdict}
    notes = tuple(dict.fromkeys((*result.notes, *ending.troubles)))
    for verdict in _GRAVEST_FIRST:
        if verdict in reached:
            return replace(result, verdict=verdict, notes=notes)
    notes = (*notes, "no step of the scenario decided anything")
    return replace(result, verdict=Verdict.INCONCLUSIVE, notes=tuple(dict.fromkeys(notes)))


def _trace(lab: Laboratory) -> bytes:
    return "".join(f"{line}\n" for line in lab.trace.lines()).encode()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Leaves Ctrl-C without effect, so that a second one does not cost the files of the first."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread is ever disturbed
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
