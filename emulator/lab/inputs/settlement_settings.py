"""What SEC DP162 leaves open of half-hourly settlement."""

from dataclasses import dataclass

from emulator.kernel.settings import setting
from emulator.kernel.units import Duration, hours


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlementSettings:
    """When settlement data are fetched, and within which time."""

    at: str = setting(
        "00:30:00",
        source="no document: time of day, UTC, at which schedules fall due",
        verified=False,
    )
    target: Duration = setting(
        hours(24),
        source="SEC H3.14 has target response times; DP162 leaves that of settlement data open",
        verified=False,
    )
    """From when a schedule falls due until the user has the answer."""
    stamped_at_end: bool = setting(
        True,
        source="SMETS2 5.7.5.27 stamps entries of the profile log; that it is with the end of the "
        "half hour is background knowledge",
        verified=False,
    )
