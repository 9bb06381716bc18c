"""What a node says about itself and its sleeping children when it is asked."""

import pytest

from emulator.kernel.identity import Eui64
from emulator.kernel.units import START
from emulator.testing.stack.zdo_scene import (
    KEY_ESTABLISHMENT,
    METER,
    METER_ADDRESS,
    METERING,
    SLEEPER,
    SLEEPER_ADDRESS,
    ask,
    description,
    lone_machine,
    zdp,
)
from emulator.zigbee.addresses import (
    BROADCAST_RX_ON,
    COORDINATOR,
    SMART_ENERGY_PROFILE,
    ZDO_PROFILE,
    Endpoint,
    NwkAddress,
)
from emulator.zigbee.aps.primitives import (
    ApsdeDataRequest,
)
from emulator.zigbee.nwk.primitives import (
    DeviceType,
)
from emulator.zigbee.zdo import discovery_frames as discovery
from emulator.zigbee.zdo import management_frames as management
from emulator.zigbee.zdo.frames import ZdpCommand, ZdpStatus


@pytest.mark.parametrize(
    ("command", "response"),
    [
        (
            discovery.NwkAddrReq(METER),
            discovery.NwkAddrRsp(ZdpStatus.SUCCESS, METER, METER_ADDRESS),
        ),
        (
            discovery.NwkAddrReq(METER, discovery.AddressRequestType.EXTENDED),
            discovery.NwkAddrRsp(
                ZdpStatus.SUCCESS,
                METER,
                METER_ADDRESS,
                (discovery.AssociatedDevices(1, 0, (SLEEPER_ADDRESS,)),),
            ),
        ),
        (
            discovery.NwkAddrReq(METER, discovery.AddressRequestType.EXTENDED, 1),
            discovery.NwkAddrRsp(
                ZdpStatus.SUCCESS, METER, METER_ADDRESS, (discovery.AssociatedDevices(0),)
            ),
        ),
        (
            discovery.NwkAddrReq(METER, discovery.AddressRequestType(9)),
            discovery.NwkAddrRsp(ZdpStatus.INV_REQUESTTYPE, METER, METER_ADDRESS),
        ),
        (
            discovery.NwkAddrReq(SLEEPER),
            discovery.NwkAddrRsp(ZdpStatus.SUCCESS, SLEEPER, SLEEPER_ADDRESS),
        ),
        (
            discovery.NwkAddrReq(Eui64(5)),
            discovery.NwkAddrRsp(ZdpStatus.DEVICE_NOT_FOUND, Eui64(5), NwkAddress(0xFFFE)),
        ),
        (
            discovery.IeeeAddrReq(METER_ADDRESS),
            discovery.IeeeAddrRsp(ZdpStatus.SUCCESS, METER, METER_ADDRESS),
        ),
        (
            discovery.IeeeAddrReq(SLEEPER_ADDRESS),
            discovery.IeeeAddrRsp(ZdpStatus.SUCCESS, SLEEPER, SLEEPER_ADDRESS),
        ),
        (
            discovery.IeeeAddrReq(NwkAddress(9)),
            discovery.IeeeAddrRsp(ZdpStatus.DEVICE_NOT_FOUND, Eui64(0), NwkAddress(9)),
        ),
        (
            discovery.NodeDescReq(METER_ADDRESS),
            discovery.NodeDescRsp(
                ZdpStatus.SUCCESS, METER_ADDRESS, description(DeviceType.ROUTER).node_descriptor
            ),
        ),
        (
            discovery.NodeDescReq(SLEEPER_ADDRESS),
            discovery.NodeDescRsp(ZdpStatus.NO_DESCRIPTOR, SLEEPER_ADDRESS),
        ),
        (
            discovery.PowerDescReq(METER_ADDRESS),
            discovery.PowerDescRsp(
                ZdpStatus.SUCCESS, METER_ADDRESS, description(DeviceType.ROUTER).power
            ),
        ),
        (
            discovery.PowerDescReq(NwkAddress(9)),
            discovery.PowerDescRsp(ZdpStatus.DEVICE_NOT_FOUND, NwkAddress(9)),
        ),
        (
            discovery.ActiveEpReq(METER_ADDRESS),
            discovery.ActiveEpRsp(ZdpStatus.SUCCESS, METER_ADDRESS, (Endpoint(1), Endpoint(2))),
        ),
        (
            discovery.ActiveEpReq(NwkAddress(9)),
            discovery.ActiveEpRsp(ZdpStatus.DEVICE_NOT_FOUND, NwkAddress(9)),
        ),
        (
            discovery.SimpleDescReq(METER_ADDRESS, Endpoint(3)),
            discovery.SimpleDescRsp(ZdpStatus.NOT_ACTIVE, METER_ADDRESS),
        ),
        (
            discovery.SimpleDescReq(METER_ADDRESS, Endpoint(0)),
            discovery.SimpleDescRsp(ZdpStatus.INVALID_EP, METER_ADDRESS),
        ),
        (
            discovery.MatchDescReq(METER_ADDRESS, SMART_ENERGY_PROFILE, (METERING,), ()),
            discovery.MatchDescRsp(ZdpStatus.SUCCESS, METER_ADDRESS, (Endpoint(1),)),
        ),
        (
            discovery.MatchDescReq(METER_ADDRESS, SMART_ENERGY_PROFILE, (), (METERING,)),
            discovery.MatchDescRsp(ZdpStatus.SUCCESS, METER_ADDRESS, (Endpoint(2),)),
        ),
        (
            discovery.MatchDescReq(METER_ADDRESS, ZDO_PROFILE, (METERING,), ()),
            discovery.MatchDescRsp(ZdpStatus.SUCCESS, METER_ADDRESS),
        ),
        (
            discovery.MatchDescReq(NwkAddress(9), SMART_ENERGY_PROFILE, (METERING,), ()),
            discovery.MatchDescRsp(ZdpStatus.DEVICE_NOT_FOUND, NwkAddress(9)),
        ),
    ],
)
def test_a_request_is_answered(command: ZdpCommand, response: object) -> None:
    confirm = ask(command)

    assert confirm.response == response
    assert confirm.source == METER_ADDRESS


def test_a_simple_descriptor_lists_both_sides_of_an_endpoint() -> None:
    confirm = ask(discovery.SimpleDescReq(METER_ADDRESS, Endpoint(1)))

    assert isinstance(confirm.response, discovery.SimpleDescRsp)
    descriptor = confirm.response.descriptor
    assert descriptor is not None
    assert (descriptor.device_id, descriptor.input_clusters) == (
        0x0501,
        (KEY_ESTABLISHMENT, METERING),
    )
    assert confirm.response.length == len(descriptor.encode())


def test_a_broadcast_match_is_answered_by_who_matches() -> None:
    command = discovery.MatchDescReq(
        NwkAddress(BROADCAST_RX_ON), SMART_ENERGY_PROFILE, (KEY_ESTABLISHMENT,), ()
    )

    confirm = ask(command, BROADCAST_RX_ON)

    assert confirm.response == discovery.MatchDescRsp(
        ZdpStatus.SUCCESS, METER_ADDRESS, (Endpoint(1),)
    )


@pytest.mark.parametrize(
    "command",
    [
        discovery.NwkAddrReq(Eui64(5)),
        discovery.IeeeAddrReq(NwkAddress(9)),
        discovery.MatchDescReq(BROADCAST_RX_ON, ZDO_PROFILE, (METERING,), ()),
    ],
)
def test_nobody_answers_a_broadcast_that_concerns_nobody(command: ZdpCommand) -> None:
    confirm = ask(command, BROADCAST_RX_ON)

    assert (confirm.status, confirm.response) == (ZdpStatus.TIMEOUT, None)


@pytest.mark.parametrize(
    ("command", "response"),
    [
        (discovery.NodeDescReq(COORDINATOR), "00 80 0000"),
        (management.MgmtLqiReq(), "00 84"),
        (management.MgmtRtgReq(), "00 84"),
        (management.MgmtPermitJoiningReq(1), "00 84"),
    ],
)
def test_an_end_device_refuses_what_is_not_its_own(command: ZdpCommand, response: str) -> None:
    machine = lone_machine()

    [reply] = machine.handle(zdp(b"\x00" + command.encode(), command.cluster), START)

    assert isinstance(reply, ApsdeDataRequest)
    assert reply.asdu == bytes.fromhex(response)
