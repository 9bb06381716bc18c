"""Noise that comes and goes, as that of a switch-mode supply: errors are averaged, never powers.

Bursts that repeat slower than a frame lasts hit some frames and spare others:
PER = d PER(on) + (1 - d) PER(off). Bursts that repeat faster hit a share d of the bits of each.
"""

from dataclasses import dataclass

import numpy as np

from emulator.kernel.errors import UsageError
from emulator.rf_noise.traces.trace import Detector, Series


@dataclass(frozen=True, slots=True)
class Gate:
    """When noise is on.

    Args:
        duty: share of the time.
        repetition: seconds from burst to burst; None when bursts outlast frames.
    """

    duty: float = 1.0
    repetition: float | None = None

    def __post_init__(self) -> None:
        """Refuse what is no duty.

        Raises:
            UsageError: when the duty is no share, or the repetition no time.
        """
        if not 0 < self.duty <= 1:
            raise UsageError(f"--duty {self.duty:g}: expected more than 0, and 1 at most")
        if self.repetition is not None and self.repetition <= 0:
            raise UsageError("--repetition: expected a time such as 20 us")

    @property
    def continuous(self) -> bool:
        """Whether the noise never stops."""
        return self.duty >= 1

    def while_on(self, power: Series, detector: Detector | None) -> Series:
        """Power while the noise is on.

        Args:
            power: as measured, mW.
            detector: a mean of power takes in the gaps, a peak does not.
        """
        if detector in (Detector.PEAK, Detector.QUASI_PEAK):
            return power
        return power / self.duty

    def success(self, on: Series, off: Series, frame: float) -> Series:
        """Probability that a frame comes through.

        Args:
            on: logarithm of that while the noise is on.
            off: the same while it is off.
            frame: seconds that the frame lasts.
        """
        if self.continuous:
            through: Series = np.exp(on)
        elif self.repetition is not None and self.repetition <= frame:
            through = np.exp(self.duty * on + (1 - self.duty) * off)
        else:
            through = self.duty * np.exp(on) + (1 - self.duty) * np.exp(off)
        return through
