"""A campaign as JUnit XML: one suite a device, one test case a case."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any
from xml.etree import ElementTree as ET

from emulator.bench.campaigns.results import CaseResult
from emulator.bench.running.difference import document_lines
from emulator.lab.kept.result import Verdict
from emulator.lab.runs.junit import printable


def junit_document(document: Mapping[str, Any], results: Sequence[CaseResult]) -> str:
    """The `junit.xml` of a campaign.

    An agreed failure is a skip that says why it was agreed to; what nobody could decide is an error
    of type `inconclusive`, since a skip would look like success.

    Args:
        document: the report.json of the campaign.
        results: of every case.
    """
    root = ET.Element("testsuites", {"name": printable(str(document["campaign"]))})
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
