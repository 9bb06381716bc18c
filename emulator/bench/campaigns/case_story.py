"""A case that was run, as the result kept of it: of a pass little more than its messages."""

import shlex
from collections.abc import Mapping
from typing import Any

from emulator.bench.campaigns.campaign import Campaign, Planned
from emulator.bench.campaigns.results import CaseResult
from emulator.bench.cases.checks import Check
from emulator.bench.cases.touched import touched_by
from emulator.bench.running.case_run import CaseRun
from emulator.bench.running.difference import marked
from emulator.bench.running.judgement import Judged, Triage
from emulator.bench.running.passage import Passage, passage_title
from emulator.gbcs.envelope import Message
from emulator.gbcs.payload import decode_payload
from emulator.kernel.errors import WireError
from emulator.lab.kept.result import ChartRow, Verdict

_TROUBLE = frozenset({Verdict.FAIL, Verdict.INCONCLUSIVE, Verdict.ERROR})
_AGREEABLE = frozenset({Verdict.FAIL, Verdict.INCONCLUSIVE})


def result_of(campaign: Campaign, planned: Planned, run: CaseRun) -> CaseResult:
    """What is kept of a case that was run."""
    judged = run.judged
    expected, seen = marked(judged.expected, judged.seen)
    return CaseResult(
        **_about(campaign, planned),
        verdict=judged.verdict.value,
        triage=_triage(judged),
        field=judged.field,
        reason=judged.reason,
        expected=expected,
        seen=seen,
        hexdump=judged.dump,
        messages=tuple(map(_message, run.passages)),
        frames=tuple(map(_frame, run.frames)),
        touched=_touched(planned, run),
        waiver=_waiver(campaign, planned, judged.verdict),
        virtual_us=run.ended - run.began,
        again=_again(campaign, planned) if judged.verdict in _TROUBLE else "",
    )


def _triage(judged: Judged) -> str:
    """Whose a case is; a failure that says nothing else is the device's."""
    if judged.triage is None:
        return Triage.DEVICE.value if judged.verdict is Verdict.FAIL else ""
    return judged.triage.value


def not_applicable(campaign: Campaign, planned: Planned, line: str) -> CaseResult:
    """What is kept of a case that a device need not show, because of a line of its profile."""
    return CaseResult(
        **_about(campaign, planned), verdict=Verdict.NOT_APPLICABLE.value, profile=line
    )


def untested(campaign: Campaign, planned: Planned, judged: Judged) -> CaseResult:
    """What is kept of a case on a device that did not come up."""
    return CaseResult(
        **_about(campaign, planned),
        verdict=judged.verdict.value,
        field=judged.field,
        reason=judged.reason,
        again="" if judged.verdict is Verdict.PASS else _again(campaign, planned),
    )


def _about(campaign: Campaign, planned: Planned) -> Mapping[str, Any]:
    """What a result says of its case whatever came of it."""
    case = planned.case
    return {
        "device": planned.device.name,
        "kind": case.kind.value,
        "case": case.name,
        "repeat": planned.repeat,
        "clause": case.clause,
        "code": f"{case.use_case.code:04X}",
        "use_case": case.use_case.name or "",
        "title": case.use_case.title,
        "check": case.check.value,
        "clauses": case.clauses,
        "tags": case.tags,
        "gbcs_version": campaign.gbcs_version,
    }


def _again(campaign: Campaign, planned: Planned) -> str:
    wanted = f"{planned.device.name}:{planned.case.name}"
    words = ("hanlab", "bench", "run", campaign.source, "--case", wanted)
    own = () if campaign.use_cases is None else ("--use-cases", str(campaign.use_cases))
    seeded = ("--repeat", str(planned.repeat)) if planned.repeat else ()
    return shlex.join((*words, *own, *seeded))


def _waiver(campaign: Campaign, planned: Planned, verdict: Verdict) -> str:
    if verdict not in _AGREEABLE:
        return ""
    return campaign.waiver(planned.device.name, planned.case.name)


def _touched(planned: Planned, run: CaseRun) -> tuple[str, ...]:
    """What the device served when its use case worked; other cases tell nothing of objects."""
    if planned.case.check is not Check.SUCCESS or run.judged.verdict is not Verdict.PASS:
        return ()
    for passage in run.passages:
        if passage.to_device:
            try:
                return touched_by(
                    decode_payload(Message.decode(passage.octets)), planned.case.use_case
                )
            except WireError:
                return ()
    return ()


def _message(passage: Passage) -> Mapping[str, Any]:
    return {
        "at": passage.at,
        "to": "device" if passage.to_device else "bench",
        "octets": passage.octets.hex(),
        "says": passage_title(passage.octets),
    }


def _frame(row: ChartRow) -> Mapping[str, Any]:
    return {
        "at": row.at,
        "from": row.source,
        "to": row.destination,
        "label": row.label,
        "layer": row.layer,
        "security": row.security,
        "psdu": row.psdu.hex(),
    }
