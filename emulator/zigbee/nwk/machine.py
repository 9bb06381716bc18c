"""The NWK layer of one node (R22 chapter 3): its duties side by side, over shared tables."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, Final, get_args

from emulator.kernel.identity import Eui64
from emulator.kernel.streams import Stream
from emulator.kernel.units import Instant
from emulator.zigbee.address_map import AddressMap
from emulator.zigbee.mac.primitives import (
    MacIndication,
    McpsDataConfirm,
    McpsDataIndication,
    MlmeAssociateConfirm,
    MlmeAssociateIndication,
    MlmeBeaconNotifyIndication,
    MlmeCommStatusIndication,
    MlmeDutyCycleModeIndication,
    MlmePollConfirm,
    MlmePollIndication,
    MlmeScanConfirm,
)
from emulator.zigbee.nwk.commands import (
    CommandIdentifier,
    EndDeviceTimeoutResponse,
    NetworkStatus,
    RejoinResponse,
    RouteRecord,
)
from emulator.zigbee.nwk.facts import UnexpectedEvent
from emulator.zigbee.nwk.lifecycle import Lifecycle
from emulator.zigbee.nwk.membership.admission import Admission
from emulator.zigbee.nwk.membership.discovery import Discovery
from emulator.zigbee.nwk.membership.formation import Formation
from emulator.zigbee.nwk.membership.joining import Joining, JoiningState
from emulator.zigbee.nwk.membership.keep_alive import ChildKeepAlive, ParentKeepAlive
from emulator.zigbee.nwk.membership.leaving import Leaving
from emulator.zigbee.nwk.membership.rejoining import Rejoining, RejoiningState, ResponseHeard
from emulator.zigbee.nwk.primitives import (
    DeviceType,
    JoinMethod,
    NldeDataRequest,
    NlmeChannelRequest,
    NlmeEnergyScanConfirm,
    NlmeEnergyScanRequest,
    NlmeJoinConfirm,
    NlmeJoinRequest,
    NlmeLeaveRequest,
    NlmeManagerRequest,
    NlmeNetworkDiscoveryConfirm,
    NlmeNetworkDiscoveryRequest,
    NlmeNetworkFormationConfirm,
    NlmeNetworkFormationRequest,
    NlmePermitJoiningRequest,
    NlmePollControl,
    NlmeResetRequest,
    NlmeSetAddressMapRequest,
    NlmeSetKeyRequest,
    NlmeStartRouterRequest,
    NlmeSwitchKeyRequest,
    NlmeSyncRequest,
    NwkRequest,
    NwkStatus,
)
from emulator.zigbee.nwk.settings import NwkSettings
from emulator.zigbee.nwk.state import Effects, NwkState
from emulator.zigbee.nwk.tables.broadcast_table import BroadcastTable
from emulator.zigbee.nwk.tables.concentrator import Concentrators
from emulator.zigbee.nwk.tables.nib import Nib
from emulator.zigbee.nwk.timers import Duty
from emulator.zigbee.nwk.traffic.broadcasting import Broadcasting
from emulator.zigbee.nwk.traffic.data_service import DataService
from emulator.zigbee.nwk.traffic.forwarding import Forwarding
from emulator.zigbee.nwk.traffic.parent_link import ParentLink
from emulator.zigbee.nwk.traffic.reception import Incoming, Reception
from emulator.zigbee.nwk.traffic.transmission import Transmission
from emulator.zigbee.nwk.upkeep.channel_care import ChannelCare
from emulator.zigbee.nwk.upkeep.link_power import LinkPower
from emulator.zigbee.nwk.upkeep.link_status import LinkStatusExchange
from emulator.zigbee.nwk.upkeep.pan_conflict import PanConflict
from emulator.zigbee.nwk.upkeep.route_discovery import RouteDiscovery

Event = NwkRequest | MacIndication
Handler = Callable[..., Effects]
ScanEvent = MlmeScanConfirm | MlmeBeaconNotifyIndication
ScanRequest = (
    NlmeNetworkFormationRequest
    | NlmeNetworkDiscoveryRequest
    | NlmeJoinRequest
    | NlmeEnergyScanRequest
)

_BUSY: Final[Mapping[type, Any]] = {
    NlmeNetworkFormationRequest: NlmeNetworkFormationConfirm(NwkStatus.INVALID_REQUEST),
    NlmeNetworkDiscoveryRequest: NlmeNetworkDiscoveryConfirm(NwkStatus.INVALID_REQUEST, ()),
    NlmeJoinRequest: NlmeJoinConfirm(NwkStatus.INVALID_REQUEST),
}
"""What a request gets while another procedure has the radio."""


def _refusal(request: ScanRequest) -> Any:
    if isinstance(request, NlmeEnergyScanRequest):
        return NlmeEnergyScanConfirm(request.handle, None, 0, 0)
    return _BUSY[type(request)]


class NwkMachine:
    """Turns NWK requests and MAC indications into NWK indications, MAC requests and facts.

    Args:
        eui64: our own address.
        device_type: what we are; decides which duties are ours.
        settings: timers, counts and policies.
        stream: where addresses, identifiers and jitters are drawn from.
        address_map: written here, read by the layers above.
        handles: gives each MAC data request a handle no one else of the node has.
    """

    accepts: ClassVar[tuple[type, ...]] = (*get_args(NwkRequest), *get_args(MacIndication))

    def __init__(  # noqa: PLR0913 - the six things a NWK layer is made of, by name
        self,
        *,
        eui64: Eui64,
        device_type: DeviceType,
        settings: NwkSettings,
        stream: Stream,
        address_map: AddressMap,
        handles: Iterator[int],
    ) -> None:
        nib = Nib(eui64, device_type, sequence=stream.integer(0, 0xFF))
        broadcasts = BroadcastTable(settings.broadcast_delivery_time)
        state = NwkState(nib, settings, stream, address_map, handles, broadcasts)
        self._state = state
        self._parent_link = link = ParentLink(state)
        self._concentrators = concentrators = Concentrators(settings.max_source_route)
        self._transmission = transmission = Transmission(state, link, concentrators)
        self._broadcasting = Broadcasting(state, transmission)
        self._forwarding = Forwarding(state, transmission, concentrators)
        self._routing = RouteDiscovery(state, transmission, concentrators)
        transmission.discover_by(self._routing.seek)
        self._link_power = LinkPower(state, link, transmission)
        self._pan_conflict = PanConflict(state, transmission, self._broadcasting)
        self._channel_care = ChannelCare(state, transmission)
        self._reception = Reception(state, link, transmission, self._broadcasting, self._forwarding)
        self._formation = Formation(state)
        self._discovery = Discovery(state)
        self._joining = Joining(state, link)
        self._rejoining = Rejoining(state, link, transmission)
        self._admission = Admission(state, transmission)
        self._leaving = Leaving(state, transmission)
        self._link_status = LinkStatusExchange(state, transmission)
        self._keep_alive = ChildKeepAlive(state, link, transmission)
        self._child_watch = ParentKeepAlive(state, transmission, self._admission, self._leaving)
        self._data = DataService(state, transmission, self._broadcasting)
        self._lifecycle = Lifecycle(state, self._admission, self._link_status, self._keep_alive)
        self._reception.connect(self._command_handlers())
        self._handlers: Mapping[type, Handler] = self._request_handlers() | self._mac_handlers()
        self._duties = self._duty_handlers()

    def handle(self, event: Event, now: Instant) -> Sequence[Any]:
        """Effects of a request from above or an indication from below."""
        return self._handlers[type(event)](event, now)

    def wake(self, now: Instant) -> Sequence[Any]:
        """Effects of every duty that is due."""
        effects: Effects = []
        for duty, subject in self._state.timers.take_due(now):
            effects += self._duties[duty](subject, now)
        return effects

    @property
    def deadline(self) -> Instant | None:
        """When the next duty is due."""
        return self._state.timers.earliest

    @property
    def state(self) -> NwkState:
        """The tables, for reports and for whoever looks a neighbour up; not to be written."""
        return self._state

    def snapshot(self) -> dict[str, Any]:
        """What must survive a power cycle, as JSON knows it."""
        state = self._state
        return {
            "nib": state.nib.snapshot(),
            "neighbours": state.neighbours.snapshot(),
            "routes": state.routes.snapshot(),
            "keys": state.keys.snapshot(),
            "address_map": state.address_map.snapshot(),
        }

    def restore(self, kept: Mapping[str, Any]) -> None:
        """Take back what `snapshot` gave; NlmeResetRequest(warm=True) then starts the node."""
        state = self._state
        state.nib.restore(kept["nib"])
        state.neighbours.restore(kept["neighbours"])
        state.routes.restore(kept["routes"])
        state.keys.restore(kept["keys"], margin=state.settings.frame_counter_margin)
        state.address_map.restore(kept["address_map"])

    def _request_handlers(self) -> dict[type, Handler]:
        return {
            NldeDataRequest: self._data.request,
            NlmeNetworkDiscoveryRequest: self._scan_request,
            NlmeNetworkFormationRequest: self._scan_request,
            NlmePermitJoiningRequest: self._admission.permit,
            NlmeJoinRequest: self._scan_request,
            NlmeStartRouterRequest: self._start_router,
            NlmeLeaveRequest: self._leaving.request,
            NlmeSyncRequest: self._sync,
            NlmePollControl: self._parent_link.control,
            NlmeSetKeyRequest: self._lifecycle.set_key,
            NlmeSwitchKeyRequest: self._lifecycle.switch_key,
            NlmeSetAddressMapRequest: self._set_address,
            NlmeEnergyScanRequest: self._scan_request,
            NlmeChannelRequest: self._channel_care.change,
            NlmeManagerRequest: self._channel_care.manager,
            NlmeResetRequest: self._reset,
        }

    def _mac_handlers(self) -> dict[type, Handler]:
        return {
            McpsDataConfirm: self._transmission.confirm,
            McpsDataIndication: self._reception.receive,
            MlmeScanConfirm: self._scan_event,
            MlmeBeaconNotifyIndication: self._scan_event,
            MlmeAssociateIndication: self._admission.associate,
            MlmeAssociateConfirm: self._joining.handle,
            MlmeCommStatusIndication: self._admission.answered,
            MlmePollConfirm: self._parent_link.confirm,
            MlmePollIndication: self._child_watch.poll,
            MlmeDutyCycleModeIndication: lambda _told, _now: [],
        }

    def _command_handlers(self) -> dict[int, Handler]:
        return {
            CommandIdentifier.ROUTE_REQUEST: self._routing.asked,
            CommandIdentifier.ROUTE_REPLY: self._routing.answered,
            CommandIdentifier.NETWORK_STATUS: self._network_status,
            CommandIdentifier.LEAVE: self._leaving.command,
            CommandIdentifier.ROUTE_RECORD: self._route_record,
            CommandIdentifier.REJOIN_REQUEST: self._admission.rejoin,
            CommandIdentifier.REJOIN_RESPONSE: self._rejoin_response,
            CommandIdentifier.LINK_STATUS: self._link_status.command,
            CommandIdentifier.END_DEVICE_TIMEOUT_REQUEST: self._child_watch.request,
            CommandIdentifier.END_DEVICE_TIMEOUT_RESPONSE: self._timeout_response,
            CommandIdentifier.NETWORK_REPORT: self._pan_conflict.reported,
            CommandIdentifier.NETWORK_UPDATE: self._pan_conflict.updated,
            CommandIdentifier.LINK_POWER_DELTA: self._link_power.command,
        }

    def _duty_handlers(self) -> dict[Duty, Callable[[int, Instant], Effects]]:
        return {
            Duty.PERMIT_JOINING: lambda _subject, now: self._admission.close(now),
            Duty.UNAUTHENTICATED_CHILD: self._admission.key_overdue,
            Duty.CHILD_TIMEOUT: self._admission.child_silent,
            Duty.LINK_STATUS: lambda _subject, now: self._link_status.period(now),
            Duty.RETRY: self._transmission.retry,
            Duty.BROADCAST: self._broadcasting.wake,
            Duty.REJOIN_WAIT: lambda _subject, now: self._rejoining.overdue(now),
            Duty.POLL: lambda _subject, now: self._parent_link.poll(now),
            Duty.KEEP_ALIVE: lambda _subject, now: self._keep_alive.due(now),
            Duty.ROUTE_REQUEST: self._routing.send,
            Duty.ROUTE_DISCOVERY: self._routing.expire,
            Duty.CONCENTRATOR: lambda _subject, now: self._routing.advertise(now),
            Duty.LINK_POWER: lambda _subject, now: self._link_power.due(now),
            Duty.PAN_CHANGE: lambda _subject, now: self._pan_conflict.change(now),
            Duty.CHANNEL_CHANGE: lambda _subject, now: self._channel_care.due(now),
        }

    @property
    def _busy(self) -> bool:
        """Whether a procedure has the radio."""
        return (
            self._formation.scanning
            or self._channel_care.scanning
            or self._discovery.scanning
            or self._joining.state is not JoiningState.IDLE
            or self._rejoining.state is not RejoiningState.IDLE
        )

    def _scan_request(self, request: ScanRequest, now: Instant) -> Effects:
        if self._busy:
            name = type(request).__name__
            return [UnexpectedEvent("acquisition", "BUSY", name), _refusal(request)]
        if isinstance(request, NlmeNetworkFormationRequest):
            return self._formation.handle(request, now)
        if isinstance(request, NlmeEnergyScanRequest):
            return self._channel_care.scan(request, now)
        if isinstance(request, NlmeNetworkDiscoveryRequest):
            return self._discovery.handle(request, now)
        if request.method is JoinMethod.ASSOCIATION:
            return self._joining.handle(request, now)
        return self._rejoining.handle(request, now)

    def _scan_event(self, event: ScanEvent, now: Instant) -> Effects:
        if self._discovery.scanning:
            return self._discovery.handle(event, now)
        if self._rejoining.scanning:
            return self._rejoining.handle(event, now)
        if isinstance(event, MlmeBeaconNotifyIndication) and self._state.nib.joined:
            return self._pan_conflict.beacon(event, now)
        if self._channel_care.scanning and isinstance(event, MlmeScanConfirm):
            return self._channel_care.measured(event, now)
        if not self._formation.scanning:
            return []
        effects = self._formation.handle(event, now)
        if isinstance(event, MlmeScanConfirm) and self._state.nib.is_coordinator:
            effects = [*self._bring_up_formed(now), *effects]
        return effects

    def _bring_up_formed(self, now: Instant) -> Effects:
        """Once formation is through, the coordinator starts."""
        if self._formation.scanning or not self._state.nib.joined:
            return []
        state = self._state
        self._link_power.plan(now)
        return [state.bring_up(), *state.tune()[1:], *self._lifecycle.start_routing(now)]

    def _start_router(self, _request: NlmeStartRouterRequest, now: Instant) -> Effects:
        return self._lifecycle.start_routing(now)

    def _timeout_response(
        self, incoming: Incoming, response: EndDeviceTimeoutResponse, now: Instant
    ) -> Effects:
        effects = self._keep_alive.response(incoming, response, now)
        self._link_power.plan(now)
        return effects

    def _sync(self, _request: NlmeSyncRequest, now: Instant) -> Effects:
        return self._parent_link.sync(now)

    def _set_address(self, request: NlmeSetAddressMapRequest, _now: Instant) -> Effects:
        self._state.learn_address(request.eui64, request.nwk_address)
        return []

    def _reset(self, request: NlmeResetRequest, now: Instant) -> Effects:
        self._transmission.clear()
        self._broadcasting.clear()
        self._admission.clear()
        self._leaving.clear()
        self._parent_link.clear()
        for part in (self._routing, self._concentrators, self._pan_conflict, self._channel_care):
            part.clear()
        for procedure in (self._formation, self._discovery, self._joining, self._rejoining):
            procedure.clear()
        effects = self._lifecycle.resume(now) if request.warm else self._lifecycle.forget()
        self._link_power.plan(now)
        return effects

    def _network_status(self, incoming: Incoming, command: NetworkStatus, _now: Instant) -> Effects:
        return self._forwarding.status(incoming.header.source, command)

    def _route_record(self, incoming: Incoming, command: RouteRecord, _now: Instant) -> Effects:
        """A device tells a concentrator the way to it (R22 3.6.3.5.4)."""
        if incoming.secured and self._state.nib.is_coordinator:
            self._concentrators.keep(incoming.header.source, command.relays)
        return []

    def _rejoin_response(
        self, incoming: Incoming, command: RejoinResponse, now: Instant
    ) -> Effects:
        effects = self._rejoining.handle(ResponseHeard(incoming, command), now)
        if self._rejoining.state is RejoiningState.IDLE and self._state.nib.authenticated:
            effects = [*effects, *self._keep_alive.negotiate(now)]
        return effects
