"""What a participant notifies before a device goes into a DCC laboratory (SEC App. J 6.5(a)).

Non-compliant aspects are notified to the DCC and agreed with it, with evidence of testing. The
declaration says which aspects, by rule, and where in the bundle each is shown. It says nothing of
safety (6.5(b)) and quality assurance (6.5(c)).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined

from emulator.bench.campaigns.results import CaseResult
from emulator.bench.report.coverage import rule_of
from emulator.lab.kept.result import Verdict
from emulator.lab.report.page_parts import asset, encodable

SCHEMA_VERSION: Final = 1
_FINDINGS: Final = (Verdict.FAIL.value, Verdict.INCONCLUSIVE.value, Verdict.ERROR.value)


def declaration(document: Mapping[str, Any], results: Sequence[CaseResult]) -> dict[str, Any]:
    """The declaration as a JSON document.

    Args:
        document: the report.json of the campaign.
        results: of every case.
    """
    return {
        "schema_version": SCHEMA_VERSION,
        "clause": "SEC Appendix J (ETAD) 6.5(a)",
        "campaign": document["campaign"],
        "hanlab_version": document["hanlab_version"],
        "verdict": document["verdict"],
        "service_mode": document["service_mode"],
        "reach": document["reach"],
        "gbcs_version": document["gbcs_version"],
        "keys": document["keys"],
        "seed": document["seed"],
        "counts": document["counts"],
        "devices": [_device(each, document["home"], results) for each in document["devices"]],
    }


def declaration_page(told: Mapping[str, Any], notes: Sequence[str]) -> str:
    """The declaration as a page to read and to print.

    Args:
        told: the declaration.
        notes: what else stands on it: what was anonymised.
    """
    environment = Environment(
        loader=PackageLoader("emulator.bench.evidence"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    page = environment.get_template("declaration.html.j2")
    style = asset("page.css")
    return encodable(page.render(told=told, notes=notes, style=style, words=_WORDS))


_WORDS: Final = {
    "fail": "does not comply",
    "inconclusive": "could not be decided",
    "error": "could not be tested",
}


def _device(
    device: Mapping[str, Any], home: Sequence[Mapping[str, str]], results: Sequence[CaseResult]
) -> dict[str, Any]:
    """One device: what it is, what it is claimed to do without, and its non-compliant aspects."""
    row: Mapping[str, str] = next((each for each in home if each["eui64"] == device["eui64"]), {})
    mine = [each for each in results if each.device == device["name"]]
    return {
        "name": device["name"],
        "kind": device["kind"],
        **{name: row.get(name, "") for name in ("eui64", "manufacturer", "model", "firmware")},
        "emulated_defect": device["defect"],
        "cases": len(mine),
        "passed": sum(each.verdict == Verdict.PASS.value for each in mine),
        "does_without": device["without"],
        "aspects": list(_aspects(mine)),
    }


def _aspects(results: Sequence[CaseResult]) -> Iterator[dict[str, Any]]:
    """What is not as the rule asks, one for each rule, verdict and agreement."""
    found: defaultdict[tuple[int, str, str], list[CaseResult]] = defaultdict(list)
    for each in results:
        if each.verdict in _FINDINGS:
            place = _FINDINGS.index(each.verdict), rule_of(each.clause), each.waiver
            found[place].append(each)
    for (number, rule, waiver), cases in sorted(found.items()):
        yield {
            "rule": rule,
            "verdict": _FINDINGS[number],
            "agreed": waiver,
            "triage": sorted({each.triage for each in cases if each.triage}),
            "cases": [_evidence(each) for each in cases],
        }


def _evidence(result: CaseResult) -> dict[str, Any]:
    """One case, and where it is shown."""
    repeat = f"#{result.repeat}" if result.repeat else ""
    key = f"{result.device}:{result.case}{repeat}"
    return {
        "case": result.case,
        "repeat": result.repeat,
        "use_case": f"{result.use_case} {result.title}".strip(),
        "differs": result.field,
        "reason": result.reason,
        "shown_at": f"report.html#case/{quote(key, safe='')}",
    }
