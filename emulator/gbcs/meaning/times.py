"""Seconds since 2000-01-01 UTC, the time of GBZ headers, ZCL and logs (GBCS, ZCL8 2.6.2)."""

from datetime import UTC, datetime, timedelta
from typing import Final

_EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)
_NO_TIME: Final = 0xFFFFFFFF


def utc(seconds: int) -> str:
    """Seconds as date and time; the two marks of GBCS as `now` and `never`."""
    if seconds in (0, _NO_TIME):
        return "now" if seconds == 0 else "never"
    return (_EPOCH + timedelta(seconds=seconds)).strftime("%Y-%m-%d %H:%M:%S UTC")
