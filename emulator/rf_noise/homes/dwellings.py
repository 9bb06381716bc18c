"""Kinds of dwelling, how many there are of each, and how far meters are from the hub in them.

No document says where meters hang. Shares are of the order that housing surveys of England give,
distances and walls are assumptions: `verified` is false for all of it, and every report says so.
"""

from dataclasses import dataclass
from typing import Final

from emulator.radio.propagation.p1238 import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class Dwelling:
    """A kind of dwelling.

    Args:
        name: what it is.
        share: of all homes.
        gas_distance: least and greatest distance from hub to gas meter, m.
        electricity_distance: the same to an electricity meter that does not carry the hub.
        outer_walls: share of homes with an outer wall between hub and gas meter.
        site: what ITU-R P.1238 takes it for, which says what a floor costs.
        floors: share of homes with a floor between hub and gas meter.
    """

    name: str
    share: float
    gas_distance: tuple[float, float]
    electricity_distance: tuple[float, float]
    outer_walls: float
    site: Site
    floors: float


SOURCE: Final = "assumed: shares of the order of housing surveys of England, distances without one"
DWELLINGS: Final = (
    Dwelling(
        name="detached",
        share=0.24,
        gas_distance=(2.0, 18.0),
        electricity_distance=(1.0, 8.0),
        outer_walls=0.9,
        site=Site.HOUSE,
        floors=0.1,
    ),
    Dwelling(
        name="semi-detached",
        share=0.26,
        gas_distance=(1.5, 12.0),
        electricity_distance=(1.0, 6.0),
        outer_walls=0.8,
        site=Site.HOUSE,
        floors=0.1,
    ),
    Dwelling(
        name="terraced",
        share=0.28,
        gas_distance=(1.0, 10.0),
        electricity_distance=(1.0, 5.0),
        outer_walls=0.6,
        site=Site.HOUSE,
        floors=0.15,
    ),
    Dwelling(
        name="flat",
        share=0.22,
        gas_distance=(1.0, 25.0),
        electricity_distance=(1.0, 20.0),
        outer_walls=0.4,
        site=Site.APARTMENT,
        floors=0.4,
    ),
)


def homes_of_each(homes: int) -> tuple[int, ...]:
    """How many homes of each kind: shares of `homes`, rounded so that none is lost."""
    exact = [homes * dwelling.share for dwelling in DWELLINGS]
    counts = [int(each) for each in exact]
    rest = sorted(range(len(exact)), key=lambda at: counts[at] - exact[at])
    for at in rest[: homes - sum(counts)]:
        counts[at] += 1
    return tuple(counts)
