"""Device time in ZCL commands: seconds since 2000-01-01 UTC, and marks for now and never."""

from datetime import UTC, datetime, timedelta
from typing import Final

NOW: Final = 0
"""In a start time: at once (use-case annex of GBCS, GCS02)."""
WITHDRAWN: Final = (0xFFFFFFFF, 0xFFFFFFFE)
"""In a start time: what waits is cancelled (use-case annex of GBCS, GCS01b)."""
LATEST: Final = 0xFFFFFFFD
_EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)


def seconds_since_2000(moment: datetime) -> int:
    """A moment as commands carry it; the nearest that they can say, where it lies outside."""
    return min(max(int((moment - _EPOCH).total_seconds()), NOW), LATEST)


def moment_of(seconds: int) -> datetime:
    """The moment that seconds since 2000 stand for."""
    return _EPOCH + timedelta(seconds=seconds)
