"""Limits as a lab has them: masks by band, how they are measured, how a verdict is reached."""

from dataclasses import dataclass
from enum import Enum
from typing import Final

import numpy as np

from emulator.rf_noise.device_under_test import Chas
from emulator.rf_noise.traces.trace import Detector, Series
from emulator.rf_noise.traces.units import LevelUnit, to_dbm

_BESIDE: Final = 1e-3
"""Hz that part the two sides of a step in a mask."""


class DecisionRule(Enum):
    """What makes a margin a verdict (ILAC-G8:09/2019 4.2, from memory)."""

    SIMPLE = "simple"
    GUARD_BAND = "guard-band"


class Scale(Enum):
    """Along what a mask is straight between its points."""

    LINEAR = "linear"
    LOG = "log"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BandLimit:
    """The mask of one band.

    Args:
        name: of the band, as in Annex F.
        edges: lowest and highest frequency, Hz.
        points: frequency in Hz and limit, in order; two at one frequency are a step.
        unit: of the limits.
        scale: along what the mask is straight.
        rbw: resolution bandwidth that it is for, Hz.
        vbw: video bandwidth that it is for, Hz; None when it does not say.
        detector: that it is for.
        through_chas: whether it holds at the port of a CHAS.
    """

    name: str
    edges: tuple[float, float]
    points: tuple[tuple[float, float], ...]
    unit: LevelUnit
    scale: Scale
    rbw: float
    vbw: float | None
    detector: Detector
    through_chas: bool = True

    def at(self, frequencies: Series, enbw: float) -> Series:
        """The limit at each frequency, dBm within a noise bandwidth of `enbw` Hz.

        At a step the lower limit holds.
        """
        known = np.array([frequency for frequency, _ in self.points])
        limits = np.array([limit for _, limit in self.points])
        stepped = np.concatenate(([False], np.diff(known) == 0))
        known = known + stepped * _BESIDE
        low, high = (
            np.interp(self._along(side), self._along(known), limits)
            for side in (frequencies, frequencies + 2 * _BESIDE)
        )
        lowest: Series = np.minimum(low, high) + to_dbm(self.unit, enbw)
        return lowest

    def _along(self, frequencies: Series) -> Series:
        return frequencies if self.scale is Scale.LINEAR else np.log(frequencies)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """A limits file.

    Args:
        path: of the file, as the user named it.
        sha256: of its octets.
        identity: how the limits are called.
        ichis_version: which ICHIS they are from.
        source_url: where they stand.
        source_sha256: of the document they are from.
        verified: whether somebody compared them with that document.
        fictitious: whether they are made up.
        rule: what makes a margin a verdict.
        guard_band: dB, with a guard band.
        uncertainty: of the measurement, dB.
        bands: the masks.
        chas: antenna structures that the ICHIS lists, and others that are known.
    """

    path: str
    sha256: str
    identity: str
    ichis_version: str
    source_url: str
    source_sha256: str
    verified: bool
    fictitious: bool
    rule: DecisionRule
    guard_band: float
    uncertainty: float
    bands: tuple[BandLimit, ...]
    chas: tuple[Chas, ...] = ()

    @property
    def name(self) -> str:
        """How pictures call the limits."""
        return f"{self.identity} (made up)" if self.fictitious else self.identity

    @property
    def notices(self) -> tuple[str, ...]:
        """What must be said wherever a verdict of these limits is shown."""
        if self.fictitious:
            return (f"{self.identity}: the limits are made up, and say nothing about any device",)
        if not self.verified:
            return (f"{self.identity}: nobody compared these limits with their source",)
        return ()
