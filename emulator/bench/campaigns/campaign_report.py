"""What a campaign came to, for programs: report.json and junit.xml."""

import json
from collections.abc import Sequence
from importlib.metadata import version
from itertools import groupby
from typing import Any
from xml.etree import ElementTree as ET

from emulator.bench.campaigns.campaign import Campaign
from emulator.bench.campaigns.results import CaseResult, counts, line_of, overall
from emulator.bench.running.difference import document_lines
from emulator.lab.junit import printable
from emulator.lab.result import Verdict

SCHEMA_VERSION = 1


def report_document(campaign: Campaign, results: Sequence[CaseResult]) -> dict[str, Any]:
    """The campaign as one JSON document: verdict, counts, and every case that is no pass."""
    return {
        "schema_version": SCHEMA_VERSION,
        "campaign": campaign.name,
        "verdict": overall(results).value,
        "service_mode": campaign.mode.value,
        "reach": campaign.reach.value,
        "gbcs_version": campaign.gbcs_version,
        "seed": campaign.seed,
        "repeats": campaign.repeats,
        "hanlab_version": version("hanlab"),
        "devices": [
            {
                "name": each.name,
                "kind": each.kind.value,
                "defect": each.defect,
                "radio": each.radio,
                "without": dict(each.profile.without),
            }
            for each in campaign.devices
        ],
        "waivers": [
            {"device": each.device, "case": each.case, "reason": each.reason}
            for each in campaign.waivers
        ],
        "counts": counts(results),
        "clauses": _failed_clauses(results),
        "cases": [_case(each) for each in results if each.verdict != Verdict.PASS.value],
    }


def _case(result: CaseResult) -> dict[str, Any]:
    filled: dict[str, Any] = json.loads(line_of(result))
    return filled


def _failed_clauses(results: Sequence[CaseResult]) -> dict[str, int]:
    """How many cases failed by the rule that they are about."""
    failed = sorted(_rule(each) for each in results if each.verdict == Verdict.FAIL.value)
    return {rule: len(list(group)) for rule, group in groupby(failed)}


def _rule(result: CaseResult) -> str:
    return result.clause.partition(";")[0]


def junit_document(campaign: Campaign, results: Sequence[CaseResult]) -> str:
    """The campaign as JUnit XML: one suite a device, one test case a case.

    An agreed failure is a skip that says why it was agreed to.
    """
    root = ET.Element("testsuites", {"name": printable(campaign.name)})
    by_device = sorted(results, key=lambda each: each.device)
    for device, group in groupby(by_device, key=lambda each: each.device):
        cases = [_junit_case(each) for each in group]
        suite = ET.SubElement(root, "testsuite", _attributes(device, cases))
        suite.extend(cases)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _attributes(device: str, cases: Sequence[ET.Element]) -> dict[str, str]:
    def count(tag: str) -> str:
        return str(sum(case.find(tag) is not None for case in cases))

    return {
        "name": printable(device),
        "tests": str(len(cases)),
        "failures": count("failure"),
        "errors": count("error"),
        "skipped": count("skipped"),
    }


def _junit_case(result: CaseResult) -> ET.Element:
    name = f"{result.case} #{result.repeat}"
    case = ET.Element("testcase", {"classname": printable(result.device), "name": name})
    message = printable(f"{result.field}: {result.reason} ({result.clause})")
    verdict = Verdict(result.verdict)
    if verdict is Verdict.NOT_APPLICABLE:
        ET.SubElement(case, "skipped", {"message": printable(result.profile or message)})
    elif result.waiver:
        waived = printable(f"agreed: {result.waiver}: {message}")
        ET.SubElement(case, "skipped", {"message": waived})
    elif verdict is not Verdict.PASS:
        tag = "failure" if verdict is Verdict.FAIL else "error"
        attributes = {"message": message, "type": verdict.value}
        ET.SubElement(case, tag, attributes).text = _story(result)
    return case


def _story(result: CaseResult) -> str:
    """Expected, seen, the octets, and how to see it again."""
    parts = (
        "expected:\n" + "\n".join(document_lines(result.expected)) if result.expected else "",
        "seen:\n" + "\n".join(document_lines(result.seen)) if result.seen else "",
        result.hexdump,
        f"again: {result.again}",
    )
    return printable("\n\n".join(part for part in parts if part))
