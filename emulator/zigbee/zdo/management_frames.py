"""Binding and network management (R22 2.4.3.2, 2.4.3.3, 2.4.4.3, 2.4.4.4)."""

from typing import Annotated, ClassVar, Final

from emulator.kernel.identity import Eui64
from emulator.wire.codecs import U8, U16, U32, Bits, Eui64Field, Flag, Many, OpenEnum, UInt, When
from emulator.wire.struct import Struct
from emulator.zigbee.addresses import ClusterId, Endpoint, ExtendedPanIdField, NwkAddress, NwkField
from emulator.zigbee.zdo.discovery_frames import EndpointField, Status
from emulator.zigbee.zdo.frames import ZdpCluster, succeeded

MAX_SCAN_DURATION: Final = 5
"""The longest energy scan that may be asked for (R22 Table 2-77)."""
CHANGE_CHANNEL: Final = 0xFE
CHANGE_MANAGER: Final = 0xFF
"""Values of ScanDuration that ask for no scan (R22 Table 2-77)."""


class BindingAddressMode(OpenEnum):
    """DstAddrMode (R22 Table 2-60)."""

    GROUP = 1
    EUI64 = 3


class BindingRecord(Struct):
    """A binding as Bind_req, Unbind_req and Mgmt_Bind_rsp write it (R22 Tables 2-60, 2-116)."""

    source: Eui64Field
    source_endpoint: EndpointField
    source_cluster: Annotated[ClusterId, UInt(2)]
    mode: Annotated[BindingAddressMode, UInt(1)]
    group: Annotated[U16 | None, When(lambda x: x.mode == BindingAddressMode.GROUP)] = None
    destination: Annotated[
        Eui64 | None, UInt(8), When(lambda x: x.mode == BindingAddressMode.EUI64)
    ] = None
    destination_endpoint: Annotated[
        Endpoint | None, UInt(1), When(lambda x: x.mode == BindingAddressMode.EUI64)
    ] = None


class BindReq(Struct):
    """Bind_req (R22 2.4.3.2.2)."""

    cluster: ClassVar[ZdpCluster] = ZdpCluster.BIND

    binding: BindingRecord


class UnbindReq(Struct):
    """Unbind_req (R22 2.4.3.2.3)."""

    cluster: ClassVar[ZdpCluster] = ZdpCluster.UNBIND

    binding: BindingRecord


class MgmtLqiReq(Struct):
    """Mgmt_Lqi_req (R22 2.4.3.3.2)."""

    cluster: ClassVar[ZdpCluster] = ZdpCluster.MGMT_LQI

    start_index: U8 = 0


class MgmtRtgReq(Struct):
    """Mgmt_Rtg_req (R22 2.4.3.3.3)."""

    cluster: ClassVar[ZdpCluster] = ZdpCluster.MGMT_RTG

    start_index: U8 = 0


class MgmtBindReq(Struct):
    """Mgmt_Bind_req (R22 2.4.3.3.4)."""

    cluster: ClassVar[ZdpCluster] = ZdpCluster.MGMT_BIND

    start_index: U8 = 0


class MgmtLeaveReq(Struct):
    """Mgmt_Leave_req (R22 2.4.3.3.5); an EUI-64 of zero means the receiver."""

    cluster: ClassVar[ZdpCluster] = ZdpCluster.MGMT_LEAVE

    device: Eui64Field
    reserved: Annotated[int, Bits(6)] = 0
    remove_children: Flag = False
    rejoin: Flag = False


class MgmtPermitJoiningReq(Struct):
    """Mgmt_Permit_Joining_req (R22 2.4.3.3.7)."""

    cluster: ClassVar[ZdpCluster] = ZdpCluster.MGMT_PERMIT_JOINING

    seconds: U8
    trust_centre_significance: U8 = 1


class MgmtNwkUpdateReq(Struct):
    """Mgmt_NWK_Update_req (R22 2.4.3.3.9): scan energy, change channel, or change the manager.

    The page of the channels is in the upper five bits of the mask. `duration` up to 5 is that of a
    scan, 0xFE a change of channel, 0xFF of channels and manager.
    """

    cluster: ClassVar[ZdpCluster] = ZdpCluster.MGMT_NWK_UPDATE

    channels: U32
    duration: U8
    scan_count: Annotated[U8 | None, When(lambda x: x.duration <= MAX_SCAN_DURATION)] = None
    update_id: Annotated[U8 | None, When(lambda x: x.duration >= CHANGE_CHANNEL)] = None
    manager: Annotated[NwkAddress | None, UInt(2), When(lambda x: x.duration == CHANGE_MANAGER)] = (
        None
    )


class Relationship(OpenEnum):
    """Relationship of a neighbour (R22 Table 2-109)."""

    PARENT = 0
    CHILD = 1
    SIBLING = 2
    NONE = 3
    PREVIOUS_CHILD = 4


class NeighbourRecord(Struct):
    """One neighbour in Mgmt_Lqi_rsp (R22 Table 2-109)."""

    extended_pan_id: ExtendedPanIdField
    eui64: Eui64Field
    address: NwkField
    device_type: Annotated[int, Bits(2)]
    rx_on_when_idle: Annotated[int, Bits(2)]
    relationship: Annotated[Relationship, Bits(3)]
    reserved: Annotated[int, Bits(1)]
    permit_joining: Annotated[int, Bits(2)]
    reserved_too: Annotated[int, Bits(6)]
    depth: U8
    lqi: U8


class RouteRecord(Struct):
    """One route in Mgmt_Rtg_rsp (R22 Table 2-112)."""

    destination: NwkField
    status: Annotated[int, Bits(3)]
    memory_constrained: Flag
    many_to_one: Flag
    route_record_required: Flag
    reserved: Annotated[int, Bits(2)]
    next_hop: NwkField


class BindRsp(Struct):
    """Bind_rsp (R22 2.4.4.3.2)."""

    cluster: ClassVar[ZdpCluster] = ZdpCluster.BIND

    status: Status


class UnbindRsp(Struct):
    """Unbind_rsp (R22 2.4.4.3.3)."""

    cluster: ClassVar[ZdpCluster] = ZdpCluster.UNBIND

    status: Status


class MgmtLqiRsp(Struct):
    """Mgmt_Lqi_rsp (R22 2.4.4.4.2)."""

    cluster: ClassVar[ZdpCluster] = ZdpCluster.MGMT_LQI

    status: Status
    entries: Annotated[U8 | None, When(succeeded)] = None
    start_index: Annotated[U8 | None, When(succeeded)] = None
    rows: Annotated[
        tuple[NeighbourRecord, ...] | None, Many(NeighbourRecord, prefix=1), When(succeeded)
    ] = None


class MgmtRtgRsp(Struct):
    """Mgmt_Rtg_rsp (R22 2.4.4.4.3)."""

    cluster: ClassVar[ZdpCluster] = ZdpCluster.MGMT_RTG

    status: Status
    entries: Annotated[U8 | None, When(succeeded)] = None
    start_index: Annotated[U8 | None, When(succeeded)] = None
    rows: Annotated[
        tuple[RouteRecord, ...] | None, Many(RouteRecord, prefix=1), When(succeeded)
    ] = None


class MgmtBindRsp(Struct):
    """Mgmt_Bind_rsp (R22 2.4.4.4.4)."""

    cluster: ClassVar[ZdpCluster] = ZdpCluster.MGMT_BIND

    status: Status
    entries: Annotated[U8 | None, When(succeeded)] = None
    start_index: Annotated[U8 | None, When(succeeded)] = None
    rows: Annotated[
        tuple[BindingRecord, ...] | None, Many(BindingRecord, prefix=1), When(succeeded)
    ] = None


class MgmtLeaveRsp(Struct):
    """Mgmt_Leave_rsp (R22 2.4.4.4.5)."""

    cluster: ClassVar[ZdpCluster] = ZdpCluster.MGMT_LEAVE

    status: Status


class MgmtPermitJoiningRsp(Struct):
    """Mgmt_Permit_Joining_rsp (R22 2.4.4.4.7)."""

    cluster: ClassVar[ZdpCluster] = ZdpCluster.MGMT_PERMIT_JOINING

    status: Status


class MgmtNwkUpdateNotify(Struct):
    """Mgmt_NWK_Update_notify (R22 2.4.4.4.9): the answer to a scan, or sent by itself."""

    cluster: ClassVar[ZdpCluster] = ZdpCluster.MGMT_NWK_UPDATE

    status: Status
    channels: U32
    total: U16
    failures: U16
    energies: Annotated[tuple[int, ...], Many(UInt(1), prefix=1)] = ()


REQUESTS: Final = (
    BindReq,
    UnbindReq,
    MgmtLqiReq,
    MgmtRtgReq,
    MgmtBindReq,
    MgmtLeaveReq,
    MgmtPermitJoiningReq,
    MgmtNwkUpdateReq,
)
RESPONSES: Final = (
    BindRsp,
    UnbindRsp,
    MgmtLqiRsp,
    MgmtRtgRsp,
    MgmtBindRsp,
    MgmtLeaveRsp,
    MgmtPermitJoiningRsp,
    MgmtNwkUpdateNotify,
)
