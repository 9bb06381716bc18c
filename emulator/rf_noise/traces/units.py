"""Units of level and frequency as analysers spell them, brought to dBm and Hz.

dBuV and dBmV are voltages across 50 ohm: 0 dBm is 106.99 dBuV.
"""

import re
from enum import Enum
from math import log10
from typing import Final


class LevelUnit(Enum):
    """What a level is given in."""

    DBM = "dBm"
    DBUV = "dBuV"
    DBMV = "dBmV"
    DBM_PER_HZ = "dBm/Hz"


_DBUV_OF_0_DBM: Final = 10 * log10(50 * 1e-3) + 120
"""106.99 dB: one milliwatt in 50 ohm is 0.2236 V."""
_TO_DBM: Final = {
    LevelUnit.DBM: 0.0,
    LevelUnit.DBUV: -_DBUV_OF_0_DBM,
    LevelUnit.DBMV: 60 - _DBUV_OF_0_DBM,
}
_SPELLINGS: Final = {
    "dbm": LevelUnit.DBM,
    "dbuv": LevelUnit.DBUV,
    "dbµv": LevelUnit.DBUV,
    "dbμv": LevelUnit.DBUV,
    "dbmv": LevelUnit.DBMV,
    "dbm/hz": LevelUnit.DBM_PER_HZ,
    "dbm/1hz": LevelUnit.DBM_PER_HZ,
    "dbm_hz": LevelUnit.DBM_PER_HZ,
    "dbm_per_hz": LevelUnit.DBM_PER_HZ,
}
LEVEL_UNITS: Final = ", ".join(unit.value for unit in LevelUnit)
_LEVEL_AT_END: Final = re.compile(
    r"(?:^|[\s_(\[,;/-])(dbm_per_hz|dbm_hz|dbm/1?hz|db[uµμ]v|dbmv|dbm)\W*$", re.IGNORECASE
)
_FREQUENCY_AT_END: Final = re.compile(r"(?:^|[\s_(\[,;/-])([kmg]?hz)\W*$", re.IGNORECASE)
_MULTIPLES: Final = {"hz": 1.0, "khz": 1e3, "mhz": 1e6, "ghz": 1e9}


def to_dbm(unit: LevelUnit, enbw: float) -> float:
    """The dB to add to a level in `unit` for dBm within a noise bandwidth of `enbw` Hz."""
    return 10 * log10(enbw) if unit is LevelUnit.DBM_PER_HZ else _TO_DBM[unit]


def level_unit(text: str) -> LevelUnit | None:
    """The unit of level that `text` spells; None when it spells none."""
    return _SPELLINGS.get(text.strip().lower())


def level_unit_at_end(text: str) -> LevelUnit | None:
    """The unit of level with which the name of a column ends, as in `Amplitude (dBm)`."""
    found = _LEVEL_AT_END.search(text.strip())
    return None if found is None else level_unit(found[1])


def frequency_multiple(text: str) -> float | None:
    """How many Hz the unit is that `text` spells; None when it spells none."""
    return _MULTIPLES.get(text.strip().lower())


def frequency_multiple_at_end(text: str) -> float | None:
    """How many Hz the unit is with which the name of a column ends, as in `freq_mhz`."""
    found = _FREQUENCY_AT_END.search(text.strip())
    return None if found is None else frequency_multiple(found[1])
