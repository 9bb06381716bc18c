"""CSV of no maker: a header that names columns with units, `frequency_hz,level_dbm`.

Lines that begin with `#` or `!` hold settings: `# rbw = 100 kHz`, `# detector: rms`. Columns are
parted by comma, semicolon or tab.
"""

import re
from collections.abc import Mapping
from typing import Final

from emulator.rf_noise.mistakes import Mistakes
from emulator.rf_noise.traces.draft import Draft, Word
from emulator.rf_noise.traces.numbers import decimal_sign, number
from emulator.rf_noise.traces.units import LEVEL_UNITS, frequency_multiple_at_end, level_unit_at_end

_SETTING: Final = re.compile(r"[#!]+\s*([A-Za-z][A-Za-z _-]*?)(?:_(hz|khz|mhz))?\s*[:=;,]\s*(.*)")
_KEYS: Final = {
    "rbw": "rbw",
    "resolution bandwidth": "rbw",
    "vbw": "vbw",
    "video bandwidth": "vbw",
    "detector": "detector",
    "filter": "filter",
    "trace mode": "mode",
    "mode": "mode",
    "instrument": "instrument",
}


def read_generic(lines: list[str], mistakes: Mistakes) -> list[Draft]:
    """The traces of a file, unjudged.

    Args:
        lines: of the file.
        mistakes: takes what is wrong with its frame.
    """
    words = _settings(lines)
    rows = [
        (row, line)
        for row, line in enumerate(lines, 1)
        if line.strip() and not line.lstrip().startswith(("#", "!"))
    ]
    if not rows:
        mistakes.refuse(1, "no header and no points: expected frequency_hz,level_dbm and rows")
        return []
    head_row, head = rows[0]
    delimiter = _delimiter(head)
    names = _cells(head, delimiter)
    drafts = _drafts(names, head_row, words, mistakes)
    cells_of = [(row, _cells(line, delimiter)) for row, line in rows[1:]]
    sign = decimal_sign(cell for _, cells in cells_of for cell in cells)
    for draft in drafts:
        draft.decimal = sign
    for row, cells in cells_of:
        if len(cells) != len(names):
            told = f"{len(cells)} fields, {len(names)} in the header; a decimal comma?"
            mistakes.refuse(row, told, "expected as many fields as the header has")
            continue
        for column, draft in enumerate(drafts, 1):
            draft.points.append((row, cells[0], cells[column]))
    return drafts


def _drafts(
    names: list[str], row: int, words: Mapping[str, Word], mistakes: Mistakes
) -> list[Draft]:
    if number(names[0]) is not None:
        mistakes.refuse(row, "no header: expected one with units, as frequency_hz,level_dbm")
        return []
    multiple = frequency_multiple_at_end(names[0])
    if multiple is None:
        mistakes.refuse(row, f"column {names[0]!r} has no unit of frequency: expected Hz to GHz")
    if len(names) < 2:
        mistakes.refuse(row, f"one column, {names[0]!r}: expected frequency and level")
    units = {name: level_unit_at_end(name) for name in names[1:]}
    for name, unit in units.items():
        if unit is None:
            mistakes.refuse(row, f"column {name!r} has no unit of level: expected {LEVEL_UNITS}")
    spelled = sorted({unit.value for unit in units.values() if unit is not None})
    if len(spelled) > 1:
        mistakes.refuse(row, f"columns in {' and '.join(spelled)}: expected one unit in a file")
    if multiple is None or None in units.values():
        return []
    instrument = words["instrument"].text if "instrument" in words else ""
    unit_words = {"frequency unit": Word(_unit_text(multiple), row)}
    return [
        Draft(
            name,
            row,
            instrument,
            decimal_sign(()),
            {**words, **unit_words, "level unit": Word(unit.value, row)},
        )
        for name, unit in units.items()
        if unit is not None
    ]


def _settings(lines: list[str]) -> dict[str, Word]:
    words = {}
    for row, line in enumerate(lines, 1):
        found = _SETTING.match(line.strip())
        if found is not None:
            key = found[1].strip().lower().replace("_", " ")
            if key in _KEYS:
                words[_KEYS[key]] = Word(found[3].strip(), row, found[2] or "")
    return words


def _delimiter(head: str) -> str:
    return next((mark for mark in (";", "\t") if mark in head), ",")


def _cells(line: str, delimiter: str) -> list[str]:
    return [cell.strip().strip('"') for cell in line.split(delimiter)]


def _unit_text(multiple: float) -> str:
    return {1.0: "Hz", 1e3: "kHz", 1e6: "MHz", 1e9: "GHz"}[multiple]
