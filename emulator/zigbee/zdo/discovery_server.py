"""Answers to device and service discovery (R22 2.4.4.2)."""

from collections.abc import Callable
from typing import Any, Final

from emulator.kernel.identity import Eui64
from emulator.zigbee.addresses import NO_NWK_ADDRESS, NwkAddress, ProfileId
from emulator.zigbee.nwk.primitives import DeviceType
from emulator.zigbee.zdo.descriptors import EndpointDescription
from emulator.zigbee.zdo.discovery_frames import (
    ActiveEpReq,
    ActiveEpRsp,
    AddressRequestType,
    AssociatedDevices,
    IeeeAddrReq,
    IeeeAddrRsp,
    MatchDescReq,
    MatchDescRsp,
    NodeDescReq,
    NodeDescRsp,
    NwkAddrReq,
    NwkAddrRsp,
    PowerDescReq,
    PowerDescRsp,
    SimpleDescReq,
    SimpleDescRsp,
)
from emulator.zigbee.zdo.frames import ZdpStatus
from emulator.zigbee.zdo.management_frames import NeighbourRecord, Relationship
from emulator.zigbee.zdo.requests import Answer, Asked, Ourselves

ANY_PROFILE: Final = ProfileId(0xFFFF)
"""Matches every profile (R22 2.3.3.2)."""
LAST_ENDPOINT: Final = 0xFE

Server = Callable[[Any, Asked, Ourselves], Answer]


def nwk_addr(request: NwkAddrReq, asked: Asked, us: Ourselves) -> Answer:
    """Our short address, or that of a sleeping child (R22 2.4.4.2.1)."""
    address = us.address if request.eui64 == us.eui64 else None
    for child in _children(us):
        if child.eui64 == request.eui64:
            address = child.address
    if address is None:
        if asked.broadcast:
            return Answer()
        missing = ZdpStatus.DEVICE_NOT_FOUND
        return Answer(NwkAddrRsp(missing, request.eui64, NO_NWK_ADDRESS))
    status, tail = _associated(request, us)
    return Answer(NwkAddrRsp(status, request.eui64, address, tail))


def ieee_addr(request: IeeeAddrReq, asked: Asked, us: Ourselves) -> Answer:
    """Our EUI-64, or that of a sleeping child (R22 2.4.4.2.2)."""
    eui64 = us.eui64 if request.address == us.address else None
    for child in _children(us):
        if child.address == request.address:
            eui64 = child.eui64
    if eui64 is None:
        if asked.broadcast:
            return Answer()
        missing = ZdpStatus.DEVICE_NOT_FOUND
        return Answer(IeeeAddrRsp(missing, Eui64(0), request.address))
    status, tail = _associated(request, us)
    return Answer(IeeeAddrRsp(status, eui64, request.address, tail))


def node_desc(request: NodeDescReq, _asked: Asked, us: Ourselves) -> Answer:
    """Our node descriptor (R22 2.4.4.2.3)."""
    refusal = _not_ours(request.address, us)
    if refusal is not None:
        return Answer(NodeDescRsp(refusal, request.address))
    descriptor = us.description.node_descriptor
    return Answer(NodeDescRsp(ZdpStatus.SUCCESS, request.address, descriptor))


def power_desc(request: PowerDescReq, _asked: Asked, us: Ourselves) -> Answer:
    """Our power descriptor (R22 2.4.4.2.4)."""
    refusal = _not_ours(request.address, us)
    if refusal is not None:
        return Answer(PowerDescRsp(refusal, request.address))
    return Answer(PowerDescRsp(ZdpStatus.SUCCESS, request.address, us.description.power))


def simple_desc(request: SimpleDescReq, _asked: Asked, us: Ourselves) -> Answer:
    """The simple descriptor of an active endpoint of ours (R22 2.4.4.2.5)."""
    refusal = _not_ours(request.address, us)
    if refusal is None and not 0 < request.endpoint <= LAST_ENDPOINT:
        refusal = ZdpStatus.INVALID_EP
    found = us.description.endpoint(request.endpoint)
    if refusal is None and found is None:
        refusal = ZdpStatus.NOT_ACTIVE
    if refusal is not None or found is None:
        return Answer(SimpleDescRsp(refusal or ZdpStatus.NOT_ACTIVE, request.address))
    descriptor = found.simple_descriptor
    length = len(descriptor.encode())
    return Answer(SimpleDescRsp(ZdpStatus.SUCCESS, request.address, length, descriptor))


def active_ep(request: ActiveEpReq, _asked: Asked, us: Ourselves) -> Answer:
    """The endpoints we have (R22 2.4.4.2.6)."""
    refusal = _not_ours(request.address, us)
    if refusal is not None:
        return Answer(ActiveEpRsp(refusal, request.address))
    endpoints = tuple(each.endpoint for each in us.description.active_endpoints)
    return Answer(ActiveEpRsp(ZdpStatus.SUCCESS, request.address, endpoints))


def match_desc(request: MatchDescReq, asked: Asked, us: Ourselves) -> Answer:
    """The endpoints that serve or use one of the clusters; nobody else answers a broadcast."""
    refusal = None if asked.broadcast else _not_ours(request.address, us)
    if refusal is not None:
        return Answer(MatchDescRsp(refusal, request.address))
    matching = tuple(
        each.endpoint for each in us.description.active_endpoints if _matches(request, each)
    )
    if asked.broadcast and not matching:
        return Answer()
    return Answer(MatchDescRsp(ZdpStatus.SUCCESS, us.address, matching))


SERVERS: Final[dict[type, Server]] = {
    NwkAddrReq: nwk_addr,
    IeeeAddrReq: ieee_addr,
    NodeDescReq: node_desc,
    PowerDescReq: power_desc,
    SimpleDescReq: simple_desc,
    ActiveEpReq: active_ep,
    MatchDescReq: match_desc,
}


def _children(us: Ourselves) -> tuple[NeighbourRecord, ...]:
    """Children that do not listen, for whom we answer."""
    if us.tables.network is None:
        return ()
    return tuple(
        each
        for each in us.tables.network.neighbours()
        if each.relationship == Relationship.CHILD and not each.rx_on_when_idle
    )


def _associated(
    request: NwkAddrReq | IeeeAddrReq, us: Ourselves
) -> tuple[ZdpStatus, tuple[AssociatedDevices, ...]]:
    """Status and tail of an address response; the tail is there when it was asked for."""
    if not request.kind.known:
        return ZdpStatus.INV_REQUESTTYPE, ()
    if request.kind == AddressRequestType.SINGLE:
        return ZdpStatus.SUCCESS, ()
    every = tuple(each.address for each in _children(us))
    start = request.start_index
    if not every[start:]:
        return ZdpStatus.SUCCESS, (AssociatedDevices(0),)
    piece = every[start : start + 16]
    return ZdpStatus.SUCCESS, (AssociatedDevices(len(piece), start, piece),)


def _not_ours(address: NwkAddress, us: Ourselves) -> ZdpStatus | None:
    """Why we do not describe the device at `address`; None when it is ourselves."""
    if address == us.address:
        return None
    if us.description.device_type is DeviceType.END_DEVICE:
        return ZdpStatus.INV_REQUESTTYPE
    if any(child.address == address for child in _children(us)):
        return ZdpStatus.NO_DESCRIPTOR
    return ZdpStatus.DEVICE_NOT_FOUND


def _matches(request: MatchDescReq, endpoint: EndpointDescription) -> bool:
    """Whether profile and one cluster agree (R22 2.4.4.2.7.1)."""
    if request.profile not in (ANY_PROFILE, endpoint.profile):
        return False
    serves = set(request.input_clusters) & set(endpoint.input_clusters)
    uses = set(request.output_clusters) & set(endpoint.output_clusters)
    return bool(serves or uses)
