"""Requests of ours, announcements, children that come and go, and hostile payloads."""

import pytest

from emulator.kernel.identity import Eui64
from emulator.kernel.streams import Stream
from emulator.kernel.units import START, seconds
from emulator.testing.stack.zdo_scene import (
    HUB,
    METER,
    METER_ADDRESS,
    SLEEPER,
    SLEEPER_ADDRESS,
    SLEEPY,
    home,
    lone_machine,
    zdp,
)
from emulator.zigbee.addresses import (
    COORDINATOR,
    Endpoint,
)
from emulator.zigbee.aps.primitives import (
    ApsmeRemoveDeviceIndication,
    ApsmeSetLinkKeyRequest,
    ApsmeSetTrustCentreRequest,
    ApsmeUpdateDeviceIndication,
    ApsSecurity,
    KeyOrigin,
    UpdateDeviceStatus,
)
from emulator.zigbee.facts import FrameDropped, MalformedFrame
from emulator.zigbee.nwk.primitives import (
    JoinMethod,
    NlmeJoinConfirm,
    NlmeJoinIndication,
    NlmeLeaveIndication,
    NlmeLeaveRequest,
    NwkStatus,
)
from emulator.zigbee.zdo import discovery_frames as discovery
from emulator.zigbee.zdo.discovery_frames import ActiveEpReq, ActiveEpRsp
from emulator.zigbee.zdo.frames import ZdpCluster, ZdpFrame, ZdpStatus
from emulator.zigbee.zdo.machine import ZdoMachine
from emulator.zigbee.zdo.primitives import (
    ActivateEndpointRequest,
    DeviceAnnounceIndication,
    ZdoAnnounceRequest,
    ZdpConfirm,
    ZdpRequest,
)


def test_a_request_that_nobody_hears_times_out_after_three_seconds() -> None:
    link, hub, _ = home()
    link.link = lambda _: ()

    hub.post(ZdpRequest(1, METER_ADDRESS, discovery.ActiveEpReq(METER_ADDRESS)))
    link.run(seconds(2.9))
    before = hub.all(ZdpConfirm)
    link.run(seconds(0.2))

    assert before == []
    assert hub.all(ZdpConfirm) == [ZdpConfirm(1, ZdpStatus.TIMEOUT)]


def test_an_announcement_teaches_the_address_and_goes_up() -> None:
    link, hub, meter = home()
    hub.address_map.forget(METER)

    meter.post(ZdoAnnounceRequest())
    link.run(seconds(1))

    [heard] = hub.all(DeviceAnnounceIndication)
    assert (heard.eui64, heard.nwk_address) == (METER, METER_ADDRESS)
    assert hub.address_map.address_of(METER) == METER_ADDRESS


@pytest.mark.parametrize("target", [METER, SLEEPER])
def test_remove_device_makes_us_or_our_child_leave(target: Eui64) -> None:
    _, _, meter = home()

    meter.post(ApsmeRemoveDeviceIndication(HUB, target, ApsSecurity.LINK_KEY))

    assert meter.all(NlmeLeaveRequest) == [NlmeLeaveRequest(None if target == METER else SLEEPER)]


@pytest.mark.parametrize(
    ("method", "secured", "status"),
    [
        (JoinMethod.ASSOCIATION, False, UpdateDeviceStatus.STANDARD_UNSECURED_JOIN),
        (JoinMethod.REJOIN, True, UpdateDeviceStatus.STANDARD_SECURED_REJOIN),
        (JoinMethod.REJOIN, False, UpdateDeviceStatus.STANDARD_UNSECURED_REJOIN),
    ],
)
def test_a_router_tells_the_trust_centre_who_joined_through_it(
    method: JoinMethod, secured: bool, status: UpdateDeviceStatus
) -> None:
    link, hub, meter = home()
    hub.post(ApsmeSetLinkKeyRequest(METER, bytes(16), KeyOrigin.CBKE))
    meter.post(ApsmeSetLinkKeyRequest(HUB, bytes(16), KeyOrigin.CBKE))

    meter.post(NlmeJoinIndication(SLEEPER_ADDRESS, SLEEPER, SLEEPY, method, secured))
    link.run(seconds(1))

    [heard] = hub.all(ApsmeUpdateDeviceIndication)
    assert (heard.device, heard.device_address, heard.status) == (SLEEPER, SLEEPER_ADDRESS, status)


def test_a_router_tells_the_trust_centre_who_left() -> None:
    link, hub, meter = home()
    hub.post(ApsmeSetLinkKeyRequest(METER, bytes(16), KeyOrigin.CBKE))
    meter.post(ApsmeSetLinkKeyRequest(HUB, bytes(16), KeyOrigin.CBKE))

    meter.post(NlmeLeaveIndication(SLEEPER, rejoin=False), NlmeLeaveIndication(None, rejoin=False))
    link.run(seconds(1))

    [heard] = hub.all(ApsmeUpdateDeviceIndication)
    assert heard.status is UpdateDeviceStatus.DEVICE_LEFT


def test_the_trust_centre_tells_nobody() -> None:
    link, hub, _ = home()

    hub.post(NlmeJoinIndication(SLEEPER_ADDRESS, SLEEPER, SLEEPY, JoinMethod.ASSOCIATION, False))

    assert link.carried == []


def test_an_unknown_request_is_not_supported() -> None:
    link, _, meter = home()

    meter.post(zdp(bytes.fromhex("05 aabb"), 0x0030))

    [sent] = link.carried
    assert sent.nsdu.endswith(bytes.fromhex("05 84"))


@pytest.mark.parametrize("asdu", ["", "01", "01 1c3f00"])
def test_a_malformed_request_is_a_fact(asdu: str) -> None:
    link, _, meter = home()

    meter.post(zdp(bytes.fromhex(asdu), 0x0002))

    assert (link.carried, len(link.facts(MalformedFrame))) == ([], 1)


def test_a_response_nobody_asked_for_is_a_fact() -> None:
    link, _, meter = home()

    meter.post(zdp(bytes.fromhex("01 00"), 0x8036))

    assert [fact.layer for fact in link.facts(FrameDropped)] == ["zdo"]


def test_a_bare_status_is_a_refusal() -> None:
    link, hub, meter = home()
    link.link = lambda _: ()

    meter.post(ZdpRequest(9, COORDINATOR, discovery.SimpleDescReq(COORDINATOR, Endpoint(1))))
    meter.post(zdp(bytes.fromhex("01 84"), 0x8004))

    assert meter.all(ZdpConfirm) == [ZdpConfirm(9, ZdpStatus.NOT_SUPPORTED, None, COORDINATOR)]
    assert hub.heard == []


def test_address_and_trust_centre_survive_a_power_cycle() -> None:
    first, second = lone_machine(), lone_machine()
    first.handle(NlmeJoinConfirm(NwkStatus.SUCCESS, METER_ADDRESS), START)
    first.handle(ApsmeSetTrustCentreRequest(HUB), START)

    second.restore(first.snapshot())

    assert second.snapshot() == first.snapshot()
    assert second.nwk_address == METER_ADDRESS


def test_random_payloads_on_every_cluster_raise_nothing() -> None:
    machine, drawn = lone_machine(), Stream("noise")

    for _ in range(20_000):
        cluster = drawn.integer(0, 0x38) | drawn.choice((0, 0x8000))
        effects = machine.handle(zdp(drawn.octets(drawn.integer(0, 40)), cluster), START)
        assert all(effect is not None for effect in effects)


def listed(machine: ZdoMachine) -> tuple[int, ...]:
    """The endpoints in the machine's own list of active ones."""
    machine.handle(NlmeJoinConfirm(NwkStatus.SUCCESS, METER_ADDRESS), START)
    asked = zdp(ZdpFrame(7, ActiveEpReq(METER_ADDRESS).encode()).encode(), ZdpCluster.ACTIVE_EP)
    (sent,) = machine.handle(asked, START)
    return ActiveEpRsp.decode(ZdpFrame.decode(sent.asdu).payload).endpoints


def test_an_endpoint_leaves_the_lists_and_comes_back_as_it_is_told() -> None:
    machine = lone_machine()
    assert listed(machine) == (1, 2)

    machine.handle(ActivateEndpointRequest(Endpoint(1), active=False), START)
    hidden = listed(machine)
    machine.handle(ActivateEndpointRequest(Endpoint(1)), START)

    assert hidden == (2,)
    assert listed(machine) == (1, 2)
