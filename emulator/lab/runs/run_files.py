"""The files of a run: what goes into each, and the order in which they are written."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from emulator.lab.kept.output_directory import (
    CAPTURE,
    INPUTS,
    JUNIT,
    KEYS,
    REPORT_HTML,
    REPORT_JSON,
    SECOND_CAPTURE,
    TRACE,
    TRACEBACK,
    OutputDirectory,
)
from emulator.lab.kept.result import RunResult
from emulator.lab.report.report_json import report_document
from emulator.lab.runs.junit import junit_document


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What a run recorded, as it goes into files.

    Args:
        trace: facts as JSON lines.
        capture: transmissions at 2.4 GHz as pcapng.
        second_capture: those below 1 GHz; empty where there is no such radio.
        keys: the keys that open the capture.
        inputs: what came in from outside, to be replayed; empty when nothing could.
        html: the report for people.
        traceback: where a mistake of ours happened, empty when none did.
    """

    trace: bytes
    capture: bytes
    keys: str
    second_capture: bytes = b""
    inputs: str = ""
    html: str = ""
    traceback: str = field(default="", repr=False)


def report_text(result: RunResult) -> str:
    """`report.json` as text, which is also what `--json` prints."""
    return json.dumps(report_document(result), indent=2, ensure_ascii=False) + "\n"


def file_contents(result: RunResult, recorded: Recorded) -> dict[str, bytes]:
    """Every file of the run by name; a mistake of ours adds its traceback.

    `report.json` comes first: it is how a later run knows that the folder is its own.
    """
    texts = {REPORT_JSON: report_text(result), JUNIT: junit_document(result), KEYS: recorded.keys}
    if recorded.inputs:
        texts[INPUTS] = recorded.inputs
    if recorded.traceback:
        texts[TRACEBACK] = recorded.traceback
    contents = {name: text.encode("utf-8", "backslashreplace") for name, text in texts.items()}
    contents |= {TRACE: recorded.trace, CAPTURE: recorded.capture}
    if recorded.second_capture:
        contents[SECOND_CAPTURE] = recorded.second_capture
    return contents | {REPORT_HTML: recorded.html.encode("utf-8", "backslashreplace")}


def write_files(out: OutputDirectory, contents: Mapping[str, bytes]) -> dict[str, Path]:
    """Write every file, and remove what an earlier run left beside them.

    Raises:
        EnvironmentFault: when the folder cannot be written; what is there is whole.
    """
    out.create()
    written = {name: out.write(name, content) for name, content in contents.items()}
    out.forget_others(written.keys())
    return written
