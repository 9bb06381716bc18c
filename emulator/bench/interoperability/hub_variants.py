"""Every test hub that there is: HAN variant by WAN variant (SEC H14.9(b)), and what runs here."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from enum import Enum
from typing import Final

from emulator.dcc.wan_coverage import CspRegion
from emulator.lab.lab import ROOMS


class HanVariant(Enum):
    """Radios of a hub (CHTS 4.4)."""

    SINGLE_BAND = "Single Band"
    """2.4 GHz."""
    DUAL_BAND = "Dual Band"
    """2.4 GHz and 868 MHz."""


WAN_VARIANTS: Final = tuple(
    each for each in CspRegion if each not in (CspRegion.UNKNOWN, CspRegion.SMETS1)
)
"""Regions and technologies of the SM WAN (DUIS 5.4 CSPRegion)."""
_ROOM: Final = "hub"
_SETTING: Final = "bands"


@dataclass(frozen=True, slots=True)
class HubVariant:
    """One kind of test hub.

    Args:
        han: its radios.
        wan: its region.
    """

    han: HanVariant
    wan: CspRegion

    @property
    def name(self) -> str:
        """As reports have it: `Single Band / Central`."""
        return f"{self.han.value} / {self.wan.value}"

    @property
    def settings(self) -> tuple[str, ...]:
        """What of a laboratory makes such a hub, as `hanlab run --set` takes it."""
        return (f"{_ROOM}.{_SETTING}=dual",) if self.han is HanVariant.DUAL_BAND else ()

    @property
    def lacking(self) -> str:
        """Why it cannot run here; empty where it can."""
        if self.han is HanVariant.SINGLE_BAND or _dual_band_hubs():
            return ""
        return "no hub with a radio at 868 MHz is installed"


def every_variant() -> Iterator[HubVariant]:
    """The whole matrix."""
    return (HubVariant(han, wan) for han in HanVariant for wan in WAN_VARIANTS)


def _dual_band_hubs() -> bool:
    """Whether the hubs of this installation can have a second radio."""
    room = ROOMS.get(_ROOM)
    return room is not None and _SETTING in {each.name for each in fields(room)}
