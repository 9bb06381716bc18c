"""A device below 1 GHz does as the Sub-GHz cluster's server tells it (ZSE 1.4 Annex D)."""

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from emulator.kernel.errors import WireError
from emulator.kernel.units import Instant, later, minutes
from emulator.smart_energy.facts import MessagesSuspended
from emulator.smart_energy.primitives import Commissioned
from emulator.zcl.clusters.sub_ghz import SUB_GHZ, ToClient, ToServer
from emulator.zcl.payloads.sub_ghz import GetSuspendZCLMessagesStatus, SuspendZCLMessages
from emulator.zcl.primitives import (
    Side,
    SuspendPeerRequest,
    ZclAddress,
    ZclCommandIndication,
    ZclCommandRequest,
)
from emulator.zigbee.addresses import COORDINATOR, Endpoint
from emulator.zigbee.facts import MalformedFrame


class SubGhzClient:
    """Stops sending ZCL messages to the hub for as long as the hub says.

    Args:
        endpoint: ours.
        server: the hub's.
        handles: the node's one count of handles.
    """

    accepts: ClassVar[tuple[type, ...]] = (ZclCommandIndication, Commissioned)
    deadline: Instant | None = None

    def __init__(self, endpoint: Endpoint, server: int, handles: Iterator[int]) -> None:
        self._endpoint = endpoint
        self._server = Endpoint(server)
        self._handles = handles

    def handle(self, event: Any, now: Instant) -> Sequence[Any]:
        """Effects of a command of the hub, or of being commissioned."""
        if isinstance(event, Commissioned):
            return (self._ask(),)
        ours = event.cluster == SUB_GHZ.id and event.to_side is Side.CLIENT
        if not ours or event.command != ToClient.SUSPEND_ZCL_MESSAGES:
            return ()
        try:
            period = SuspendZCLMessages.decode(event.payload).period
        except WireError as fault:
            return (MalformedFrame("zcl", str(fault), event.payload),)
        until = later(now, minutes(period)) if period else None
        return (
            MessagesSuspended(event.source.nwk_address, period),
            SuspendPeerRequest(event.source.nwk_address, until),
        )

    def wake(self, now: Instant) -> Sequence[Any]:  # noqa: ARG002 - the one shape of machines
        """Nothing is ever due."""
        return ()

    def _ask(self) -> ZclCommandRequest:
        """Whether the hub suspended us, which we may have forgotten."""
        return ZclCommandRequest(
            handle=next(self._handles),
            destination=ZclAddress(COORDINATOR, self._server),
            source_endpoint=self._endpoint,
            cluster=SUB_GHZ.id,
            command=ToServer.GET_SUSPEND_ZCL_MESSAGES_STATUS,
            payload=GetSuspendZCLMessagesStatus().encode(),
        )
