"""How long a GFI line waits, and how much it holds; no source gives any of it."""

from dataclasses import dataclass
from typing import Final

from emulator.kernel.settings import setting
from emulator.kernel.units import Duration, minutes, seconds

DEFAULT_PORT: Final = 47341
"""Of a line that is given none: the port of DCC's tool is not published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GfiLineSettings:
    """Bounds of a line in front of an emulated home."""

    answer: Duration = setting(
        seconds(60), source="how long a mains device may take: the choice of the bench"
    )
    sleepy_answer: Duration = setting(
        minutes(40), source="GBCS 10.2.2: a gas meter fetches its messages every half hour"
    )
    connections: int = setting(8, source="lines at a time: the choice of the bench")
    unsent: int = setting(
        1 << 20, source="octets kept for a client that does not read: the choice of the bench"
    )
    commands: int = setting(
        4096, source="commands whose sender is kept in mind: the choice of the bench"
    )


USUAL: Final = GfiLineSettings()
