"""ASCII files of Rohde & Schwarz analysers, `.DAT` or `.CSV`.

User manuals of R&S FSW (1173.9411.02) and FPL1000 (1178.3370.02), "Reference: ASCII file export
format": a header of `name;value;unit`, then for each trace its settings, `Values;N` and N lines of
frequency and level. The AUTOPEAK detector gives two levels, the higher first. The decimal sign is
chosen on the instrument. Older models write `TRACE 1:` and leave out some lines.
"""

import re
from collections.abc import Mapping
from typing import Final

from emulator.rf_noise.mistakes import Mistakes
from emulator.rf_noise.traces.draft import Draft, Word
from emulator.rf_noise.traces.numbers import decimal_sign, number

_KEYS: Final = {
    "rbw": "rbw",
    "vbw": "vbw",
    "detector": "detector",
    "trace mode": "mode",
    "filter type": "filter kind",
    "x-unit": "frequency unit",
    "y-unit": "level unit",
}
_TRACE: Final = re.compile(r"trace\s+(\d+)\s*:?", re.IGNORECASE)
_DIGIT_FIRST: Final = re.compile(r"\s*[+-]?[\d.,]")


def is_rohde_schwarz(lines: list[str]) -> bool:
    """Whether a file is such a one: it begins with `Type;`, or has `Values;`."""
    return any(line.lower().startswith(("type;", "values;")) for line in lines[:200])


def read_rohde_schwarz(lines: list[str], mistakes: Mistakes) -> list[Draft]:
    """The traces of a file, unjudged.

    Args:
        lines: of the file.
        mistakes: takes what is wrong with its frame.
    """
    sign = decimal_sign(
        cell for line in lines if _DIGIT_FIRST.match(line) for cell in line.split(";")
    )
    words: dict[str, Word] = {}
    instrument = ""
    name = "Trace 1"
    drafts: list[Draft] = []
    row = 0
    while row < len(lines):
        cells = [cell.strip() for cell in lines[row].split(";")]
        row += 1
        key = cells[0].lower()
        value, unit = (*cells[1:3], "", "")[:2]
        marked = _TRACE.fullmatch(key)
        if marked is not None:
            name = f"Trace {marked[1]}"
        elif key == "type":
            instrument = value
        elif key in _KEYS:
            words[_KEYS[key]] = Word(value, row, unit)
        elif key == "values":
            draft = Draft(name, row, instrument, sign, _settled(words))
            row = _take_points(lines, row, value, draft, mistakes)
            drafts.append(draft)
            name = f"Trace {len(drafts) + 1}"
    if not drafts:
        mistakes.refuse(1, "no line Values;N: expected one before the points of each trace")
    return drafts


def _settled(words: Mapping[str, Word]) -> dict[str, Word]:
    """The settings of a trace; units that the file leaves out are those of the format."""
    settled = {"frequency unit": Word("Hz", 1), "level unit": Word("dBm", 1), **words}
    return {name: word for name, word in settled.items() if word.text}


def _take_points(lines: list[str], row: int, count: str, draft: Draft, mistakes: Mistakes) -> int:
    """Take the points that follow a line `Values;N`, and give the row after them."""
    wanted = number(count)
    if wanted is None or wanted != int(wanted) or wanted < 0:
        mistakes.refuse(row, f"Values;{count}: expected a whole number")
        wanted = None
    start, taken = row, 0
    while row < len(lines) and (_DIGIT_FIRST.match(lines[row]) or not lines[row].strip()):
        cells = [cell.strip() for cell in lines[row].split(";")]
        row += 1
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            continue
        taken += 1
        if len(cells) not in (2, 3):
            told = f"{len(cells)} fields: expected frequency;level"
            mistakes.refuse(row, told, "expected frequency;level")
            continue
        draft.points.append((row, cells[0], cells[1]))
    if wanted is not None and wanted != taken:
        mistakes.refuse(start, f"Values;{count}, but {taken} points follow: expected as many")
    return row
