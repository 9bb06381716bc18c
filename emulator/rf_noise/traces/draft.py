"""A trace as a file spells it, unjudged; every format ends in the same judgement."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

import numpy as np

from emulator.rf_noise.mistakes import Mistakes
from emulator.rf_noise.traces import spellings
from emulator.rf_noise.traces.numbers import Decimal, number, why_no_number
from emulator.rf_noise.traces.trace import Detector, Trace, TraceMode
from emulator.rf_noise.traces.units import (
    LEVEL_UNITS,
    LevelUnit,
    frequency_multiple,
    level_unit,
    to_dbm,
)

_LOWEST, _HIGHEST = -250.0, 200.0
"""dBm, dBuV and the like: no receiver shows less and no connector survives more."""
_FARTHEST: Final = 1e12
"""Hz."""


@dataclass(frozen=True, slots=True)
class Word:
    """A setting as a file has it.

    Args:
        text: its value.
        row: its line.
        unit: its unit, where that stands apart.
    """

    text: str
    row: int
    unit: str = ""


@dataclass(slots=True)
class Draft:
    """What a reader found of one trace.

    Args:
        name: what the file calls it.
        row: where it begins.
        instrument: who took it.
        decimal: the file's decimal sign.
        words: settings by name: `rbw`, `vbw`, `detector`, `mode`, `filter`, `frequency unit`,
            `level unit`.
        points: line, frequency and level of each point.
    """

    name: str
    row: int
    instrument: str
    decimal: Decimal
    words: Mapping[str, Word]
    points: list[tuple[int, str, str]] = field(default_factory=list)


def judge(draft: Draft, mistakes: Mistakes) -> Trace | None:
    """The trace that a draft is; None when it is none, and `mistakes` say why."""
    unit = _level_unit(draft, mistakes)
    multiple = _frequency_multiple(draft, mistakes)
    rbw = _bandwidth(draft, "rbw", mistakes)
    if "rbw" not in draft.words:
        mistakes.refuse(draft.row, f"{draft.name} has no RBW: power in a channel depends on it")
    factor = _noise_factor(draft, mistakes)
    found_detector, found_mode = _detector(draft, mistakes), _mode(draft)
    points = _points(draft, multiple or 1.0, mistakes)
    vbw = _bandwidth(draft, "vbw", mistakes)
    if mistakes.problems or unit is None or rbw is None or len(points) < 2:
        return None
    levels = np.array([level for _, level in points]) + to_dbm(unit, rbw * factor[0])
    return Trace(
        source=mistakes.path,
        name=draft.name,
        frequencies=np.array([frequency for frequency, _ in points]),
        levels=levels,
        rbw=rbw,
        enbw_factor=factor[0],
        filter_name=factor[1],
        vbw=vbw,
        detector=found_detector,
        mode=found_mode,
        instrument=draft.instrument,
        row=draft.row,
    )


def _level_unit(draft: Draft, mistakes: Mistakes) -> LevelUnit | None:
    word = draft.words.get("level unit")
    if word is None:
        mistakes.refuse(draft.row, f"{draft.name} has no unit of level: expected {LEVEL_UNITS}")
        return None
    unit = level_unit(word.text)
    if unit is None:
        mistakes.refuse(word.row, f"unit of level {word.text!r}: expected {LEVEL_UNITS}")
    return unit


def _frequency_multiple(draft: Draft, mistakes: Mistakes) -> float | None:
    word = draft.words.get("frequency unit")
    if word is None:
        mistakes.refuse(draft.row, f"{draft.name} has no unit of frequency: expected Hz to GHz")
        return None
    multiple = frequency_multiple(word.text)
    if multiple is None:
        mistakes.refuse(word.row, f"unit of frequency {word.text!r}: expected Hz to GHz")
    return multiple


def _bandwidth(draft: Draft, name: str, mistakes: Mistakes) -> float | None:
    """A bandwidth in Hz: `100000`, or `100 kHz`."""
    word = draft.words.get(name)
    if word is None:
        return None
    text, unit = word.text.strip(), word.unit or "Hz"
    bare = text.rstrip("HhZzKkMmGg").rstrip()
    if bare != text:
        text, unit = bare, text[len(bare) :].strip()
    value, multiple = number(text, draft.decimal), frequency_multiple(unit)
    if value is None and draft.decimal is Decimal.COMMA:
        value = number(text)
    if value is None or multiple is None or not 0 < value * multiple < _FARTHEST:
        mistakes.refuse(
            word.row, f"{name.upper()} {word.text!r}: expected a bandwidth such as 100 kHz"
        )
        return None
    return value * multiple


def _noise_factor(draft: Draft, mistakes: Mistakes) -> tuple[float, str]:
    word = draft.words.get("filter", Word(spellings.USUAL_FILTER, draft.row))
    factor = spellings.noise_factor(word.text)
    if factor is None:
        mistakes.refuse(word.row, f"filter {word.text!r}: expected {spellings.FILTERS}")
        return 1.0, ""
    return factor


def _detector(draft: Draft, mistakes: Mistakes) -> Detector | None:
    word = draft.words.get("detector")
    if word is None:
        return None
    found = spellings.detector(word.text)
    if found is None:
        mistakes.refuse(word.row, f"detector {word.text!r}: expected {spellings.DETECTORS}")
    return found


def _mode(draft: Draft) -> TraceMode | None:
    """How sweeps made the trace; what says nothing of that, as `View`, is as good as silence."""
    word = draft.words.get("mode")
    return None if word is None else spellings.trace_mode(word.text)


def _points(draft: Draft, multiple: float, mistakes: Mistakes) -> list[tuple[float, float]]:
    """Frequency in Hz and level of every point that is one."""
    good: list[tuple[int, float, float]] = []
    for row, frequency, level in draft.points:
        pair = []
        for text in (frequency, level):
            value = number(text, draft.decimal)
            if value is None:
                told = why_no_number(text, draft.decimal)
                mistakes.refuse(row, told, "expected a number")
            else:
                pair.append(value)
        if len(pair) == 2 and _plausible(row, pair[0] * multiple, pair[1], mistakes):
            good.append((row, pair[0] * multiple, pair[1]))
    for (_, before, _), (row, after, _) in pairwise(good):
        if after <= before:
            told = f"{after:.10g} Hz after {before:.10g} Hz: expected rising frequencies"
            mistakes.refuse(row, told, "expected rising frequencies")
    if len(draft.points) < 2:
        mistakes.refuse(
            draft.row, f"{draft.name} has {len(draft.points)} points: expected 2 or more"
        )
    return [(frequency, level) for _, frequency, level in good]


def _plausible(row: int, frequency: float, level: float, mistakes: Mistakes) -> bool:
    if not 0 < frequency < _FARTHEST:
        told = f"{frequency:.10g} Hz: expected a frequency above 0 and below 1 THz"
        mistakes.refuse(row, told, "expected a frequency")
        return False
    if not _LOWEST <= level <= _HIGHEST:
        told = (
            f"level {level:g}: expected {_LOWEST:g} to {_HIGHEST:g}; a decimal comma that was lost?"
        )
        mistakes.refuse(row, told, "expected a level")
        return False
    return True
