"""What of the specification a campaign touched: use cases, COSEM objects, ZCL attributes, clauses.

An object counts as served when a command that asks for it succeeded; what is refused tells nothing
of objects. Against what: everything that the bench's commands for this kind of device ask for.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from emulator.bench.campaigns.campaign import Campaign
from emulator.bench.campaigns.results import CaseResult
from emulator.bench.cases.cases import cases_of
from emulator.bench.cases.checks import Check
from emulator.bench.cases.command_maker import example_payload
from emulator.bench.cases.touched import touched_by
from emulator.bench.report.place_names import is_zcl, place_name, place_order
from emulator.gbcs.use_cases.catalogue import edition
from emulator.gbcs.use_cases.record import UseCase
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.kernel.errors import LabError
from emulator.lab.kept.result import Verdict

_KINDS: Final = 64
NOT_RUN: Final = "not_run"
"""Of what no case of the campaign tried."""
_WORST_FIRST: Final = (
    Verdict.FAIL.value,
    Verdict.ERROR.value,
    Verdict.INCONCLUSIVE.value,
    Verdict.PASS.value,
    Verdict.NOT_APPLICABLE.value,
)


def coverage(campaign: Campaign, results: Sequence[CaseResult]) -> dict[str, Any]:
    """What was touched, as a part of report.json.

    Args:
        campaign: tells the kinds of devices.
        results: of its cases.
    """
    kinds = tuple(dict.fromkeys(each.kind for each in campaign.devices))
    by_use_case: defaultdict[tuple[str, str], list[CaseResult]] = defaultdict(list)
    for each in results:
        by_use_case[each.kind, each.code].append(each)
    objects = [row for kind in kinds for row in _objects(kind, by_use_case)]
    return {
        "use_cases": [row for kind in kinds for row in _use_cases(kind, by_use_case)],
        "cosem": [row for row in objects if not is_zcl(row["place"])],
        "zcl": [row for row in objects if is_zcl(row["place"])],
        "clauses": list(_clauses(results)),
    }


def worst(verdicts: Iterable[str]) -> str:
    """The verdict that stands for several; `not_run` for none."""
    found = set(verdicts)
    return next((each for each in _WORST_FIRST if each in found), NOT_RUN)


def rule_of(clause: str) -> str:
    """The rule that a case is about, without its use case."""
    return clause.partition(";")[0]


def library(kind: DeviceKind) -> Mapping[str, UseCase]:
    """Every use case that the bench has cases of for a kind of device, by message code."""
    return _library(kind, edition())


def reachable(kind: DeviceKind) -> Mapping[str, tuple[str, ...]]:
    """Objects and attributes that the bench's commands ask a kind of device for, by code."""
    return _reachable(kind, edition())


@lru_cache(maxsize=_KINDS)
def _library(kind: DeviceKind, _edition: int) -> Mapping[str, UseCase]:
    return {f"{case.use_case.code:04X}": case.use_case for case in cases_of(kind)}


@lru_cache(maxsize=_KINDS)
def _reachable(kind: DeviceKind, _edition: int) -> Mapping[str, tuple[str, ...]]:
    return {code: _asked(use_case) for code, use_case in library(kind).items()}


def _asked(use_case: UseCase) -> tuple[str, ...]:
    """What one command asks for; nothing where its examples do not make one."""
    try:
        return touched_by(example_payload(use_case), use_case)
    except LabError:
        return ()


_Results = Mapping[tuple[str, str], Sequence[CaseResult]]
"""By kind of device and message code."""


def _use_cases(kind: DeviceKind, results: _Results) -> Iterator[dict[str, Any]]:
    """Each use case with how its cases came out; those of a user's own records come last."""
    known = {code: (each.name or "", each.title) for code, each in library(kind).items()}
    for (of_kind, code), found in results.items():
        if of_kind == kind.value:
            known.setdefault(code, (found[0].use_case, found[0].title))
    for code, (name, title) in known.items():
        counts = Counter(each.verdict for each in results.get((kind.value, code), ()))
        yield {
            "kind": kind.value,
            "place": code,
            "name": f"{name} {title}".strip(),
            "use_cases": [name or code],
            "state": worst(counts),
            "counts": dict(sorted(counts.items())),
        }


def _objects(kind: DeviceKind, results: _Results) -> Iterator[dict[str, Any]]:
    """Each object or attribute with the use cases that ask for it, and whether it was served."""
    askers: defaultdict[str, list[str]] = defaultdict(list)
    tried: defaultdict[str, set[str]] = defaultdict(set)
    for code, places in reachable(kind).items():
        found = results.get((kind.value, code), ())
        works = {each.verdict for each in found if each.check == Check.SUCCESS.value}
        for place in dict.fromkeys(places):
            askers[place].append(library(kind)[code].name or code)
            tried[place] |= works - {Verdict.PASS.value}
    for each in (each for found in results.values() for each in found if each.kind == kind.value):
        for place in each.touched:
            tried[place].add(Verdict.PASS.value)
            askers[place] = askers[place] or [each.use_case or each.code]
    for place in sorted(askers, key=place_order):
        yield {
            "kind": kind.value,
            "place": place,
            "name": place_name(place),
            "use_cases": askers[place],
            "state": _served(tried[place]),
        }


def _served(verdicts: set[str]) -> str:
    """What was served once can be served, whatever failed around it."""
    return Verdict.PASS.value if Verdict.PASS.value in verdicts else worst(verdicts)


def _clauses(results: Sequence[CaseResult]) -> Iterator[dict[str, Any]]:
    """How the cases about each rule came out."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for each in results:
        found[rule_of(each.clause)][each.verdict] += 1
    for clause, counts in sorted(found.items()):
        yield {"clause": clause, "state": worst(counts), "counts": dict(sorted(counts.items()))}
