"""Everything of one result as lines of text, in the order in which a person reads it."""

from collections.abc import Mapping
from typing import Any

from emulator.bench.campaigns.results import CaseResult
from emulator.bench.running.difference import document_lines


def story(result: CaseResult) -> list[str]:
    """Verdict, clause, what differs, both trees, the octets, the messages, the last frames."""
    parts = [f"{result.verdict}: {result.device}:{result.case}", f"clause: {result.clause}"]
    if result.field:
        parts.append(f"{result.field}: {result.reason}")
    for name, text in (
        ("to be looked at (SEC H14.43)", result.triage),
        ("not applicable", result.profile),
        ("agreed", result.waiver),
    ):
        if text:
            parts.append(f"{name}: {text}")
    for name, tree in (("expected", result.expected), ("seen", result.seen)):
        if tree is not None:
            parts += [f"{name}:", *document_lines(tree)]
    if result.hexdump:
        parts += ["octets:", result.hexdump]
    parts += [f"{_time(each)} to {each['to']}: {each['says']}" for each in result.messages]
    parts += [
        f"{_time(each)} {each['from']} > {each['to']}: {each['label']}" for each in result.frames
    ]
    return parts


def _time(row: Mapping[str, Any]) -> str:
    return f"{row['at'] / 1_000_000:.6f} s"
