"""How signals spread, where a run does not measure it; each figure with its source."""

from dataclasses import dataclass
from typing import Literal

from emulator.kernel.errors import UsageError
from emulator.kernel.settings import setting
from emulator.kernel.units import Duration, seconds
from emulator.radio.propagation.p1238 import Site

Model = Literal["multi-wall", "log-distance", "p1238-site", "p1238-power"]
"""Models of path loss: walls of a plan; distance alone; P.1238 equation (1); equation (2)."""


@dataclass(frozen=True, slots=True)
class PropagationSettings:
    """What the physical air makes of a plan."""

    model: Model = setting("multi-wall", source="COST 231 final report 4.7.2")
    """How loss follows from places."""
    exponent: float = setting(
        3.0, source="ns-3 and Cooja: 3 among walls, 2 in free space", verified=False
    )
    """Of the log-distance model."""
    reference_loss: float | None = setting(None, source="free space at 1 m (Friis)")
    """dB at 1 m in the log-distance model; none for free space."""
    site: Site = setting(Site.HOUSE, source="ITU-R P.1238: the rows of the tables")
    """Which rows of P.1238 equation (2) count."""
    wall_constant: float = setting(
        0.0, source="COST 231: fitted to measurements; none here", verified=False
    )
    """Lc of the multi-wall model, dB."""
    floor_exponent: float = setting(0.46, source="COST 231, at 1.8 GHz", verified=False)
    """b of the multi-wall model: several floors take less than their sum."""
    shadowing: float = setting(
        4.0, source="calibrated multi-wall models err by 3 to 6 dB", verified=False
    )
    """Standard deviation of what is drawn once a link, dB."""
    band_correlation: float = setting(
        0.8, source="no document: furniture shadows both bands", verified=False
    )
    """Of the shadowing of one link at two bands."""
    fading: float = setting(2.0, source="OTNS has up to 4 dB, changing with time", verified=False)
    """Standard deviation of what is drawn anew in time, dB."""
    fading_hold: Duration = setting(
        seconds(120), source="OTNS: drawn anew every 120 to 150 s", verified=False
    )
    """How long a drawn value stays."""
    audible: int = setting(
        -125,
        source="15 dB below the noise of 2 MHz: nothing is changed by weaker signals",
        verified=False,
    )
    """dBm below which the air forgets that there is a link."""

    def __post_init__(self) -> None:
        """Refuse what is no spread, no correlation or no time."""
        if min(self.shadowing, self.fading) < 0 or max(self.shadowing, self.fading) > 40:
            raise UsageError("propagation.shadowing and propagation.fading: expected 0 to 40 dB")
        if not 0 <= self.band_correlation <= 1:
            raise UsageError(
                f"propagation.band_correlation is {self.band_correlation}: expected 0 to 1"
            )
        if self.fading_hold <= 0:
            raise UsageError("propagation.fading_hold: expected a time above 0")
        if not 0 < self.exponent <= 10:
            raise UsageError(f"propagation.exponent is {self.exponent}: expected 0 to 10")
