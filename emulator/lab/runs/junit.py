"""The run as JUnit XML: what every CI server already reads.

Each step is a test case and virtual seconds are its time. `not_applicable` is a skip. A step
nobody could decide is an error of type `inconclusive`, since a skip would look like success.
"""

import re
from typing import Final
from xml.etree import ElementTree as ET

from emulator.lab.kept.result import RunResult, Step, Verdict

_OUTCOME: Final = {
    Verdict.FAIL: "failure",
    Verdict.ERROR: "error",
    Verdict.INCONCLUSIVE: "error",
    Verdict.NOT_APPLICABLE: "skipped",
}

_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Everything outside the Char production of XML 1.0 (clause 2.2)."""


def junit_document(result: RunResult) -> str:
    """The `junit.xml` document of a run: one suite, one test case a step.

    A verdict that no step shows gets a test case of its own, so that the file is never greener
    than the run.
    """
    cases = [_case(result.scenario, step) for step in result.steps]
    if result.verdict is not Verdict.PASS and not any(
        step.verdict is result.verdict for step in result.steps
    ):
        cases.append(_verdict_case(result))
    root = ET.Element("testsuites")
    suite = ET.SubElement(root, "testsuite", _counts(result, cases))
    properties = ET.SubElement(suite, "properties")
    for name, value in _properties(result):
        ET.SubElement(properties, "property", {"name": name, "value": printable(value)})
    suite.extend(cases)
    ET.indent(root)
    body = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


def _counts(result: RunResult, cases: list[ET.Element]) -> dict[str, str]:
    def count(tag: str) -> str:
        return str(sum(case.find(tag) is not None for case in cases))

    return {
        "name": printable(result.scenario),
        "tests": str(len(cases)),
        "failures": count("failure"),
        "errors": count("error"),
        "skipped": count("skipped"),
        "time": f"{result.virtual_seconds:.6f}",
    }


def _properties(result: RunResult) -> list[tuple[str, str]]:
    return [
        ("title", result.title),
        *(("source", f"{source.document} {source.clause}".strip()) for source in result.source),
        ("verdict", result.verdict.value),
        ("seed", str(result.seed)),
        ("service_mode", result.service_mode),
        ("hanlab_version", result.hanlab_version),
        ("trace_sha256", result.trace_sha256),
        ("wall_seconds", f"{result.wall_seconds:.3f}"),
    ]


def _case(scenario: str, step: Step) -> ET.Element:
    case = ET.Element(
        "testcase",
        {
            "classname": printable(scenario),
            "name": printable(step.name),
            "time": f"{(step.end - step.start) / 1_000_000:.6f}",
        },
    )
    message = f"{step.detail or step.verdict.value} ({step.clause})" if step.clause else step.detail
    _tell(case, step.verdict, message)
    return case


def _verdict_case(result: RunResult) -> ET.Element:
    names = {"classname": printable(result.scenario), "name": "verdict", "time": "0.000000"}
    case = ET.Element("testcase", names)
    _tell(case, result.verdict, "; ".join(result.notes) or "the run as a whole")
    return case


def _tell(case: ET.Element, verdict: Verdict, message: str) -> None:
    """Say under `case` what came of it; a pass with something to say says it on the output."""
    text = printable(message)
    if verdict is Verdict.PASS:
        if text:
            ET.SubElement(case, "system-out").text = text
        return
    attributes = {"message": text}
    if _OUTCOME[verdict] != "skipped":
        attributes["type"] = verdict.value
    ET.SubElement(case, _OUTCOME[verdict], attributes).text = text


def printable(text: str) -> str:
    """`text` with what XML cannot hold written as escapes."""
    return _NOT_XML.sub(lambda match: ascii(match[0])[1:-1], text)
