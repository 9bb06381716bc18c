"""The run as `report.json`: the document that programs and CI read.

The fields are the command-line contract's, no more and no fewer; `report.schema.json`, beside this
module and in every installation, says the same in JSON Schema.
"""

import json
from importlib import resources
from typing import Any

from emulator.kernel.errors import LocalError
from emulator.kernel.identity import format_eui64
from emulator.lab.kept.result import SCHEMA_VERSION, DeviceRow, RunResult, Step, Verdict


def report_document(result: RunResult) -> dict[str, Any]:
    """The `report.json` document of a run, ready for `json.dumps`.

    Raises:
        LocalError: when the verdict is `not_applicable`, which only a step can be.
    """
    if result.verdict is Verdict.NOT_APPLICABLE:
        raise LocalError("verdict not_applicable: a run is pass, fail, inconclusive or error")
    return {
        "schema_version": SCHEMA_VERSION,
        "hanlab_version": result.hanlab_version,
        "scenario": result.scenario,
        "source": [{"document": s.document, "clause": s.clause} for s in result.source],
        "service_mode": result.service_mode,
        "seed": result.seed,
        "settings": dict(result.settings),
        "inputs": [{"path": file.path, "sha256": file.sha256} for file in result.inputs],
        "verdict": result.verdict.value,
        "steps": [_step(step) for step in result.steps],
        "devices": [_device(row) for row in result.devices],
        "frames": result.frames,
        "virtual_seconds": result.virtual_seconds,
        "wall_seconds": result.wall_seconds,
        "radio_seconds": result.radio_seconds,
        "trace_sha256": result.trace_sha256,
        "unverified": list(result.unverified),
    }


def report_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) that every `report.json` of this version is valid against."""
    text = resources.files("emulator.lab.report").joinpath("report.schema.json").read_text("utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def _step(step: Step) -> dict[str, Any]:
    return {
        "name": step.name,
        "clause": step.clause,
        "verdict": step.verdict.value,
        "start_us": step.start,
        "end_us": step.end,
        "detail": step.detail,
    }


def _device(row: DeviceRow) -> dict[str, Any]:
    return {
        "eui64": format_eui64(row.eui64),
        "type": row.type,
        "nwk": row.nwk,
        "joined": row.joined,
        "link_key": row.link_key.value,
        "suite": row.suite,
        "smi_status": row.smi_status,
    }
