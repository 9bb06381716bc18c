"""CSV files of Keysight X-series analysers: settings, a line `DATA`, then frequency and levels.

The manuals (N9060-90041 and its successors, "Trace File Contents") list the settings that a file
holds: number of points, RBW, filter, VBW, detector, trace type, units of the axes. How the lines
are written is from memory of such files. Several traces stand in columns; a setting that differs
between them has a value for each.
"""

from collections.abc import Mapping
from typing import Final

from emulator.rf_noise.mistakes import Mistakes
from emulator.rf_noise.traces.draft import Draft, Word
from emulator.rf_noise.traces.numbers import decimal_sign

_KEYS: Final = {
    "rbw": "rbw",
    "resolution bandwidth": "rbw",
    "vbw": "vbw",
    "video bandwidth": "vbw",
    "rbw filter bw": "filter",
    "detector": "detector",
    "average type": "average type",
    "trace type": "mode",
    "x axis unit": "frequency unit",
    "x axis units": "frequency unit",
    "y axis unit": "level unit",
    "y axis units": "level unit",
    "trace name": "name",
    "number of points": "count",
}
_MARK: Final = "data"


def is_keysight(lines: list[str]) -> bool:
    """Whether a file is such a one: it has a line `DATA`."""
    return any(line.strip(" ,;\t").lower() == _MARK for line in lines[:400])


def read_keysight(lines: list[str], mistakes: Mistakes) -> list[Draft]:
    """The traces of a file, unjudged.

    Args:
        lines: of the file.
        mistakes: takes what is wrong with its frame.
    """
    start = next(
        number for number, line in enumerate(lines) if line.strip(" ,;\t").lower() == _MARK
    )
    delimiter = _delimiter(lines[: start + 2])
    words, instrument = _header(lines[:start], delimiter)
    rows = [
        (number, _cells(line, delimiter))
        for number, line in enumerate(lines[start + 1 :], start + 2)
        if line.strip(" ,;\t")
    ]
    columns = len(rows[0][1]) - 1 if rows else 0
    if columns < 1:
        mistakes.refuse(start + 1, "no points after DATA: expected frequency and level")
        return []
    sign = decimal_sign(cell for _, cells in rows for cell in cells)
    drafts = [
        Draft(_name(words, column), start + 1, instrument, sign, _settled(words, column))
        for column in range(columns)
    ]
    for number, cells in rows:
        if len(cells) != columns + 1:
            told = f"{len(cells)} fields, {columns + 1} in the first row of data; a decimal comma?"
            mistakes.refuse(number, told, "expected as many fields as in the first row of data")
            continue
        for column, draft in enumerate(drafts, 1):
            draft.points.append((number, cells[0], cells[column]))
    _check_count(words, len(rows), mistakes)
    return drafts


def _header(lines: list[str], delimiter: str) -> tuple[dict[str, tuple[int, list[str]]], str]:
    words: dict[str, tuple[int, list[str]]] = {}
    instrument = ""
    for row, line in enumerate(lines, 1):
        cells = _cells(line, delimiter)
        if not cells:
            continue
        key = cells[0].lower()
        if key in _KEYS:
            words[_KEYS[key]] = row, cells[1:]
        elif row <= 3 and len(cells) > 1 and key.startswith(("a.", "n")):
            instrument = cells[1]
    return words, instrument


def _delimiter(lines: list[str]) -> str:
    return ";" if any(";" in line for line in lines) else ","


def _cells(line: str, delimiter: str) -> list[str]:
    cells = [cell.strip().strip('"') for cell in line.split(delimiter)]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _name(words: Mapping[str, tuple[int, list[str]]], column: int) -> str:
    names = words.get("name", (0, []))[1]
    return names[column] if column < len(names) and names[column] else f"Trace{column + 1}"


def _settled(words: Mapping[str, tuple[int, list[str]]], column: int) -> dict[str, Word]:
    """The settings of one column: its own value, or the one that all share."""
    settled = {}
    for name, (row, values) in words.items():
        if values:
            settled[name] = Word(values[column] if column < len(values) else values[0], row)
    settled.setdefault("frequency unit", Word("Hz", 1))
    kind = settled.pop("average type", Word("", 1)).text.lower()
    found = settled.get("detector")
    if found is not None and found.text.lower() == "average" and kind.startswith("power"):
        settled["detector"] = Word("rms", found.row)  # the mean of power is what RMS means
    return settled


def _check_count(
    words: Mapping[str, tuple[int, list[str]]], there: int, mistakes: Mistakes
) -> None:
    row, values = words.get("count", (0, []))
    if values and values[0].isdecimal() and int(values[0]) != there:
        mistakes.refuse(row, f"Number of Points,{values[0]}, but {there} follow: expected as many")
