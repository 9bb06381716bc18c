"""Answers to binding and network management requests (R22 2.4.4.3, 2.4.4.4)."""

from collections.abc import Callable, Sequence
from typing import Any, Final, TypeVar

from emulator.kernel.identity import Eui64
from emulator.zigbee.aps.binding_table import Binding
from emulator.zigbee.aps.primitives import ApsSecurity, ApsStatus
from emulator.zigbee.nwk.primitives import (
    DeviceType,
    NlmeLeaveRequest,
    NlmePermitJoiningRequest,
)
from emulator.zigbee.zdo.frames import ZdpResponse, ZdpStatus
from emulator.zigbee.zdo.management_frames import (
    BindingAddressMode,
    BindingRecord,
    BindReq,
    BindRsp,
    MgmtBindReq,
    MgmtBindRsp,
    MgmtLeaveReq,
    MgmtLeaveRsp,
    MgmtLqiReq,
    MgmtLqiRsp,
    MgmtPermitJoiningReq,
    MgmtPermitJoiningRsp,
    MgmtRtgReq,
    MgmtRtgRsp,
    UnbindReq,
    UnbindRsp,
)
from emulator.zigbee.zdo.requests import Answer, Asked, Ourselves

Row = TypeVar("Row")
Server = Callable[[Any, Asked, Ourselves], Answer]

_STATUSES: Final = {
    ApsStatus.SUCCESS: ZdpStatus.SUCCESS,
    ApsStatus.TABLE_FULL: ZdpStatus.TABLE_FULL,
    ApsStatus.INVALID_BINDING: ZdpStatus.NO_ENTRY,
}
"""What the binding table says, as a ZDP status (R22 2.4.4.3.2.1, 2.4.4.3.3.1)."""


def bind(request: BindReq, asked: Asked, us: Ourselves) -> Answer:
    """Add a binding of ours (R22 2.4.4.3.2)."""
    return _edit(request.binding, us.tables.bindings.bind, BindRsp, asked, us)


def unbind(request: UnbindReq, asked: Asked, us: Ourselves) -> Answer:
    """Remove a binding of ours (R22 2.4.4.3.3)."""
    return _edit(request.binding, us.tables.bindings.unbind, UnbindRsp, asked, us)


def lqi(request: MgmtLqiReq, asked: Asked, us: Ourselves) -> Answer:
    """A piece of the neighbour table (R22 2.4.4.4.2)."""
    if asked.broadcast:
        return Answer()
    if us.tables.network is None:
        return Answer(MgmtLqiRsp(ZdpStatus.NOT_SUPPORTED))
    every = us.tables.network.neighbours()
    return _piece(every, request.start_index, MgmtLqiRsp, us)


def routing(request: MgmtRtgReq, asked: Asked, us: Ourselves) -> Answer:
    """A piece of the routing table (R22 2.4.4.4.3)."""
    if asked.broadcast:
        return Answer()
    if us.tables.network is None:
        return Answer(MgmtRtgRsp(ZdpStatus.NOT_SUPPORTED))
    every = us.tables.network.routes()
    return _piece(every, request.start_index, MgmtRtgRsp, us)


def bindings(request: MgmtBindReq, asked: Asked, us: Ourselves) -> Answer:
    """A piece of the binding table (R22 2.4.4.4.4)."""
    if asked.broadcast:
        return Answer()
    every = [_record(row, us.eui64) for row in us.tables.bindings.rows]
    return _piece(every, request.start_index, MgmtBindRsp, us)


def leave(request: MgmtLeaveReq, asked: Asked, us: Ourselves) -> Answer:
    """Leave, or make a child leave, when a link key or the setting allows (R22 2.4.4.4.5)."""
    if asked.broadcast:
        return Answer()
    if asked.security is not ApsSecurity.LINK_KEY and not us.settings.obey_plain_leave:
        return Answer(MgmtLeaveRsp(ZdpStatus.NOT_AUTHORIZED))
    ourselves = request.device in (0, us.eui64)
    effect = NlmeLeaveRequest(
        None if ourselves else request.device, request.remove_children, request.rejoin
    )
    return Answer(MgmtLeaveRsp(ZdpStatus.SUCCESS), (effect,))


def permit_joining(request: MgmtPermitJoiningReq, asked: Asked, us: Ourselves) -> Answer:
    """Admit devices for a while; a broadcast is not answered (R22 2.4.4.4.7)."""
    if us.description.device_type is DeviceType.END_DEVICE:
        refused = MgmtPermitJoiningRsp(ZdpStatus.NOT_SUPPORTED)
        return Answer(None if asked.broadcast else refused)
    effect = NlmePermitJoiningRequest(request.seconds)
    done = MgmtPermitJoiningRsp(ZdpStatus.SUCCESS)
    return Answer(None if asked.broadcast else done, (effect,))


SERVERS: Final[dict[type, Server]] = {
    BindReq: bind,
    UnbindReq: unbind,
    MgmtLqiReq: lqi,
    MgmtRtgReq: routing,
    MgmtBindReq: bindings,
    MgmtLeaveReq: leave,
    MgmtPermitJoiningReq: permit_joining,
}


def _edit(
    record: BindingRecord,
    change: Callable[[Binding], ApsStatus],
    response: type[BindRsp] | type[UnbindRsp],
    asked: Asked,
    us: Ourselves,
) -> Answer:
    """Change the binding table by one row, when it is a row of ours to one device."""
    if asked.broadcast:
        return Answer()
    destination, endpoint = record.destination, record.destination_endpoint
    if record.source != us.eui64 or destination is None or endpoint is None:
        return Answer(response(ZdpStatus.NOT_SUPPORTED))
    if us.description.endpoint(record.source_endpoint) is None:
        return Answer(response(ZdpStatus.INVALID_EP))
    row = Binding(record.source_endpoint, record.source_cluster, destination, endpoint)
    return Answer(response(_STATUSES[change(row)]))


def _record(row: Binding, source: Eui64) -> BindingRecord:
    return BindingRecord(
        source,
        row.source_endpoint,
        row.cluster,
        BindingAddressMode.EUI64,
        destination=row.destination,
        destination_endpoint=row.destination_endpoint,
    )


def _piece(
    every: Sequence[Row],
    start: int,
    response: Callable[[ZdpStatus, int, int, tuple[Row, ...]], ZdpResponse],
    us: Ourselves,
) -> Answer:
    """As many rows of a table from `start` on as one response carries."""
    rows = tuple(every[start : start + us.settings.rows_per_response])
    return Answer(response(ZdpStatus.SUCCESS, len(every), start, rows))
