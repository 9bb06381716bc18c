"""The Identify cluster's server: a countdown on each endpoint (ZCL8 3.5)."""

from typing import Any, Final

from emulator.kernel.units import START, Instant, later, seconds
from emulator.zcl.attribute_store import ClusterInstance
from emulator.zcl.clusters.identify import IDENTIFY
from emulator.zcl.primitives import Side
from emulator.zigbee.addresses import Endpoint

IDENTIFY_TIME: Final = 0x0000
_SECOND: Final = seconds(1)


class IdentifyServer:
    """Until when each endpoint identifies itself."""

    def __init__(self) -> None:
        self._until: dict[Endpoint, Instant] = {}

    def owns(self, instance: ClusterInstance, attribute: int) -> bool:
        """Whether the attribute's value comes from the countdown."""
        return (
            instance.cluster == IDENTIFY.id
            and instance.side is Side.SERVER
            and attribute == IDENTIFY_TIME
        )

    def remaining(self, endpoint: Endpoint, now: Instant) -> int:
        """IdentifyTime: the seconds left, counting down once a second."""
        left = self._until.get(endpoint, START) - now
        return max(0, -(-left // _SECOND))

    def start(self, endpoint: Endpoint, time: Any, now: Instant) -> None:
        """Identify for `time` seconds from now; 0 or a non-value stops it."""
        self._until[endpoint] = later(now, seconds(time if isinstance(time, int) else 0))
