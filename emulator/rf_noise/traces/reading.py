"""A trace file read, whoever wrote it."""

from pathlib import Path
from typing import Final

from emulator.rf_noise.mistakes import Mistakes
from emulator.rf_noise.octets import read_octets
from emulator.rf_noise.traces.draft import Draft, judge
from emulator.rf_noise.traces.generic import read_generic
from emulator.rf_noise.traces.keysight import is_keysight, read_keysight
from emulator.rf_noise.traces.rohde_schwarz import is_rohde_schwarz, read_rohde_schwarz
from emulator.rf_noise.traces.trace import Trace

_SIGMF: Final = (".sigmf-meta", ".sigmf-data", ".sigmf")


def read_traces(path: Path) -> tuple[Trace, ...]:
    """Every trace of a file: of Rohde & Schwarz, Keysight, a generic CSV, or a SigMF recording.

    Raises:
        UsageError: with every mistake of the file, each with its row.
        EnvironmentFault: when it is a recording and the extra `rf` is not installed.
    """
    if path.suffix.lower() in _SIGMF:
        from emulator.rf_noise.traces.sigmf_recording import read_recording  # noqa: PLC0415 - an extra

        return (read_recording(path),)
    return parse_traces(str(path), read_octets(path))


def parse_traces(source: str, octets: bytes) -> tuple[Trace, ...]:
    """Every trace in the octets of a text file.

    Args:
        source: what the file is called.
        octets: UTF-8, or Latin-1 as instruments write their micro sign.

    Raises:
        UsageError: with every mistake, each with its row.
    """
    mistakes = Mistakes(source)
    lines = _lines(octets, mistakes)
    drafts = _drafts(lines, mistakes)
    traces = [judge(draft, mistakes) for draft in drafts]
    units = {
        draft.words["level unit"].text.lower() for draft in drafts if "level unit" in draft.words
    }
    if len(units) > 1:
        row = max(draft.words["level unit"].row for draft in drafts)
        mistakes.refuse(
            row, f"levels in {' and '.join(sorted(units))}: expected one unit in a file"
        )
    mistakes.check()
    return tuple(trace for trace in traces if trace is not None)


def _lines(octets: bytes, mistakes: Mistakes) -> list[str]:
    if b"\0" in octets:
        mistakes.refuse(1, "no text: expected the ASCII or CSV export of an analyser")
        return []
    try:
        text = octets.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = octets.decode("latin-1")
    return [line.rstrip("\r") for line in text.split("\n")]


def _drafts(lines: list[str], mistakes: Mistakes) -> list[Draft]:
    if mistakes.problems:
        return []
    if is_rohde_schwarz(lines):
        return read_rohde_schwarz(lines, mistakes)
    if is_keysight(lines):
        return read_keysight(lines, mistakes)
    return read_generic(lines, mistakes)
