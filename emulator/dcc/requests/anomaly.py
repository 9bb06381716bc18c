"""Threshold anomaly detection: too many requests are set aside until the user decides (SEC G6).

Thresholds are a user's own, or the DCC's over all users, and count one service reference variant
or all of them. The DCC's own files with thresholds and decisions are not modelled, as their form
is not at hand: both are given as values.
"""

from collections import deque
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import Final

from emulator.dcc.service_request import RequestId, ServiceRequest
from emulator.kernel.identity import Eui64
from emulator.kernel.units import Duration, Instant


class AnomalyLevel(Enum):
    """What a request has come to."""

    NORMAL = "normal"
    WARNING = "user warning"
    USER_QUARANTINE = "user quarantine"
    DCC_QUARANTINE = "DCC quarantine"

    @property
    def quarantines(self) -> bool:
        """Whether the request is set aside."""
        return self in _BREACHES

    @property
    def breach(self) -> str:
        """What DUIS calls it that a request is set aside; empty when it is not."""
        return _BREACHES.get(self, "")


_BREACHES: Final = MappingProxyType(
    {
        AnomalyLevel.USER_QUARANTINE: "ADUserThresholdBreach",
        AnomalyLevel.DCC_QUARANTINE: "ADDCCThresholdBreach",
    }
)
"""By the names of DUIS 5.4 QuarantinedRequest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """How many requests are too many.

    Args:
        user: whose; None for all users together, which is the DCC's own threshold.
        srv: which service reference variant; None for all.
        period: over which requests are counted.
        quarantine: more than so many are set aside.
        warning: more than so many are told to the user; None for no warning.
    """

    user: Eui64 | None = None
    srv: str | None = None
    period: Duration
    quarantine: int
    warning: int | None = None

    def covers(self, request: ServiceRequest) -> bool:
        """Whether it counts a request."""
        mine = self.user in (None, request.request_id.originator)
        return mine and self.srv in (None, request.srv)


@dataclass(frozen=True, slots=True)
class AnomalyDecision:
    """Laboratory -> DCC: what a user decided about a request that was set aside."""

    request_id: RequestId
    process: bool


class AnomalyDetection:
    """Counts requests against thresholds.

    Args:
        thresholds: all that hold; none unless given.
    """

    def __init__(self, thresholds: tuple[Threshold, ...] = ()) -> None:
        self._counted: dict[Threshold, deque[Instant]] = {}
        self.hold(thresholds)

    def hold(self, thresholds: tuple[Threshold, ...]) -> None:
        """From now on these hold, and no others; they have counted nothing."""
        self._counted = {each: deque() for each in thresholds}

    def level(self, request: ServiceRequest, now: Instant) -> AnomalyLevel:
        """What a request comes to; it is counted."""
        worst = AnomalyLevel.NORMAL
        for threshold, moments in self._counted.items():
            if not threshold.covers(request):
                continue
            while moments and moments[0] + threshold.period <= now:
                moments.popleft()
            moments.append(now)
            level = _level(threshold, len(moments))
            worst = max(worst, level, key=list(AnomalyLevel).index)
        return worst


def _level(threshold: Threshold, count: int) -> AnomalyLevel:
    if count > threshold.quarantine:
        own = threshold.user is not None
        return AnomalyLevel.USER_QUARANTINE if own else AnomalyLevel.DCC_QUARANTINE
    if threshold.warning is not None and count > threshold.warning:
        return AnomalyLevel.WARNING
    return AnomalyLevel.NORMAL
