"""Timers and policies of the gas mirror, at the meter and at the hub."""

from dataclasses import dataclass

from emulator.kernel.settings import setting, within
from emulator.kernel.units import Duration, minutes, seconds


@dataclass(frozen=True, slots=True)
class MirrorSettings:
    """How a gas meter and the mirror at its hub work together (GBCS 10.2.2.2)."""

    interval: int = setting(1800, source="GBCS recommends 30 minutes, as a gas meter sample says")
    """Seconds from one wake to the next; the meter tells the mirror."""
    scheme: int = setting(2, source="GBCS 10.2.2.2 as a gas meter sample quotes it: scheme B")
    pause: Duration = setting(
        seconds(3), source="no clause: from the agreed key to the first step", verified=False
    )
    patience: Duration = setting(
        seconds(10), source="no clause: for the answer to a finished report", verified=False
    )
    misses: int = setting(
        2, source="no clause: reports without answer before a mirror is asked for", verified=False
    )
    stay_awake: Duration = setting(
        minutes(1), source="no clause: to the next report while told to stay awake", verified=False
    )

    def __post_init__(self) -> None:
        """Refuse what ConfigureMirror has no room for (ZSE 1.4 D.3: 24 and 8 bits)."""
        within("mirror.interval", self.interval, 1, 0xFFFFFF)
        within("mirror.scheme", self.scheme, 0, 0xFF)
