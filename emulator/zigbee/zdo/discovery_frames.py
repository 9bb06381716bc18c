"""Device and service discovery: requests, responses, announcements (R22 2.4.3.1, 2.4.4.2)."""

from typing import Annotated, ClassVar, Final

from emulator.kernel.identity import Eui64
from emulator.wire.codecs import U8, Eui64Field, Many, OpenEnum, UInt, When
from emulator.wire.struct import Struct
from emulator.zigbee.addresses import ClusterId, Endpoint, NwkAddress, NwkField, ProfileId
from emulator.zigbee.mac.primitives import CapabilityInformation
from emulator.zigbee.zdo.descriptors import NodeDescriptor, PowerDescriptor, SimpleDescriptor
from emulator.zigbee.zdo.frames import ZdpCluster, ZdpStatus, succeeded

Status = Annotated[ZdpStatus, UInt(1)]
EndpointField = Annotated[Endpoint, UInt(1)]
Clusters = Annotated[tuple[ClusterId, ...], Many(UInt(2), prefix=1)]
Endpoints = Annotated[tuple[Endpoint, ...], Many(UInt(1), prefix=1)]


class AddressRequestType(OpenEnum):
    """RequestType of address requests (R22 Table 2-45)."""

    SINGLE = 0
    EXTENDED = 1


class NwkAddrReq(Struct):
    """NWK_addr_req (R22 2.4.3.1.1)."""

    cluster: ClassVar[ZdpCluster] = ZdpCluster.NWK_ADDR

    eui64: Eui64Field
    kind: Annotated[AddressRequestType, UInt(1)] = AddressRequestType.SINGLE
    start_index: U8 = 0


class IeeeAddrReq(Struct):
    """IEEE_addr_req (R22 2.4.3.1.2)."""

    cluster: ClassVar[ZdpCluster] = ZdpCluster.IEEE_ADDR

    address: NwkField
    kind: Annotated[AddressRequestType, UInt(1)] = AddressRequestType.SINGLE
    start_index: U8 = 0


class NodeDescReq(Struct):
    """Node_Desc_req (R22 2.4.3.1.3)."""

    cluster: ClassVar[ZdpCluster] = ZdpCluster.NODE_DESC

    address: NwkField


class PowerDescReq(Struct):
    """Power_Desc_req (R22 2.4.3.1.4)."""

    cluster: ClassVar[ZdpCluster] = ZdpCluster.POWER_DESC

    address: NwkField


class SimpleDescReq(Struct):
    """Simple_Desc_req (R22 2.4.3.1.5)."""

    cluster: ClassVar[ZdpCluster] = ZdpCluster.SIMPLE_DESC

    address: NwkField
    endpoint: EndpointField


class ActiveEpReq(Struct):
    """Active_EP_req (R22 2.4.3.1.6)."""

    cluster: ClassVar[ZdpCluster] = ZdpCluster.ACTIVE_EP

    address: NwkField


class MatchDescReq(Struct):
    """Match_Desc_req (R22 2.4.3.1.7)."""

    cluster: ClassVar[ZdpCluster] = ZdpCluster.MATCH_DESC

    address: NwkField
    profile: Annotated[ProfileId, UInt(2)]
    input_clusters: Clusters
    output_clusters: Clusters


class DeviceAnnce(Struct):
    """Device_annce (R22 2.4.3.1.11)."""

    cluster: ClassVar[ZdpCluster] = ZdpCluster.DEVICE_ANNCE

    address: NwkField
    eui64: Eui64Field
    capability: CapabilityInformation


class ParentAnnce(Struct):
    """Parent_annce: the end devices that the sender takes for its children (R22 2.4.3.1.12)."""

    cluster: ClassVar[ZdpCluster] = ZdpCluster.PARENT_ANNCE

    children: Annotated[tuple[Eui64, ...], Many(UInt(8), prefix=1)]


class AssociatedDevices(Struct):
    """A piece of the list of children, where an extended response was asked (R22 2.4.4.2.1)."""

    count: U8
    start_index: Annotated[U8 | None, When(lambda x: x.count)] = None
    addresses: Annotated[tuple[NwkAddress, ...], Many(UInt(2), count=lambda x: x.count)] = ()


class NwkAddrRsp(Struct):
    """NWK_addr_rsp (R22 2.4.4.2.1); `associated` holds one item when it was asked for."""

    cluster: ClassVar[ZdpCluster] = ZdpCluster.NWK_ADDR

    status: Status
    eui64: Eui64Field
    address: NwkField
    associated: Annotated[tuple[AssociatedDevices, ...], Many(AssociatedDevices)] = ()


class IeeeAddrRsp(Struct):
    """IEEE_addr_rsp (R22 2.4.4.2.2); `associated` holds one item when it was asked for."""

    cluster: ClassVar[ZdpCluster] = ZdpCluster.IEEE_ADDR

    status: Status
    eui64: Eui64Field
    address: NwkField
    associated: Annotated[tuple[AssociatedDevices, ...], Many(AssociatedDevices)] = ()


class NodeDescRsp(Struct):
    """Node_Desc_rsp (R22 2.4.4.2.3)."""

    cluster: ClassVar[ZdpCluster] = ZdpCluster.NODE_DESC

    status: Status
    address: NwkField
    descriptor: Annotated[NodeDescriptor | None, When(succeeded)] = None


class PowerDescRsp(Struct):
    """Power_Desc_rsp (R22 2.4.4.2.4)."""

    cluster: ClassVar[ZdpCluster] = ZdpCluster.POWER_DESC

    status: Status
    address: NwkField
    descriptor: Annotated[PowerDescriptor | None, When(succeeded)] = None


class SimpleDescRsp(Struct):
    """Simple_Desc_rsp (R22 2.4.4.2.5); `length` counts the octets of the descriptor."""

    cluster: ClassVar[ZdpCluster] = ZdpCluster.SIMPLE_DESC

    status: Status
    address: NwkField
    length: U8 = 0
    descriptor: Annotated[SimpleDescriptor | None, When(lambda x: x.length)] = None


class ActiveEpRsp(Struct):
    """Active_EP_rsp (R22 2.4.4.2.6)."""

    cluster: ClassVar[ZdpCluster] = ZdpCluster.ACTIVE_EP

    status: Status
    address: NwkField
    endpoints: Endpoints = ()


class MatchDescRsp(Struct):
    """Match_Desc_rsp (R22 2.4.4.2.7)."""

    cluster: ClassVar[ZdpCluster] = ZdpCluster.MATCH_DESC

    status: Status
    address: NwkField
    endpoints: Endpoints = ()


class ParentAnnceRsp(Struct):
    """Parent_annce_rsp: children of the sender of the response instead (R22 2.4.4.2.23)."""

    cluster: ClassVar[ZdpCluster] = ZdpCluster.PARENT_ANNCE

    status: Status
    children: Annotated[tuple[Eui64, ...], Many(UInt(8), prefix=1)] = ()


REQUESTS: Final = (
    NwkAddrReq,
    IeeeAddrReq,
    NodeDescReq,
    PowerDescReq,
    SimpleDescReq,
    ActiveEpReq,
    MatchDescReq,
    DeviceAnnce,
    ParentAnnce,
)
RESPONSES: Final = (
    NwkAddrRsp,
    IeeeAddrRsp,
    NodeDescRsp,
    PowerDescRsp,
    SimpleDescRsp,
    ActiveEpRsp,
    MatchDescRsp,
    ParentAnnceRsp,
)
