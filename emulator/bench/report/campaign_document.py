"""What a campaign came to, for programs: report.json.

Everything that other reports tell stands in it or in the results, so that they can be written again
from the folder of a campaign. `report.schema.json`, beside this file, says what each field is.
"""

import hashlib
import json
import platform
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib import resources
from importlib.metadata import version
from typing import Any, Final

from emulator.bench.campaigns.campaign import Campaign, CampaignDevice, Selection
from emulator.bench.campaigns.results import CaseResult, counts, line_of, overall
from emulator.bench.report.coverage import coverage, rule_of
from emulator.kernel.identity import format_eui64
from emulator.lab.kept.result import Verdict

SCHEMA_VERSION: Final = 1


def report_document(campaign: Campaign, results: Sequence[CaseResult]) -> dict[str, Any]:
    """The campaign as one JSON document: verdict, counts, coverage, and every case that is no pass.

    Args:
        campaign: that was run.
        results: of every case, in the order in which they were planned.
    """
    told = told_of(results)
    return {
        "schema_version": SCHEMA_VERSION,
        "hanlab_version": version("hanlab"),
        "campaign": campaign.name,
        "source": campaign.source,
        "verdict": told["verdict"],
        "service_mode": campaign.mode.value,
        "gbcs_version": campaign.gbcs_version,
        "reach": campaign.reach.value,
        "seed": campaign.seed,
        "repeats": campaign.repeats,
        "keys": "test" if campaign.keys is None else "imported",
        "tools": tools(),
        "inputs": list(_inputs(campaign)),
        "results_sha256": results_digest(results),
        "home": list(_home(campaign)),
        "devices": [_device(campaign, each) for each in campaign.devices],
        "waivers": list(_waivers(campaign, results)),
        "selection": _selection(campaign.selection),
        "counts": told["counts"],
        "clauses": told["clauses"],
        "coverage": coverage(campaign, results),
        "cases": told["cases"],
    }


def told_of(results: Sequence[CaseResult]) -> dict[str, Any]:
    """What report.json tells that comes out of the results alone."""
    return {
        "verdict": overall(results).value,
        "counts": counts(results),
        "clauses": _failed_clauses(results),
        "cases": [case_document(each) for each in results if each.verdict != Verdict.PASS.value],
    }


def report_schema() -> dict[str, Any]:
    """The JSON Schema of the document (draft 2020-12)."""
    text = (
        resources.files("emulator.bench.report").joinpath("report.schema.json").read_text("utf-8")
    )
    schema: dict[str, Any] = json.loads(text)
    return schema


def case_document(result: CaseResult) -> dict[str, Any]:
    """One result without its messages and frames, which the results hold; nor what is empty."""
    filled: dict[str, Any] = json.loads(
        line_of(replace(result, messages=(), frames=(), hexdump=""))
    )
    return filled


def tools() -> dict[str, str]:
    """What made the results, by name and version."""
    return {
        "hanlab": version("hanlab"),
        "python": platform.python_version(),
        "cryptography": version("cryptography"),
        "platform": f"{platform.system()} {platform.machine()}",
    }


def results_digest(results: Sequence[CaseResult]) -> str:
    """SHA-256 over the results one a line, whatever order they were come by in."""
    digest = hashlib.sha256()
    for each in sorted(results, key=lambda each: each.key):
        digest.update(f"{line_of(each)}\n".encode())
    return digest.hexdigest()


def _inputs(campaign: Campaign) -> Iterator[dict[str, str]]:
    """The files that the campaign was read from, with their digests."""
    shipment = campaign.shipment
    if shipment.sha256:
        yield {"path": shipment.path, "sha256": shipment.sha256}


def _home(campaign: Campaign) -> Iterator[dict[str, str]]:
    """The devices of the home as their shipment file names them, without install codes."""
    for each in campaign.shipment.devices:
        yield {
            "type": each.type,
            "eui64": format_eui64(each.eui64),
            "manufacturer": each.manufacturer,
            "model": each.model,
            "firmware": each.firmware,
            "mpxn": each.mpxn,
        }


def _device(campaign: Campaign, device: CampaignDevice) -> dict[str, Any]:
    """A device under test; without an EUI-64 in the campaign it is the first of its kind."""
    alike = (each.eui64 for each in campaign.shipment.devices if each.type == device.kind.value)
    eui64 = device.eui64 or next(alike, None)
    return {
        "name": device.name,
        "kind": device.kind.value,
        "eui64": "" if eui64 is None else format_eui64(eui64),
        "defect": device.defect,
        "radio": device.radio,
        "without": dict(device.profile.without),
    }


def _waivers(campaign: Campaign, results: Sequence[CaseResult]) -> Iterator[dict[str, Any]]:
    """The agreed deviations, with how many cases each stands for."""
    used = Counter(each.waiver for each in results if each.waiver)
    for each in campaign.waivers:
        yield {
            "device": each.device,
            "case": each.case,
            "reason": each.reason,
            "cases": used[each.reason],
        }


def _selection(selection: Selection) -> dict[str, list[str]]:
    listed = {
        "devices": selection.devices,
        "use_cases": selection.use_cases,
        "tags": selection.tags,
        "checks": selection.checks,
        "clauses": selection.clauses,
        "cases": selection.cases,
    }
    return {name: list(values) for name, values in listed.items() if values}


def _failed_clauses(results: Sequence[CaseResult]) -> dict[str, int]:
    """How many cases failed by the rule that they are about."""
    failed = Counter(rule_of(each.clause) for each in results if each.verdict == Verdict.FAIL.value)
    return dict(sorted(failed.items()))
