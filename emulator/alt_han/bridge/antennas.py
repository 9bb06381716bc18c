"""The two antennas of a bridge that is a router, and the lines between them, put together."""

from emulator.alt_han.bridge.bridge import REMOTE, WIRED, both_ways
from emulator.alt_han.bridge.settings import BackhaulSettings
from emulator.alt_han.bridge.split_radio import Antennas, SplitRadio
from emulator.smart_energy.device import Surroundings


def split(name: str, surroundings: Surroundings, settings: BackhaulSettings) -> SplitRadio:
    """The radio of a router, with a radio of the surroundings at either place.

    Args:
        name: of the router; links know its places as this and which end.
        surroundings: where it is.
        settings: of the line between its ends.
    """
    near, far = (surroundings.radio(place) for place in ends_of(name))
    lines = both_ways(name, surroundings, settings)
    return SplitRadio(Antennas(near, far, lines[WIRED], lines[REMOTE]), surroundings.scheduler)


def ends_of(name: str) -> tuple[str, str]:
    """The names under which links know the wired and the remote end of a bridge."""
    return f"{name} {WIRED}", f"{name} {REMOTE}"
