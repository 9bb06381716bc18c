"""Who may join, who gets which key, and who is removed: by literal instants."""

import json
from dataclasses import replace
from itertools import count
from typing import Any

import pytest

from emulator.crypto.install_code import InstallCode
from emulator.kernel.identity import Eui64
from emulator.kernel.units import Instant
from emulator.smart_energy.facts import (
    DeviceRemoved,
    JoiningOpened,
    JoinRefused,
    NetworkKeySent,
    Registered,
)
from emulator.smart_energy.keys.network_key import NetworkKey
from emulator.smart_energy.network.trust_centre import TrustCentre
from emulator.smart_energy.primitives import (
    FormNetwork,
    KeyEstablishmentEnded,
    PermitJoin,
    Register,
    RestoreTrustCentre,
    TerminateStatus,
    Unregister,
)
from emulator.smart_energy.settings import TrustCentreSettings
from emulator.zigbee.addresses import BROADCAST_ROUTERS, ExtendedPanId, NwkAddress
from emulator.zigbee.aps.primitives import (
    ApsmeRemoveDeviceRequest,
    ApsmeSetLinkKeyRequest,
    ApsmeTransportKeyRequest,
    ApsmeUpdateDeviceIndication,
    KeyOrigin,
    TransportKeyType,
    UpdateDeviceStatus,
)
from emulator.zigbee.mac.primitives import CapabilityInformation
from emulator.zigbee.nwk.primitives import (
    JoinMethod,
    NlmeJoinIndication,
    NlmeLeaveIndication,
    NlmeLeaveRequest,
    NlmePermitJoiningRequest,
)
from emulator.zigbee.zdo.management_frames import MgmtPermitJoiningReq
from emulator.zigbee.zdo.primitives import DeviceAnnounceIndication, ZdpRequest

ESME = Eui64(0x00DB1234567890A0)
STRANGER = Eui64(0x00DB1234567890FF)
ADDRESS = NwkAddress(0x3F1C)
ROUTER = NwkAddress(0x88D2)
CODE = InstallCode.from_octets(bytes(range(16)))
KEY = bytes.fromhex("0F1E2D3C4B5A69788796A5B4C3D2E1F0")
NOW = Instant(0)
MINUTE = 60_000_000


def trust_centre(*registered: Eui64) -> TrustCentre:
    machine = TrustCentre(TrustCentreSettings(), NetworkKey(KEY, 0), count(1))
    for eui64 in registered:
        machine.handle(Register(eui64, CODE), NOW)
    return machine


def joined(eui64: Eui64, **changes: Any) -> NlmeJoinIndication:
    usual = NlmeJoinIndication(
        ADDRESS, eui64, CapabilityInformation(), JoinMethod.ASSOCIATION, secured=False
    )
    return replace(usual, **changes)


def told(eui64: Eui64, status: UpdateDeviceStatus) -> ApsmeUpdateDeviceIndication:
    return ApsmeUpdateDeviceIndication(ROUTER, None, eui64, ADDRESS, status)


def agreed(eui64: Eui64, failure: TerminateStatus | None = None) -> KeyEstablishmentEnded:
    return KeyEstablishmentEnded(eui64, 2, initiator=False, failure=failure)


def announced(eui64: Eui64) -> DeviceAnnounceIndication:
    return DeviceAnnounceIndication(eui64, ADDRESS, CapabilityInformation(), ADDRESS)


def opened(seconds_: int, handle: int) -> list[Any]:
    """What opening the network for so long, or closing it, looks like."""
    return [
        NlmePermitJoiningRequest(seconds_),
        ZdpRequest(handle, BROADCAST_ROUTERS, MgmtPermitJoiningReq(seconds=seconds_)),
        JoiningOpened(seconds_),
    ]


def key_for(eui64: Eui64, parent: NwkAddress | None) -> list[Any]:
    return [
        ApsmeTransportKeyRequest(
            destination=eui64,
            nwk_address=ADDRESS,
            key_type=TransportKeyType.STANDARD_NETWORK_KEY,
            key=KEY,
            sequence=0,
            parent=parent,
        ),
        NetworkKeySent(eui64, "preconfigured"),
    ]


# Registration


def test_registration_installs_the_key_of_the_install_code() -> None:
    effects = trust_centre().handle(Register(ESME, CODE), NOW)

    assert list(effects) == [ApsmeSetLinkKeyRequest(ESME, CODE.link_key), Registered(ESME)]


def test_device_that_is_registered_keeps_the_key_it_has() -> None:
    machine = trust_centre(ESME)
    machine.handle(joined(ESME), NOW)
    machine.handle(agreed(ESME), NOW)

    assert machine.handle(Register(ESME, CODE), NOW) == ()

    assert machine.members[ESME].origin is KeyOrigin.CBKE


def test_unregistered_device_is_forgotten_with_its_key() -> None:
    machine = trust_centre(ESME)

    effects = machine.handle(Unregister(ESME), NOW)

    assert list(effects) == [ApsmeSetLinkKeyRequest(ESME, None)]
    assert machine.members == {}


def test_unregistered_device_that_is_here_is_removed_first() -> None:
    machine = trust_centre(ESME)
    machine.handle(joined(ESME), NOW)

    effects = machine.handle(Unregister(ESME), NOW)

    assert list(effects) == [
        DeviceRemoved(ESME, "unregistered"),
        NlmeLeaveRequest(ESME),
        ApsmeSetLinkKeyRequest(ESME, None),
    ]


def test_unregistered_device_behind_a_router_is_removed_by_it() -> None:
    machine = trust_centre(ESME)
    machine.handle(told(ESME, UpdateDeviceStatus.STANDARD_UNSECURED_JOIN), NOW)

    effects = machine.handle(Unregister(ESME), NOW)

    assert ApsmeRemoveDeviceRequest(ROUTER, ESME) in effects


def test_unregistering_a_stranger_changes_nothing() -> None:
    assert trust_centre(ESME).handle(Unregister(STRANGER), NOW) == ()


# Joining


def test_registered_child_gets_the_network_key_straight() -> None:
    assert list(trust_centre(ESME).handle(joined(ESME), NOW)) == key_for(ESME, None)


@pytest.mark.parametrize(
    "status",
    [UpdateDeviceStatus.STANDARD_UNSECURED_JOIN, UpdateDeviceStatus.STANDARD_UNSECURED_REJOIN],
)
def test_registered_device_behind_a_router_gets_it_through_the_router(
    status: UpdateDeviceStatus,
) -> None:
    effects = trust_centre(ESME).handle(told(ESME, status), NOW)

    assert list(effects) == key_for(ESME, ROUTER)


def test_unregistered_child_gets_nothing_and_its_parent_lets_it_go() -> None:
    effects = trust_centre(ESME).handle(joined(STRANGER), NOW)

    assert list(effects) == [JoinRefused(STRANGER, "not registered", "R22 4.6.3.2.2.2")]


def test_unregistered_device_behind_a_router_is_removed() -> None:
    effects = trust_centre(ESME).handle(
        told(STRANGER, UpdateDeviceStatus.STANDARD_UNSECURED_JOIN), NOW
    )

    assert list(effects) == [
        JoinRefused(STRANGER, "not registered", "R22 4.6.3.3.2"),
        ApsmeRemoveDeviceRequest(ROUTER, STRANGER),
    ]


def test_unsecured_rejoin_gets_the_key_under_the_key_that_was_agreed() -> None:
    machine = trust_centre(ESME)
    machine.handle(agreed(ESME), NOW)

    effects = machine.handle(joined(ESME, method=JoinMethod.REJOIN), NOW)

    assert effects[1] == NetworkKeySent(ESME, "cbke")


@pytest.mark.parametrize(
    "event",
    [
        joined(ESME, method=JoinMethod.REJOIN, secured=True),
        told(ESME, UpdateDeviceStatus.STANDARD_SECURED_REJOIN),
    ],
)
def test_secured_rejoin_of_a_member_needs_no_key(event: Any) -> None:
    machine = trust_centre(ESME)

    assert machine.handle(event, NOW) == ()
    assert machine.members[ESME].joined


def test_secured_rejoin_of_a_stranger_ends_with_its_removal() -> None:
    machine = trust_centre()
    here = machine.handle(joined(STRANGER, method=JoinMethod.REJOIN, secured=True), NOW)
    behind = machine.handle(told(STRANGER, UpdateDeviceStatus.STANDARD_SECURED_REJOIN), NOW)

    refusal = JoinRefused(STRANGER, "rejoined without being registered", "R22 4.6.3.2.2")
    assert list(here) == [refusal, NlmeLeaveRequest(STRANGER)]
    assert list(behind) == [refusal, ApsmeRemoveDeviceRequest(ROUTER, STRANGER)]


def test_present_are_those_that_joined() -> None:
    machine = trust_centre(ESME, STRANGER)
    machine.handle(joined(ESME), NOW)

    assert machine.present() == (ESME,)


def test_status_that_nobody_knows_is_taken_for_a_join() -> None:
    effects = trust_centre(ESME).handle(told(ESME, UpdateDeviceStatus(0x77)), NOW)

    assert list(effects) == key_for(ESME, ROUTER)


@pytest.mark.parametrize(
    "event",
    [told(ESME, UpdateDeviceStatus.DEVICE_LEFT), NlmeLeaveIndication(ESME, rejoin=False)],
    ids=["behind a router", "a child"],
)
def test_device_that_left_by_itself_is_not_removed_later(event: Any) -> None:
    machine = trust_centre(ESME)
    machine.handle(joined(ESME), NOW)

    assert machine.handle(event, NOW) == ()

    assert not machine.members[ESME].joined
    assert machine.deadline is None


@pytest.mark.parametrize("device", [None, STRANGER])
def test_other_leaves_change_nothing(device: Eui64 | None) -> None:
    machine = trust_centre(ESME)
    machine.handle(joined(ESME), NOW)

    machine.handle(NlmeLeaveIndication(device, rejoin=False), NOW)

    assert machine.members[ESME].joined


# Opening and closing


def test_joining_is_opened_here_and_at_every_router() -> None:
    assert list(trust_centre().handle(PermitJoin(180), NOW)) == opened(180, 1)


def test_window_of_254_s_is_announced_again_after_240_and_closed_at_its_end() -> None:
    machine = trust_centre()
    machine.handle(PermitJoin(254), NOW)

    assert machine.deadline == Instant(240_000_000)
    assert machine.wake(Instant(240_000_000)) == opened(14, 2)
    assert machine.deadline == Instant(254_000_000)
    assert machine.wake(Instant(254_000_000)) == opened(0, 3)
    assert machine.deadline is None


def test_longer_window_is_announced_254_s_at_a_time() -> None:
    machine = trust_centre()
    said = [machine.handle(PermitJoin(900), NOW)[2]]

    while machine.deadline is not None:
        said.append(machine.wake(machine.deadline)[2])

    assert said == [JoiningOpened(each) for each in (254, 254, 254, 180, 0)]


def test_closing_is_announced_at_once() -> None:
    machine = trust_centre()
    machine.handle(PermitJoin(254), NOW)

    assert list(machine.handle(PermitJoin(0), Instant(MINUTE))) == opened(0, 2)
    assert machine.deadline is None


def test_newcomer_that_announces_itself_hears_that_joining_is_open() -> None:
    machine = trust_centre(ESME)
    machine.handle(PermitJoin(254), NOW)

    effects = machine.handle(announced(ESME), Instant(100_500_000))

    assert list(effects) == opened(154, 2)
    assert machine.deadline == Instant(254_000_000)


def test_announcement_while_joining_is_closed_opens_nothing() -> None:
    assert trust_centre(ESME).handle(announced(ESME), NOW) == ()


def test_announcement_of_a_stranger_opens_nothing() -> None:
    machine = trust_centre(ESME)
    machine.handle(PermitJoin(254), NOW)

    assert machine.handle(announced(STRANGER), NOW) == ()


# What survives


def test_members_come_back_from_what_json_knows_of_them() -> None:
    before, after = trust_centre(ESME, STRANGER), trust_centre()
    before.handle(told(ESME, UpdateDeviceStatus.STANDARD_UNSECURED_JOIN), NOW)
    before.handle(agreed(ESME), NOW)

    after.restore(json.loads(json.dumps(before.snapshot())))

    assert after.members == before.members


def test_hub_that_takes_over_admits_the_devices_under_their_hashed_keys() -> None:
    machine = trust_centre()
    network = ExtendedPanId(0x00DB1234567890B2)

    effects = machine.handle(RestoreTrustCentre(network, ((ESME, KEY),)), NOW)

    assert list(effects) == [
        ApsmeSetLinkKeyRequest(ESME, KEY, KeyOrigin.HASHED),
        Registered(ESME),
        FormNetwork(network),
    ]
    back = machine.handle(joined(ESME, method=JoinMethod.REJOIN), NOW)
    assert [type(effect) for effect in back] == [ApsmeTransportKeyRequest, NetworkKeySent]
    assert machine.deadline == 60 * MINUTE
