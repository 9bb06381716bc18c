"""What a node shows of its tables, and whose orders it follows."""

import pytest

from emulator.kernel.identity import Eui64
from emulator.kernel.units import seconds
from emulator.testing.stack.zdo_scene import (
    HUB,
    METER,
    METER_ADDRESS,
    METERING,
    NEIGHBOUR,
    ROUTE,
    SLEEPER,
    ask,
    home,
    zdp,
)
from emulator.zigbee.addresses import (
    BROADCAST_ROUTERS,
    Endpoint,
)
from emulator.zigbee.aps.binding_table import Binding
from emulator.zigbee.aps.primitives import (
    ApsSecurity,
)
from emulator.zigbee.nwk.primitives import (
    NlmeLeaveRequest,
    NlmePermitJoiningRequest,
)
from emulator.zigbee.zdo import management_frames as management
from emulator.zigbee.zdo.frames import ZdpCommand, ZdpStatus
from emulator.zigbee.zdo.primitives import (
    ZdpConfirm,
    ZdpRequest,
)
from emulator.zigbee.zdo.settings import ZdoSettings


@pytest.mark.parametrize(
    ("command", "response"),
    [
        (
            management.MgmtLqiReq(),
            management.MgmtLqiRsp(ZdpStatus.SUCCESS, 1, 0, (NEIGHBOUR,)),
        ),
        (management.MgmtLqiReq(1), management.MgmtLqiRsp(ZdpStatus.SUCCESS, 1, 1, ())),
        (management.MgmtRtgReq(), management.MgmtRtgRsp(ZdpStatus.SUCCESS, 1, 0, (ROUTE,))),
        (management.MgmtBindReq(), management.MgmtBindRsp(ZdpStatus.SUCCESS, 0, 0, ())),
        (management.MgmtLeaveReq(METER), management.MgmtLeaveRsp(ZdpStatus.NOT_AUTHORIZED)),
        (
            management.MgmtPermitJoiningReq(180),
            management.MgmtPermitJoiningRsp(ZdpStatus.SUCCESS),
        ),
    ],
)
def test_a_request_is_answered(command: ZdpCommand, response: object) -> None:
    confirm = ask(command)

    assert confirm.response == response
    assert confirm.source == METER_ADDRESS


def test_permit_joining_opens_every_router_and_is_confirmed_when_sent() -> None:
    link, hub, meter = home()

    hub.post(ZdpRequest(1, BROADCAST_ROUTERS, management.MgmtPermitJoiningReq(254)))
    link.run(seconds(1))

    assert meter.all(NlmePermitJoiningRequest) == [NlmePermitJoiningRequest(254)]
    assert hub.all(ZdpConfirm) == [ZdpConfirm(1, ZdpStatus.SUCCESS)]


def record(source: Eui64 = METER, endpoint: int = 1) -> management.BindingRecord:
    return management.BindingRecord(
        source,
        Endpoint(endpoint),
        METERING,
        management.BindingAddressMode.EUI64,
        destination=HUB,
        destination_endpoint=Endpoint(2),
    )


def test_binding_and_unbinding_edit_the_table() -> None:
    link, hub, meter = home()
    row = Binding(Endpoint(1), METERING, HUB, Endpoint(2))

    hub.post(ZdpRequest(1, METER_ADDRESS, management.BindReq(record())))
    link.run(seconds(1))
    bound = meter.aps.bindings.rows
    hub.post(ZdpRequest(2, METER_ADDRESS, management.MgmtBindReq()))
    link.run(seconds(1))
    for handle in (3, 4):
        hub.post(ZdpRequest(handle, METER_ADDRESS, management.UnbindReq(record())))
        link.run(seconds(1))

    assert (bound, meter.aps.bindings.rows) == ((row,), ())
    done, listed, undone, none = hub.all(ZdpConfirm)
    assert listed.response == management.MgmtBindRsp(ZdpStatus.SUCCESS, 1, 0, (record(),))
    assert [done.status, undone.status, none.status] == [
        ZdpStatus.SUCCESS,
        ZdpStatus.SUCCESS,
        ZdpStatus.NO_ENTRY,
    ]


@pytest.mark.parametrize(
    ("binding", "status"),
    [
        (record(source=HUB), ZdpStatus.NOT_SUPPORTED),
        (record(endpoint=7), ZdpStatus.INVALID_EP),
        (
            management.BindingRecord(
                METER, Endpoint(1), METERING, management.BindingAddressMode.GROUP, group=1
            ),
            ZdpStatus.NOT_SUPPORTED,
        ),
    ],
)
def test_a_binding_that_is_not_ours_is_refused(
    binding: management.BindingRecord, status: ZdpStatus
) -> None:
    assert ask(management.BindReq(binding)).status == status


def test_a_leave_under_the_link_key_is_obeyed() -> None:
    _, _, meter = home()
    leave = bytes.fromhex("07") + management.MgmtLeaveReq(Eui64(0), rejoin=True).encode()

    meter.post(zdp(leave, 0x0034, ApsSecurity.LINK_KEY))

    assert meter.all(NlmeLeaveRequest) == [NlmeLeaveRequest(None, rejoin=True)]


def test_a_plain_leave_is_obeyed_only_where_set() -> None:
    _, _, meter = home(ZdoSettings(obey_plain_leave=True))

    meter.post(zdp(b"\x07" + management.MgmtLeaveReq(SLEEPER).encode(), 0x0034))

    assert meter.all(NlmeLeaveRequest) == [NlmeLeaveRequest(SLEEPER)]
