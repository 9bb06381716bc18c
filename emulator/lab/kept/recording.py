"""What came in from outside during a run, kept so that the run can be replayed.

One JSON object a line. The first tells the format; `told` lines what was found out about each
dongle before the start; `in` lines what came in: at which wait of the scheduler (they are
counted), at which instant, on which line, and the octets; `lost` lines how a line ended.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from emulator.kernel.errors import UsageError
from emulator.kernel.json_text import parse_json
from emulator.kernel.text_files import read_text
from emulator.kernel.units import Instant

FORMAT: Final = "hanlab-inputs 1"


@dataclass(frozen=True, slots=True)
class RecordedInput:
    """What came in on one line.

    Args:
        wait: the scheduler's wait that it ended, counted from 1.
        at: the instant it was stamped with.
        line: the name of the line.
        octets: what came; None when the line was lost.
        lost: why it was lost.
    """

    wait: int
    at: Instant
    line: str
    octets: bytes | None
    lost: str = ""


class InputRecorder:
    """Keeps a recording while the run goes on.

    Args:
        keeps: whether it does; what serves for days is never replayed.
    """

    def __init__(self, *, keeps: bool = True) -> None:
        self._keeps = keeps
        self._rows: list[str] = []

    def told(self, name: str, text: str) -> None:
        """Keep what was found out before the start."""
        self._add({"told": name, "text": text})

    def came(self, each: RecordedInput) -> None:
        """Keep an input."""
        head: dict[str, Any] = {"wait": each.wait, "at": each.at, "line": each.line}
        if each.octets is None:
            self._add(head | {"lost": each.lost})
        else:
            self._add(head | {"in": each.octets.hex()})

    def text(self) -> str:
        """The recording; empty when there is nothing in it."""
        return "".join(f"{row}\n" for row in self._rows)

    def _add(self, row: Mapping[str, Any]) -> None:
        if not self._keeps:
            return
        if not self._rows:
            self._rows.append(json.dumps({"format": FORMAT}))
        self._rows.append(json.dumps(row, separators=(",", ":")))


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording read back.

    Args:
        path: the file, as messages call it.
        told: what was found out before the start, by name.
        inputs: in the order in which they came.
    """

    path: str
    told: Mapping[str, str]
    inputs: Sequence[RecordedInput]


def read_recording(path: Path) -> Recording:
    """The recording in a file.

    Raises:
        UsageError: when it is none; names the line.
    """
    lines = read_text(path).splitlines()
    told: dict[str, str] = {}
    inputs: list[RecordedInput] = []
    for number, line in enumerate(lines, 1):
        try:
            row = parse_json(line)
            if number == 1:
                _check_format(row)
            elif "told" in row:
                told[str(row["told"])] = str(row["text"])
            else:
                inputs.append(_input(row))
        except (ValueError, KeyError, TypeError, AttributeError) as fault:
            raise UsageError(f"{path} line {number}: no line of a recording: {fault}") from fault
    if not lines:
        raise UsageError(f"{path}: empty: expected the inputs.jsonl of a run")
    return Recording(str(path), told, tuple(inputs))


def _check_format(row: Any) -> None:
    if row.get("format") != FORMAT:
        raise ValueError(f"expected format {FORMAT!r}, got {row.get('format')!r}")


def _input(row: Mapping[str, Any]) -> RecordedInput:
    lost = str(row["lost"]) if "lost" in row else ""
    octets = None if "lost" in row else bytes.fromhex(row["in"])
    return RecordedInput(int(row["wait"]), Instant(int(row["at"])), str(row["line"]), octets, lost)
