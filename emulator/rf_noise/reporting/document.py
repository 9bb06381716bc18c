"""The check as `report.json`, and as JUnit XML."""

import json
from importlib import resources
from importlib.metadata import version
from typing import Any, Final

from emulator.kernel.units import START
from emulator.lab.kept.result import RunResult, Source, Step, Verdict
from emulator.lab.runs.junit import junit_document
from emulator.rf_noise.desense.channels import ChannelDesense
from emulator.rf_noise.findings import BandSummary, Findings
from emulator.rf_noise.homes.intervals import Share
from emulator.rf_noise.homes.population import Outcome
from emulator.rf_noise.homes.reach import Reach
from emulator.rf_noise.traces.trace import Trace

SCHEMA_VERSION: Final = 1
SOURCES: Final = (
    Source("SEC", "H14.46"),
    Source("SEC App. J", "14.1 to 14.3"),
    Source("ICHIS", "Annex F"),
)
_CURVE: Final = 8
"""Every eighth point of a curve is enough to draw it again."""


def report_text(findings: Findings) -> str:
    """`report.json` as text, which is also what `--json` prints."""
    return json.dumps(report_document(findings), indent=2, ensure_ascii=False) + "\n"


def report_document(findings: Findings) -> dict[str, Any]:
    """The document, ready for `json.dumps`."""
    inputs, limits = findings.inputs, findings.inputs.limits
    return {
        "schema_version": SCHEMA_VERSION,
        "hanlab_version": version("hanlab"),
        "check": "rf",
        "source": [{"document": each.document, "clause": each.clause} for each in SOURCES],
        "verdict": findings.verdict.value,
        "reasons": list(findings.reasons),
        "warnings": list(findings.warnings),
        "dut": inputs.setup.dut.value,
        "chas": None
        if inputs.setup.chas is None
        else {
            "id": inputs.setup.chas.identity,
            "listed": inputs.setup.chas.listed,
            "consent": inputs.setup.consent,
        },
        "limits": None
        if limits is None
        else {
            "id": limits.identity,
            "ichis_version": limits.ichis_version,
            "source_url": limits.source_url,
            "sha256_of_source": limits.source_sha256,
            "verified": limits.verified,
            "fictitious": limits.fictitious,
            "decision_rule": limits.rule.value,
            "guard_band_db": limits.guard_band,
            "measurement_uncertainty_db": limits.uncertainty,
        },
        "corrections": list(inputs.corrections.words),
        "duty": inputs.gate.duty,
        "repetition_s": inputs.gate.repetition,
        "seed": inputs.seed,
        "settings": inputs.changed,
        "inputs": [{"path": file.path, "sha256": file.sha256} for file in inputs.files],
        "traces": [_trace(trace) for trace in inputs.traces],
        "bands": [_band(band) for band in findings.bands],
        "channels": [_channel(each) for each in findings.channels],
        "reach": [_reach(each, inputs.settings.link.lost) for each in findings.reaches],
        "homes": None
        if findings.homes is None
        else {
            "count": findings.homes.homes,
            "outcomes": [_outcome(each) for each in findings.homes.outcomes],
        },
        "unverified": list(findings.unverified),
    }


def report_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) that every `report.json` of a check is valid against."""
    text = resources.files("emulator.rf_noise.reporting").joinpath("report.schema.json").read_text()
    schema: dict[str, Any] = json.loads(text)
    return schema


def junit_text(findings: Findings) -> str:
    """`junit.xml`: a test case for each band."""
    return junit_document(
        RunResult(
            hanlab_version=version("hanlab"),
            scenario="rf check",
            title=f"RF noise of {findings.inputs.setup.words}",
            source=SOURCES,
            service_mode="han_only",
            seed=findings.inputs.seed,
            settings=findings.inputs.changed,
            inputs=findings.inputs.files,
            verdict=findings.verdict,
            steps=tuple(_step(band, findings) for band in findings.bands),
            devices=(),
            frames=0,
            virtual_seconds=0.0,
            wall_seconds=0.0,
            radio_seconds=0.0,
            trace_sha256="",
            unverified=findings.unverified,
            notes=(*findings.reasons, *findings.warnings),
        )
    )


def _step(band: BandSummary, findings: Findings) -> Step:
    verdict = Verdict.NOT_APPLICABLE if band.margin is None else band.margin.verdict
    reason = "no limits for this band" if band.margin is None else band.margin.reason
    limits = findings.inputs.limits
    told = "; ".join((reason, *(() if limits is None else limits.notices)))
    return Step(f"margin at {band.band}", band.clause, verdict, START, START, told)


def _trace(trace: Trace) -> dict[str, Any]:
    return {
        "source": trace.source,
        "name": trace.name,
        "from_hz": trace.span[0],
        "to_hz": trace.span[1],
        "points": len(trace.levels),
        "rbw_hz": trace.rbw,
        "enbw_factor": trace.enbw_factor,
        "filter": trace.filter_name,
        "vbw_hz": trace.vbw,
        "detector": None if trace.detector is None else trace.detector.value,
        "trace_mode": None if trace.mode is None else trace.mode.value,
        "instrument": trace.instrument,
    }


def _band(band: BandSummary) -> dict[str, Any]:
    margin = band.margin
    return {
        "band": band.band,
        "clause": band.clause,
        "network": band.network.value,
        "verdict": None if margin is None else margin.verdict.value,
        "reason": "" if margin is None else margin.reason,
        "margin_db": None if margin is None else _rounded(margin.margin),
        "worst_hz": None if margin is None else margin.worst,
        "worst_dbm": None if margin is None else _rounded(margin.level),
        "limit_dbm": None if margin is None else _rounded(margin.limit),
        "channels_measured": band.measured,
        "worst_channel": None if band.worst is None else band.worst.receiver.name,
        "worst_loss_db": None if band.worst is None else _rounded(band.worst.loss),
        "median_loss_db": _rounded(band.median),
    }


def _channel(each: ChannelDesense) -> dict[str, Any]:
    receiver = each.receiver
    return {
        "band": receiver.band,
        "network": receiver.network.value,
        "name": receiver.name,
        "page": None if receiver.phy is None else receiver.phy.page,
        "channel": receiver.number if receiver.phy is not None else None,
        "centre_hz": receiver.centre,
        "bandwidth_hz": receiver.bandwidth,
        "noise_floor_dbm": _rounded(receiver.noise_floor),
        "trace": each.trace,
        "power_dbm": _rounded(each.power),
        "line_power_dbm": _rounded(each.line_power),
        "on_power_dbm": _rounded(each.on_power),
        "loss_db": _rounded(each.loss),
        "range_factor": _rounded(each.range_factor),
        "false_busy": _rounded(each.false_busy),
    }


def _reach(each: Reach, lost: float) -> dict[str, Any]:
    before, after = each.farthest(lost)
    return {
        "band": each.channel.receiver.band,
        "channel": each.channel.receiver.name,
        "lost": lost,
        "before_m": _rounded(before),
        "after_m": _rounded(after),
        "distance_m": [_rounded(value) for value in each.distances[::_CURVE].tolist()],
        "per_before": [_rounded(value) for value in each.quiet[::_CURVE].tolist()],
        "per_after": [_rounded(value) for value in each.noisy[::_CURVE].tolist()],
    }


def _outcome(each: Outcome) -> dict[str, Any]:
    return {
        "link": each.what,
        "band": each.band,
        "before": _share(each.before),
        "after": _share(each.after),
        "newly_lost": _share(each.newly),
        "newly_lost_by_dwelling": {name: _share(share) for name, share in each.by_dwelling},
    }


def _share(share: Share) -> dict[str, Any]:
    low, high = share.interval
    return {
        "count": share.count,
        "of": share.total,
        "share": _rounded(share.value),
        "low": _rounded(low),
        "high": _rounded(high),
    }


def _rounded(value: float | None) -> float | None:
    """Six decimals: what is less is noise of the arithmetic, which differs between machines."""
    return None if value is None else round(float(value), 6)
