"""The four bands of ICHIS Annex F, and how RF noise testing names them.

The headings of Annex F are public (F.5.0 423 MHz, F.6.0 900 MHz, F.7.0 2.4 GHz, F.8.0 868 MHz), its
numbers are not. The edges below are those of the services that receive there; a limits file says
for itself where its masks begin and end.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Final


class Network(Enum):
    """Who receives in a band."""

    HAN = "HAN"
    WAN = "WAN"


@dataclass(frozen=True, slots=True)
class Band:
    """A band of Annex F.

    Args:
        name: as its heading has it.
        clause: of the heading.
        network: who receives there.
        segments: lowest and highest frequency of each part, Hz.
        source: of the edges.
    """

    name: str
    clause: str
    network: Network
    segments: tuple[tuple[float, float], ...]
    source: str

    def overlaps(self, span: tuple[float, float]) -> bool:
        """Whether any part of the band lies in `span`, Hz."""
        return any(low < span[1] and span[0] < high for low, high in self.segments)


ANNEX_F: Final = (
    Band(
        "423 MHz",
        "ICHIS Annex F, F.5.0",
        Network.WAN,
        ((422e6, 424e6),),
        "long-range radio of the North region: 422 to 424 MHz to the hub, from general knowledge",
    ),
    Band(
        "900 MHz",
        "ICHIS Annex F, F.6.0",
        Network.WAN,
        ((925e6, 960e6),),
        "3GPP TS 36.101 Table 5.5-1: band 8, to the mobile",
    ),
    Band(
        "2.4 GHz",
        "ICHIS Annex F, F.7.0",
        Network.HAN,
        ((2400e6, 2483.5e6),),
        "IEEE 802.15.4-2006 6.1.1",
    ),
    Band(
        "868 MHz",
        "ICHIS Annex F, F.8.0",
        Network.HAN,
        ((863e6, 876e6), (915e6, 921e6)),
        "GB sub-GHz HAN: pages 28 to 30, and 31",
    ),
)


def band_named(name: str) -> Band | None:
    """The band of that name; None when there is none."""
    return next((band for band in ANNEX_F if band.name == name), None)
