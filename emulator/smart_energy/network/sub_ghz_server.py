"""The hub keeps its duty cycle below 1 GHz: it has devices stop sending (ZSE 1.4 Annex D).

As hubs are seen to do it: with the limit near, the most talkative child is suspended; at the
critical limit, every child is. Who talks all the same is told again, and not heard.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, Final

from emulator.kernel.units import Duration, Instant, later, minutes
from emulator.radio.port import DutyMode
from emulator.smart_energy.facts import ClientSuspended, DutyCycleAction
from emulator.smart_energy.settings import SubGhzSettings
from emulator.zcl.clusters.sub_ghz import SUB_GHZ, ToClient, ToServer
from emulator.zcl.payloads.sub_ghz import SuspendZCLMessages
from emulator.zcl.primitives import (
    Side,
    SuspendedTrafficIndication,
    SuspendPeerRequest,
    ZclAddress,
    ZclCommandIndication,
    ZclCommandRequest,
)
from emulator.zigbee.addresses import ZDO_ENDPOINT, Endpoint, NwkAddress
from emulator.zigbee.aps.primitives import ApsdeDataIndication
from emulator.zigbee.mac.primitives import MlmeDutyCycleModeIndication
from emulator.zigbee.nwk.tables.neighbour_table import NeighbourTable
from emulator.zigbee.nwk.upkeep.link_power import BELOW_1_GHZ

ALERTS: Final[Mapping[DutyMode, tuple[int, int]]] = {
    DutyMode.LIMITED: (0x8F20, 0x8F21),
    DutyMode.CRITICAL: (0x8F22, 0x8F23),
    DutyMode.REGULATED: (0x8F24, 0x8F25),
}
"""Alert when a mode is entered, and when the air time falls back below it (RTDS 4.5)."""
_MINUTE: Final = minutes(1)


class SubGhzServer:
    """Suspends the children of the second interface as its duty cycle asks.

    Args:
        endpoint: where the cluster is served.
        settings: how long a suspension lasts.
        neighbours: who is a child, and on which interface.
        handles: the node's one count of handles.
    """

    accepts: ClassVar[tuple[type, ...]] = (
        MlmeDutyCycleModeIndication,
        ApsdeDataIndication,
        ZclCommandIndication,
        SuspendedTrafficIndication,
    )

    def __init__(
        self,
        endpoint: Endpoint,
        settings: SubGhzSettings,
        neighbours: NeighbourTable,
        handles: Iterator[int],
    ) -> None:
        self._endpoint = endpoint
        self._settings = settings
        self._neighbours = neighbours
        self._handles = handles
        self.mode = DutyMode.NORMAL
        self._talk: Counter[NwkAddress] = Counter()
        self._endpoints: dict[NwkAddress, Endpoint] = {}
        self._until: dict[NwkAddress, Instant] = {}
        self._offender: NwkAddress | None = None
        self._events: Mapping[type, Callable[[Any, Instant], Sequence[Any]]] = {
            MlmeDutyCycleModeIndication: self._changed,
            ApsdeDataIndication: self._heard,
            ZclCommandIndication: self._asked,
            SuspendedTrafficIndication: self._ignored,
        }

    @property
    def deadline(self) -> Instant | None:
        """When the next suspension ends."""
        return min(self._until.values(), default=None)

    def handle(self, event: Any, now: Instant) -> Sequence[Any]:
        """Effects of the duty cycle, and of what children send."""
        return self._events[type(event)](event, now)

    def wake(self, now: Instant) -> Sequence[Any]:
        """Suspensions that are over are forgotten."""
        for address in [each for each, until in self._until.items() if until <= now]:
            del self._until[address]
        return ()

    def _changed(self, change: MlmeDutyCycleModeIndication, now: Instant) -> Sequence[Any]:
        if change.interface != BELOW_1_GHZ:
            return ()
        former, self.mode = self.mode, change.mode
        rises = change.mode > former
        between = [
            mode for mode in ALERTS if min(former, change.mode) < mode <= max(former, change.mode)
        ]
        told = [
            DutyCycleAction(ALERTS[mode][0 if rises else 1], change.mode.name)
            for mode in (between if rises else reversed(between))
        ]
        if not rises:
            if change.mode is DutyMode.NORMAL:
                self._talk.clear()
                self._offender = None
            return told
        if change.mode is DutyMode.LIMITED:
            return [*told, *self._suspend_most_talkative(now)]
        # What is above critical cannot be told to anybody: nothing may be sent.
        everybody = self._children() if change.mode is DutyMode.CRITICAL else ()
        return [*told, *(each for child in everybody for each in self._suspend(child, now))]

    def _children(self) -> Sequence[NwkAddress]:
        return [row.address for row in self._neighbours.children if row.interface == BELOW_1_GHZ]

    def _suspend_most_talkative(self, now: Instant) -> Sequence[Any]:
        open_ones = [each for each in self._children() if each not in self._until]
        if not open_ones:
            return ()
        self._offender = max(open_ones, key=lambda each: self._talk[each])
        return self._suspend(self._offender, now)

    def _heard(self, came: ApsdeDataIndication, now: Instant) -> Sequence[Any]:
        """Count who talks, and suspend again who talks once its time is over."""
        if came.source_endpoint == ZDO_ENDPOINT or came.source not in self._children():
            return ()
        self._talk[came.source] += 1
        self._endpoints[came.source] = came.source_endpoint
        if came.source in self._until or came.cluster == SUB_GHZ.id:
            return ()
        again = self.mode is DutyMode.CRITICAL or (
            self.mode is DutyMode.LIMITED and came.source == self._offender
        )
        return self._suspend(came.source, now) if again else ()

    def _suspend(self, child: NwkAddress, now: Instant) -> Sequence[Any]:
        period = self._settings.suspension
        until = later(now, minutes(period))
        self._until[child] = until
        return (
            ClientSuspended(child, period),
            self._tell(child, period),
            SuspendPeerRequest(child, until),
        )

    def _asked(self, command: ZclCommandIndication, now: Instant) -> Sequence[Any]:
        ours = command.cluster == SUB_GHZ.id and command.to_side is Side.SERVER
        if not ours or command.command != ToServer.GET_SUSPEND_ZCL_MESSAGES_STATUS:
            return ()
        source = command.source
        self._endpoints[source.nwk_address] = source.endpoint
        left = self._left(source.nwk_address, now)
        return (self._tell(source.nwk_address, left, command.sequence),)

    def _ignored(self, traffic: SuspendedTrafficIndication, now: Instant) -> Sequence[Any]:
        """A suspended child talks all the same: it is told how long it still has to wait."""
        child = traffic.source.nwk_address
        self._endpoints[child] = traffic.source.endpoint
        return (self._tell(child, self._left(child, now)),)

    def _left(self, child: NwkAddress, now: Instant) -> int:
        """Whole minutes, rounded up."""
        until = self._until.get(child)
        left = Duration(0 if until is None else max(0, until - now))
        return -(-left // _MINUTE)

    def _tell(self, child: NwkAddress, period: int, sequence: int | None = None) -> Any:
        endpoint = self._endpoints.get(child, Endpoint(1))
        return ZclCommandRequest(
            handle=next(self._handles),
            destination=ZclAddress(child, endpoint),
            source_endpoint=self._endpoint,
            cluster=SUB_GHZ.id,
            command=ToClient.SUSPEND_ZCL_MESSAGES,
            payload=SuspendZCLMessages(period).encode(),
            to_side=Side.CLIENT,
            sequence=sequence,
            disable_default_response=True,
        )
