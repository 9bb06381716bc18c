"""A campaign as Allure results: one a case, with trees, messages and octets as attachments.

The same results give the same files: identities come from names, moments from virtual time, so that
Allure's history follows a case from run to run.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from emulator.bench.campaigns.results import CaseResult
from emulator.bench.report.check_words import check_words
from emulator.bench.report.coverage import rule_of
from emulator.bench.running.difference import document_lines
from emulator.kernel.errors import EnvironmentFault
from emulator.kernel.units import Calendar
from emulator.lab.kept.result import Verdict

_STATUSES: Final = {
    Verdict.PASS.value: "passed",
    Verdict.FAIL.value: "failed",
    Verdict.ERROR.value: "broken",
    Verdict.INCONCLUSIVE.value: "unknown",
    Verdict.NOT_APPLICABLE.value: "skipped",
}
_TEXT: Final = "text/plain"


def write_allure(folder: Path, document: Mapping[str, Any], results: Sequence[CaseResult]) -> None:
    """Write the results into a folder that `allure generate` reads.

    Args:
        folder: made where it is not there; results of other runs in it stay.
        document: the report.json of the campaign.
        results: of every case.

    Raises:
        EnvironmentFault: when the library is missing, or the folder cannot be written.
    """
    model2 = allure_model()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for each in results:
            _write_case(folder, document, each, model2)
        environment = "\n".join(_environment(document)) + "\n"
        (folder / "environment.properties").write_text(environment, "utf-8")
    except OSError as fault:
        raise EnvironmentFault(f"{folder}: {fault}") from fault


def allure_model() -> Any:
    """The classes of Allure's library; asked for before a campaign, so that it is not run in vain.

    Raises:
        EnvironmentFault: when the library is missing.
    """
    try:
        from allure_commons import model2  # noqa: PLC0415 - an extra
    except ImportError as fault:
        raise EnvironmentFault(
            "Allure results need the extra allure: pip install 'hanlab[allure]'"
        ) from fault
    return model2


def _write_case(folder: Path, document: Mapping[str, Any], result: CaseResult, model: Any) -> None:
    identity = _identity(f"{document['campaign']}\0{'/'.join(map(str, result.key))}")
    attachments = []
    for place, (name, text) in enumerate(_attachments(result)):
        source = f"{identity}-{place}-attachment.txt"
        (folder / source).write_text(text, "utf-8", errors="backslashreplace")
        attachments.append(model.Attachment(name=name, source=source, type=_TEXT))
    began = _milliseconds(result.messages[0]["at"] if result.messages else 0)
    made = model.TestResult(
        uuid=identity,
        historyId=_identity(f"{result.device}\0{result.case}"),
        testCaseId=_identity(result.case),
        fullName=f"{result.device}:{result.case}",
        name=_name(result),
        description=f"{result.title}: {check_words(result.check)}. {result.clause}",
        status=_status(result, model),
        statusDetails=_details(result, model),
        stage="finished",
        labels=[model.Label(name=name, value=value) for name, value in _labels(document, result)],
        parameters=[model.Parameter(name="repeat", value=str(result.repeat))],
        attachments=attachments,
        start=began,
        stop=began + result.virtual_us // 1000,
    )
    text = json.dumps(_filled(made), ensure_ascii=False)
    path = folder / model.TEST_CASE_PATTERN.format(prefix=identity)
    path.write_text(text, "utf-8", errors="backslashreplace")


def _filled(made: Any) -> dict[str, Any]:
    """A result of the library as a document, without what is empty."""
    from attr import asdict  # noqa: PLC0415 - comes with the extra

    filled: dict[str, Any] = asdict(made, filter=lambda _, value: value not in (None, [], ""))
    return filled


def _status(result: CaseResult, model: Any) -> str:
    """An agreed failure is skipped: shown, with the reason, but no failure."""
    if result.waiver:
        return str(model.Status.SKIPPED)
    return _STATUSES[result.verdict]


def _details(result: CaseResult, model: Any) -> Any:
    agreed = f"agreed: {result.waiver}: " if result.waiver else ""
    message = f"{agreed}{result.field}: {result.reason} ({result.clause})" if result.reason else ""
    if not message and not result.profile:
        return None
    trace = f"again: {result.again}" if result.again else None
    return model.StatusDetails(
        message=message or result.profile, trace=trace, known=bool(result.waiver) or None
    )


def _name(result: CaseResult) -> str:
    rest = result.case.split("/")[4:]
    return " ".join((result.use_case or result.code, result.check, *rest))


def _labels(document: Mapping[str, Any], result: CaseResult) -> Iterator[tuple[str, str]]:
    """By which Allure groups: suites by device and use case, behaviours by rule."""
    yield "parentSuite", str(document["campaign"])
    yield "suite", result.device
    yield "subSuite", f"{result.use_case or result.code} {result.title}"
    yield "epic", result.kind
    yield "feature", rule_of(result.clause)
    yield "story", result.check
    yield "framework", "hanlab"
    yield "host", "hanlab"
    if result.triage:
        yield "tag", f"H14.43 {result.triage}"
    for tag in result.tags:
        yield "tag", tag


def _attachments(result: CaseResult) -> Iterator[tuple[str, str]]:
    """What there is to see, as texts."""
    for name, tree in (("expected", result.expected), ("seen", result.seen)):
        if tree is not None:
            yield name, "\n".join(document_lines(tree))
    if result.verdict != Verdict.PASS.value and result.messages:
        yield "messages", "\n".join(_message(each) for each in result.messages)
    if result.frames:
        yield "last frames", "\n".join(_frame(each) for each in result.frames)
    if result.hexdump:
        yield "octets", result.hexdump


def _message(message: Mapping[str, Any]) -> str:
    arrow = "bench -> device" if message["to"] == "device" else "device -> bench"
    return f"{message['at'] / 1e6:.6f} s  {arrow}  {message['says']}\n  {message.get('octets', '')}"


def _frame(frame: Mapping[str, Any]) -> str:
    ends = f"{frame['from']} -> {frame['to']}"
    return f"{frame['at'] / 1e6:.6f} s  {ends}  {frame['label']}\n  {frame.get('psdu', '')}"


def _environment(document: Mapping[str, Any]) -> Iterator[str]:
    """What Allure shows as the surroundings of the run."""
    for name in ("service_mode", "reach", "gbcs_version", "seed", "keys"):
        yield f"{name}={document[name]}"
    for name, value in document["tools"].items():
        yield f"{name}={value}"


def _milliseconds(at: int) -> int:
    """A moment of virtual time as Allure counts: milliseconds since 1970."""
    return round(Calendar().start.timestamp() * 1000) + at // 1000


def _identity(text: str) -> str:
    """A UUID-shaped name that is the same for the same text."""
    digits = hashlib.sha256(text.encode()).hexdigest()[:32]
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
