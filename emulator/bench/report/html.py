"""A campaign as one HTML file that needs nothing but a browser.

Everything is inside the file, and its content security policy lets the browser fetch nothing and
run only its own script. What devices sent and people wrote reaches the page as escaped text or as
JSON, never as markup.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from emulator.bench.campaigns.results import CaseResult
from emulator.bench.report.case_chunks import case_chunks
from emulator.bench.report.case_columns import FINDINGS, TRIAGE_WORDS, case_columns
from emulator.bench.report.coverage import rule_of
from emulator.lab.kept.result import Verdict
from emulator.lab.report.page_parts import (
    asset,
    embedded_json,
    encodable,
    in_a_function,
    script_digest,
)

_HERE: Final = "emulator.bench.report"
_LAB_STYLES: Final = ("page.css", "chart.css")
_STYLES: Final = ("campaign.css",)
_LAB_SCRIPTS: Final = ("chart_model.js", "chart_row.js", "chart_detail.js", "chart.js")
_SCRIPTS: Final = (
    "case_model.js",
    "case_list.js",
    "case_detail.js",
    "matrix.js",
    "campaign_page.js",
)

STATE_WORDS: Final = {
    Verdict.PASS.value: "Pass",
    Verdict.FAIL.value: "Fail",
    "agreed": "Agreed",
    Verdict.INCONCLUSIVE.value: "Inconclusive",
    Verdict.ERROR.value: "Error",
    Verdict.NOT_APPLICABLE.value: "Not applicable",
}
"""Verdicts, and the failures that were agreed to, in the order in which the page tells them."""
SERVICE_WORDS: Final = {
    "gfi": "GFI: GFI testing excludes the SM WAN and any simulation of it (SEC H14.52)",
    "itch": "ITCH: the hub is wired to the bench, its SM WAN is off (SEC H14.54)",
    "end_to_end": "end to end: from the DCC's interface to the device",
}
REACH_WORDS: Final = {
    "han": "messages go through the hub and the HAN",
    "device": "messages go straight to the device's application: no radio network, no tunnel",
}
_COVERED: Final = (
    ("use_cases", "Use cases", "with cases that ran"),
    ("cosem", "COSEM objects", "served"),
    ("zcl", "ZCL attributes and commands", "served"),
)


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the rows of a part of the coverage were reached.

    Args:
        name: of the part in report.json.
        title: for people.
        words: what being reached means.
        reached: how many were.
        whole: how many there are.
    """

    name: str
    title: str
    words: str
    reached: int
    whole: int


def render_campaign(document: Mapping[str, Any], results: Sequence[CaseResult]) -> str:
    """The whole of `report.html`, encodable in UTF-8 whatever the texts hold.

    Args:
        document: the report.json of the campaign.
        results: of every case.
    """
    lab = [asset(name) for name in _LAB_SCRIPTS]
    script = in_a_function(*lab, *(asset(name, _HERE) for name in _SCRIPTS))
    styles = [*map(asset, _LAB_STYLES), *(asset(name, _HERE) for name in _STYLES)]
    states = Counter(map(state_of, results))
    page = (
        _environment()
        .get_template("campaign.html.j2")
        .render(
            report=document,
            states=states,
            total=len(results),
            state_words=STATE_WORDS,
            service_words=SERVICE_WORDS,
            reach_words=REACH_WORDS,
            devices=_by_device(document, results),
            rules=_by_rule(results),
            triage=_by_triage(results),
            findings=FINDINGS,
            shares=_shares(document["coverage"]),
            style="\n".join(styles),
            script=script,
            script_digest=script_digest(script),
            columns=embedded_json(case_columns(document, results)),
            coverage=embedded_json(document["coverage"]),
            chunks=[(place, embedded_json(chunk)) for place, chunk in case_chunks(results)],
        )
    )
    return encodable(page)


def state_of(result: CaseResult) -> str:
    """A verdict, or `agreed` where a failure was agreed to."""
    return "agreed" if result.waiver else result.verdict


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["count"] = lambda number: f"{number:,}"
    return environment


def _by_device(
    document: Mapping[str, Any], results: Sequence[CaseResult]
) -> list[tuple[Mapping[str, Any], Counter[str]]]:
    """Each device of the campaign with how its cases came out."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for each in results:
        found[each.device][state_of(each)] += 1
    return [(each, found[each["name"]]) for each in document["devices"]]


def _by_rule(results: Sequence[CaseResult]) -> list[tuple[str, Counter[str], tuple[str, ...]]]:
    """The rules that something departs from: how often, and which devices; the worst first."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    devices: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for each in results:
        if state_of(each) in FINDINGS:
            rule = rule_of(each.clause)
            counts[rule][state_of(each)] += 1
            devices[rule][each.device] = None
    ordered = sorted(counts, key=lambda rule: [-counts[rule][state] for state in FINDINGS])
    return [(rule, counts[rule], tuple(devices[rule])) for rule in ordered]


def _by_triage(results: Iterable[CaseResult]) -> list[tuple[str, int]]:
    """Findings by whose they are (SEC H14.43), the most first."""
    found = Counter(each.triage for each in results if each.triage)
    return [(TRIAGE_WORDS.get(name, name), count) for name, count in found.most_common()]


def _shares(coverage: Mapping[str, Any]) -> list[Share]:
    shares: list[Share] = []
    for name, title, words in _COVERED:
        states = Counter(row["state"] for row in coverage[name])
        reached = states[Verdict.PASS.value]
        if name == "use_cases":
            reached = sum(states.values()) - states["not_run"] - states["not_applicable"]
        shares.append(Share(name, title, words, reached, sum(states.values())))
    return shares
