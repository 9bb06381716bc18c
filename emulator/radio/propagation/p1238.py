"""Indoor loss as ITU-R P.1238 gives it: equation (1) by site, equation (2) by power coefficient.

P.1238-13 (09/2025). Equation (1) is for one floor. Equation (2) adds floors; where no edition has
a residential row for a band, the nearest row stands in and is marked as not verified.
"""

from dataclasses import dataclass
from enum import Enum
from math import log10
from typing import Final

from emulator.radio.propagation.path_loss import Place


class Site(Enum):
    """What a building is, as the tables of P.1238 name it."""

    HOUSE = "house"
    APARTMENT = "apartment"
    OFFICE = "office"
    COMMERCIAL = "commercial"


@dataclass(frozen=True, slots=True)
class SiteCoefficients:
    """A row of Table 2.

    Args:
        name: environment and whether the places see each other.
        alpha: growth with distance.
        beta: offset, dB.
        gamma: growth with frequency.
        sigma: of the shadowing, dB.
        distances: metres for which it was measured, None where the notes do not keep them.
    """

    name: str
    alpha: float
    beta: float
    gamma: float
    sigma: float
    distances: tuple[float, float] | None = None


SITES: Final = {
    row.name: row
    for row in (
        SiteCoefficients("office, in sight", 1.47, 34.17, 2.08, 3.68, (2, 27)),
        SiteCoefficients("office, out of sight", 2.39, 30.13, 2.40, 5.01, (4, 30)),
        SiteCoefficients("corridor, in sight", 1.57, 29.46, 2.24, 3.77),
        SiteCoefficients("corridor, out of sight", 2.78, 28.62, 2.54, 7.58, (3, 94)),
        SiteCoefficients("industrial, in sight", 2.27, 24.79, 2.10, 2.62),
        SiteCoefficients("industrial, out of sight", 2.80, 23.55, 2.16, 5.70),
    )
}
"""Table 2. It has no residential row: an office out of sight is nearest."""
NEAREST_TO_HOMES: Final = "office, out of sight"


@dataclass(frozen=True, slots=True)
class SiteGeneral:
    """A `PathLoss` by equation (1): 10 a log10 d + b + 10 c log10 f, f in GHz, on one floor."""

    row: SiteCoefficients = SITES[NEAREST_TO_HOMES]

    def loss(self, one: Place, other: Place, frequency: float) -> float:
        """As `PathLoss.loss`; floors between the places are not counted."""
        row = self.row
        gigahertz = frequency / 1e9
        metres = max(one.distance(other), 1.0)
        return 10 * row.alpha * log10(metres) + row.beta + 10 * row.gamma * log10(gigahertz)


@dataclass(frozen=True, slots=True)
class PowerLossRow:
    """Coefficients of equation (2) for a band and a kind of building.

    Args:
        megahertz: the band.
        site: the kind of building.
        coefficient: N, dB a decade.
        floors: loss through 1, 2, 3 ... floors, dB; the last step repeats beyond them.
        source: where it stands.
        verified: whether that is a published row for this very case.
    """

    megahertz: int
    site: Site
    coefficient: float
    floors: tuple[float, ...]
    source: str
    verified: bool = True


_TABLES: Final = "ITU-R P.1238, tables of power loss coefficients and floor penetration"
_STAND_IN: Final = "no residential row at 868 MHz: N of 1.8 GHz, floors of offices at 900 MHz"
_OLDER: Final = "ITU-R P.1238: N 28 in older editions; a floor of a house 5, of flats 10 dB"

ROWS: Final = (
    PowerLossRow(900, Site.OFFICE, 33, (9, 19, 24), _TABLES),
    PowerLossRow(900, Site.COMMERCIAL, 20, (9, 19, 24), _TABLES, verified=False),
    PowerLossRow(900, Site.HOUSE, 28, (9, 18), _STAND_IN, verified=False),
    PowerLossRow(900, Site.APARTMENT, 28, (9, 18), _STAND_IN, verified=False),
    PowerLossRow(1_900, Site.HOUSE, 28, (4, 8), _TABLES),
    PowerLossRow(1_900, Site.APARTMENT, 28, (4, 8), _TABLES),
    PowerLossRow(1_900, Site.OFFICE, 30, (15, 19), _TABLES),
    PowerLossRow(1_900, Site.COMMERCIAL, 22, (6, 9), _TABLES),
    PowerLossRow(2_400, Site.HOUSE, 28, (5, 10), _OLDER),
    PowerLossRow(2_400, Site.APARTMENT, 28, (10, 20), _OLDER),
    PowerLossRow(2_400, Site.OFFICE, 30, (14, 28), _TABLES),
)


def row_for(site: Site, frequency: float) -> PowerLossRow:
    """The row of a building whose band is nearest to a frequency in Hz.

    There is always one but for commercial buildings at 2.4 GHz, for which that of 1.9 GHz is near.
    """
    there = (row for row in ROWS if row.site is site)
    return min(there, key=lambda row: abs(log10(row.megahertz * 1e6 / frequency)))


@dataclass(frozen=True, slots=True)
class PowerLoss:
    """A `PathLoss` by equation (2): 20 log10 f - 28 + N log10 d + Lf(n), f in MHz.

    Args:
        site: the kind of building.
    """

    site: Site = Site.HOUSE

    def loss(self, one: Place, other: Place, frequency: float) -> float:
        """As `PathLoss.loss`; floors are counted by the storeys of the places."""
        row = row_for(self.site, frequency)
        metres = max(one.distance(other), 1.0)
        through = floor_loss(row, abs(one.floor - other.floor))
        return 20 * log10(frequency / 1e6) - 28 + row.coefficient * log10(metres) + through


def floor_loss(row: PowerLossRow, floors: int) -> float:
    """Loss through a number of floors, dB."""
    if floors == 0:
        return 0.0
    known = row.floors
    if floors <= len(known):
        return known[floors - 1]
    return known[-1] + (floors - len(known)) * (known[-1] - known[-2])
