"""Messages of a node to itself: they turn round above the network and reach no air."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Final

from emulator.kernel.identity import Eui64
from emulator.kernel.units import Instant
from emulator.zigbee.addresses import NwkAddress
from emulator.zigbee.aps.machine import ApsMachine
from emulator.zigbee.aps.primitives import (
    ApsdeDataConfirm,
    ApsdeDataIndication,
    ApsdeDataRequest,
    ApsSecurity,
    ApsStatus,
)

_BEST: Final = 255


class LoopbackAps:
    """The APS layer, with the way round.

    Args:
        aps: the layer.
        eui64: our own.
        address: gives our short address, None while we have none.
    """

    accepts: ClassVar[tuple[type, ...]] = ApsMachine.accepts

    def __init__(
        self, aps: ApsMachine, eui64: Eui64, address: Callable[[], NwkAddress | None]
    ) -> None:
        self._aps = aps
        self._eui64 = eui64
        self._address = address

    @property
    def deadline(self) -> Instant | None:
        """When the layer has something to do."""
        return self._aps.deadline

    def wake(self, now: Instant) -> Sequence[Any]:
        """What the layer does that is due."""
        return self._aps.wake(now)

    def handle(self, event: Any, now: Instant) -> Sequence[Any]:
        """Effects of `event`: of the layer, unless it is for ourselves."""
        if isinstance(event, ApsdeDataRequest) and event.destination == self._address():
            return (
                ApsdeDataConfirm(event.handle, event.destination, ApsStatus.SUCCESS),
                self._round(event),
            )
        return self._aps.handle(event, now)

    def _round(self, request: ApsdeDataRequest) -> ApsdeDataIndication:
        return ApsdeDataIndication(
            source=request.destination,
            source_eui64=self._eui64,
            source_endpoint=request.source_endpoint,
            destination=request.destination,
            destination_endpoint=request.destination_endpoint,
            profile=request.profile,
            cluster=request.cluster,
            asdu=request.asdu,
            security=ApsSecurity.NWK_KEY,
            key_origin=None,
            counter=self._aps.counter,
            lqi=_BEST,
            rssi=0,
        )
