"""What a coordination may be run with."""

from dataclasses import dataclass
from datetime import timedelta

from emulator.kernel.settings import setting


@dataclass(frozen=True, slots=True, kw_only=True)
class CoordinationSettings:
    """How long the coordinator has to tell somebody."""

    category_b_days: int = setting(5, source="DCP 400 6.17: within five working days")
    """Working days."""
    telephone: timedelta = setting(
        timedelta(hours=1),
        source='DCP 400 6.16 says "prompt" and gives no figure',
        verified=False,
    )
    """After which a telephone call about a Category A situation is not prompt any more."""
