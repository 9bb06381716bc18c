"""The ZDO of one node as one machine (R22 2.4, 2.5)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, Final

from emulator.kernel.errors import WireError
from emulator.kernel.identity import Eui64
from emulator.kernel.units import Instant
from emulator.zigbee.addresses import (
    BROADCAST_RX_ON,
    COORDINATOR,
    NO_EUI64,
    NO_NWK_ADDRESS,
    ZDO_ENDPOINT,
    ZDO_PROFILE,
    NwkAddress,
    is_broadcast,
)
from emulator.zigbee.aps.primitives import (
    ApsdeDataConfirm,
    ApsdeDataIndication,
    ApsmeRemoveDeviceIndication,
    ApsmeSetSleepyRequest,
    ApsmeSetTrustCentreRequest,
    ApsmeUpdateDeviceRequest,
    UpdateDeviceStatus,
)
from emulator.zigbee.facts import FrameDropped, MalformedFrame
from emulator.zigbee.nwk.primitives import (
    JoinMethod,
    NlmeEnergyScanConfirm,
    NlmeJoinConfirm,
    NlmeJoinIndication,
    NlmeLeaveIndication,
    NlmeLeaveRequest,
    NlmeNetworkFormationConfirm,
    NlmeSetAddressMapRequest,
    NwkStatus,
)
from emulator.zigbee.zdo import discovery_server, management_server
from emulator.zigbee.zdo.client import ZdpClient
from emulator.zigbee.zdo.commands import REQUESTS
from emulator.zigbee.zdo.descriptors import NodeDescription
from emulator.zigbee.zdo.discovery_frames import DeviceAnnce
from emulator.zigbee.zdo.facts import DeviceAnnounced, RemovalObeyed
from emulator.zigbee.zdo.frames import (
    RESPONSE,
    Refusal,
    ZdpCluster,
    ZdpFrame,
    ZdpStatus,
    response_cluster,
)
from emulator.zigbee.zdo.management_frames import MgmtNwkUpdateNotify, MgmtNwkUpdateReq
from emulator.zigbee.zdo.network_updates import NetworkUpdates
from emulator.zigbee.zdo.primitives import (
    ActivateEndpointRequest,
    DeviceAnnounceIndication,
    NetworkUpdateNotified,
    ZdoAnnounceRequest,
    ZdoNotifyRequest,
    ZdoTables,
    ZdpRequest,
)
from emulator.zigbee.zdo.requests import Answer, Asked, Ourselves
from emulator.zigbee.zdo.settings import ZdoSettings

Effects = Sequence[Any]

SERVERS: Final = {**discovery_server.SERVERS, **management_server.SERVERS}


class ZdoMachine:
    """Answers for the node, asks for it, and tells the trust centre who comes and goes.

    Args:
        eui64: our own.
        description: what the node is and which endpoints it has.
        settings: timers and policies.
        tables: what it reads and edits.
        handles: handles of requests to APS, one count for the whole node.
    """

    accepts: ClassVar[tuple[type, ...]] = (
        ZdpRequest,
        ZdoAnnounceRequest,
        ZdoNotifyRequest,
        ActivateEndpointRequest,
        NlmeEnergyScanConfirm,
        ApsdeDataIndication,
        ApsdeDataConfirm,
        ApsmeRemoveDeviceIndication,
        ApsmeSetTrustCentreRequest,
        NlmeJoinConfirm,
        NlmeNetworkFormationConfirm,
        NlmeJoinIndication,
        NlmeLeaveIndication,
    )

    def __init__(
        self,
        eui64: Eui64,
        description: NodeDescription,
        settings: ZdoSettings,
        tables: ZdoTables,
        handles: Iterator[int],
    ) -> None:
        self.eui64 = eui64
        self.description = description
        self.nwk_address = NO_NWK_ADDRESS
        self._settings = settings
        self._tables = tables
        self._trust_centre = NO_EUI64
        self._client = ZdpClient(settings, handles)
        self._updates = NetworkUpdates(handles)
        self._handlers: dict[type, Callable[[Any, Instant], Effects]] = {
            ZdpRequest: self._client.send,
            ZdoAnnounceRequest: self._announce,
            ZdoNotifyRequest: self._notify,
            ActivateEndpointRequest: self._activate,
            NlmeEnergyScanConfirm: self._measured,
            ApsdeDataIndication: self._frame,
            ApsdeDataConfirm: lambda event, _: self._client.confirmed(event),
            ApsmeRemoveDeviceIndication: self._remove,
            ApsmeSetTrustCentreRequest: self._set_trust_centre,
            NlmeJoinConfirm: self._joined,
            NlmeNetworkFormationConfirm: self._formed,
            NlmeJoinIndication: self._child_joined,
            NlmeLeaveIndication: self._child_left,
        }

    @property
    def deadline(self) -> Instant | None:
        """When a request of ours is given up."""
        return self._client.deadline

    def handle(self, event: Any, now: Instant) -> Effects:
        """Effects of a primitive from above or below."""
        return self._handlers[type(event)](event, now)

    def wake(self, now: Instant) -> Effects:
        """Give up requests whose time is over."""
        return self._client.wake(now)

    def snapshot(self) -> dict[str, Any]:
        """What survives a power cycle, as JSON knows it."""
        return {
            "nwk_address": self.nwk_address,
            "trust_centre": f"{self._trust_centre:016x}",
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take back what `snapshot` gave."""
        self.nwk_address = NwkAddress(state["nwk_address"])
        self._trust_centre = Eui64(int(state["trust_centre"], 16))

    def _joined(self, confirm: NlmeJoinConfirm, _: Instant) -> Effects:
        if confirm.status == NwkStatus.SUCCESS and confirm.nwk_address is not None:
            self.nwk_address = confirm.nwk_address
        return ()

    def _formed(self, confirm: NlmeNetworkFormationConfirm, _: Instant) -> Effects:
        if confirm.status == NwkStatus.SUCCESS:
            self.nwk_address = COORDINATOR
        return ()

    def _set_trust_centre(self, request: ApsmeSetTrustCentreRequest, _: Instant) -> Effects:
        self._trust_centre = request.eui64
        return ()

    def _announce(self, _request: ZdoAnnounceRequest, _: Instant) -> Effects:
        """Say to everybody awake which address we have (R22 2.4.3.1.11)."""
        command = DeviceAnnce(self.nwk_address, self.eui64, self.description.capability)
        return (self._client.request(BROADCAST_RX_ON, command),)

    def _notify(self, request: ZdoNotifyRequest, _: Instant) -> Effects:
        return (self._client.notification(request.destination, request.response),)

    def _measured(self, confirm: NlmeEnergyScanConfirm, _: Instant) -> Effects:
        """An energy scan ended that somebody asked us for (R22 2.4.4.4.9)."""
        found = self._updates.measured(confirm)
        if found is None:
            return ()
        indication, sequence, response, effects = found
        return (*self._reply(indication, sequence, response.encode()), *effects)

    def _activate(self, request: ActivateEndpointRequest, _: Instant) -> Effects:
        active = request.active
        self.description = self.description.activated(request.endpoint, active=active)
        return ()

    def _child_joined(self, joined: NlmeJoinIndication, _: Instant) -> Effects:
        """A device came through us: a router tells the trust centre (R22 4.6.3.2.1)."""
        sleepy = ApsmeSetSleepyRequest(joined.eui64, not joined.capability.rx_on_when_idle)
        if joined.method is JoinMethod.ASSOCIATION:
            status = UpdateDeviceStatus.STANDARD_UNSECURED_JOIN
        elif joined.secured:
            status = UpdateDeviceStatus.STANDARD_SECURED_REJOIN
        else:
            status = UpdateDeviceStatus.STANDARD_UNSECURED_REJOIN
        return (sleepy, *self._update(joined.eui64, joined.nwk_address, status))

    def _child_left(self, left: NlmeLeaveIndication, _: Instant) -> Effects:
        """A child left: a router tells the trust centre (R22 4.6.3.6.2)."""
        if left.device is None:
            return ()
        address = self._tables.address_map.address_of(left.device)
        known = NO_NWK_ADDRESS if address is None else address
        return self._update(left.device, known, UpdateDeviceStatus.DEVICE_LEFT)

    def _update(self, device: Eui64, address: NwkAddress, status: UpdateDeviceStatus) -> Effects:
        if self._trust_centre in (self.eui64, NO_EUI64):
            return ()
        found = self._tables.address_map.address_of(self._trust_centre)
        destination = COORDINATOR if found is None else found
        return (ApsmeUpdateDeviceRequest(destination, device, address, status),)

    def _remove(self, indication: ApsmeRemoveDeviceIndication, _: Instant) -> Effects:
        """Leave, or make a child leave; APS let nothing unencrypted through (R22 4.6.3.6.2)."""
        ourselves = indication.target == self.eui64
        leave = NlmeLeaveRequest(None if ourselves else indication.target)
        return (RemovalObeyed(indication.target), leave)

    def _frame(self, indication: ApsdeDataIndication, _: Instant) -> Effects:
        """A ZDP frame came: a request to answer, a response, or an announcement."""
        if indication.destination_endpoint != ZDO_ENDPOINT or indication.profile != ZDO_PROFILE:
            return ()
        try:
            frame = ZdpFrame.decode(indication.asdu)
            if indication.cluster & RESPONSE:
                return self._response(indication, frame)
            if ZdpCluster(indication.cluster) == ZdpCluster.DEVICE_ANNCE:
                return self._announced(indication, DeviceAnnce.decode(frame.payload))
            return self._request(indication, frame)
        except WireError as fault:
            return (MalformedFrame("zdo", str(fault), indication.asdu),)

    def _response(self, indication: ApsdeDataIndication, frame: ZdpFrame) -> Effects:
        confirms = self._client.response(indication.source, indication.cluster, frame)
        if confirms is not None:
            return confirms
        if indication.cluster == response_cluster(ZdpCluster.MGMT_NWK_UPDATE):
            told = MgmtNwkUpdateNotify.decode(frame.payload)
            return (NetworkUpdateNotified(indication.source, told),)
        return (FrameDropped("zdo", "answers nothing we asked (2.4.2.8)", indication.source),)

    def _announced(self, indication: ApsdeDataIndication, announced: DeviceAnnce) -> Effects:
        """A device says where it is and whether it sleeps (R22 2.4.3.1.11.2)."""
        eui64, address = announced.eui64, announced.address
        if eui64 == self.eui64:
            return ()
        return (
            DeviceAnnounced(eui64, address),
            NlmeSetAddressMapRequest(eui64, address),
            ApsmeSetSleepyRequest(eui64, not announced.capability.rx_on_when_idle),
            DeviceAnnounceIndication(eui64, address, announced.capability, indication.source),
        )

    def _request(self, indication: ApsdeDataIndication, frame: ZdpFrame) -> Effects:
        cluster = ZdpCluster(indication.cluster)
        broadcast = is_broadcast(indication.destination)
        kind = REQUESTS.get(cluster)
        server = None if kind is None else SERVERS.get(kind)
        if kind is MgmtNwkUpdateReq:
            update = MgmtNwkUpdateReq.decode(frame.payload)
            answer = self._updates.asked(update, indication, frame.sequence)
            return self._answered(answer, indication, frame)
        if kind is None or server is None:
            refusal = Refusal(ZdpStatus.NOT_SUPPORTED)
            return () if broadcast else self._reply(indication, frame.sequence, refusal.encode())
        us = Ourselves(self.eui64, self.nwk_address, self.description, self._settings, self._tables)
        asked = Asked(indication.source, broadcast, indication.security)
        answer = server(kind.decode(frame.payload), asked, us)
        return self._answered(answer, indication, frame)

    def _answered(
        self, answer: Answer, indication: ApsdeDataIndication, frame: ZdpFrame
    ) -> Effects:
        if answer.response is None:
            return answer.effects
        reply = self._reply(indication, frame.sequence, answer.response.encode())
        return (*reply, *answer.effects)

    def _reply(self, indication: ApsdeDataIndication, sequence: int, payload: bytes) -> Effects:
        cluster = response_cluster(indication.cluster)
        return (self._client.frame(indication.source, cluster, ZdpFrame(sequence, payload)),)
