"""An RF noise test as steps of a scenario: refusals, and the verdict of every band."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from emulator.kernel.errors import UsageError
from emulator.lab.kept.result import Verdict
from emulator.lab.lab import Lab
from emulator.rf_noise.findings import Findings, examine
from emulator.rf_noise.inputs import CheckRequest, check_inputs
from emulator.rf_noise.limits.margins import BandMargin
from emulator.rf_noise.reporting.gallery import gallery


def check_request(traces: tuple[Path, ...], limits: Path, chas: str) -> CheckRequest:
    """The test of a hot shoe; what it would write, nobody writes."""
    return CheckRequest(traces=traces, limits=limits, chas=chas, dut="hot-shoe", force=True)


def refused(lab: Lab, name: str, clause: str, request: CheckRequest, **other: Any) -> None:
    """A step that passes when a test that is otherwise than `request` is refused by that clause.

    Raises:
        StepFailed: when it is not.
    """
    told = ""
    try:
        check_inputs(replace(request, **other))
    except UsageError as refusal:
        told = "; ".join(refusal.problems)
    lab.step(f"refused: {name}", clause).expect(lambda: clause in told, told or "not refused")


def judge_bands(lab: Lab, request: CheckRequest) -> Findings:
    """Steps of the test: without limits nothing is decided; with them every band passes.

    Raises:
        StepFailed: when a band does not.
    """
    bare = examine(check_inputs(replace(request, limits=None, chas="")))
    lab.step("without limits nothing is decided", "SEC App. J 14.1").expect(
        lambda: bare.verdict is Verdict.INCONCLUSIVE, "; ".join(bare.reasons)
    )
    findings = examine(check_inputs(request))
    relied = "the RF noise test relied on figures that no source proves: "
    lab.notes += [*findings.warnings, relied + ", ".join(findings.unverified)]
    lab.inputs += findings.inputs.files
    for band in findings.bands:
        margin = band.margin
        told = "not measured" if margin is None else margin.reason
        if band.worst is not None:
            told += f"; {band.worst.receiver.name} loses {band.worst.loss:.1f} dB, the worst"
        lab.step(f"margin at {band.band}", band.clause).expect(partial(_passes, margin), told)
    return findings


def _passes(margin: BandMargin | None) -> bool:
    return margin is not None and margin.verdict is Verdict.PASS


def show_findings(lab: Lab, findings: Findings) -> None:
    """Put the pictures of a test into the report."""
    for picture in gallery(findings):
        lab.picture(picture.title, picture.svg, picture.caption)
