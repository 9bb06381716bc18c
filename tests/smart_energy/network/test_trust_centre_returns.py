"""Devices that were removed and are registered again: under their old key, or a new one."""

import json
from dataclasses import replace
from itertools import count
from typing import Any

import pytest

from emulator.crypto.install_code import InstallCode
from emulator.kernel.identity import Eui64
from emulator.kernel.units import Instant
from emulator.smart_energy.facts import (
    HistoricKeyTaken,
    HistoricKeyUnused,
    JoiningOpened,
    Registered,
)
from emulator.smart_energy.keys.network_key import NetworkKey
from emulator.smart_energy.network.trust_centre import TrustCentre
from emulator.smart_energy.primitives import (
    KeyEstablishmentEnded,
    Register,
    TerminateStatus,
    Unregister,
)
from emulator.smart_energy.settings import TrustCentreSettings
from emulator.zigbee.addresses import BROADCAST_ROUTERS, NwkAddress
from emulator.zigbee.aps.primitives import (
    ApsmeSetLinkKeyRequest,
    KeyOrigin,
)
from emulator.zigbee.mac.primitives import CapabilityInformation
from emulator.zigbee.nwk.primitives import (
    JoinMethod,
    NlmeJoinIndication,
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


OTHER_CODE = InstallCode.from_octets(bytes(16))
RETURN = Register(ESME, OTHER_CODE, historic_window=90)
"""Its install code is not the one that the device has."""


def left(*gone: Eui64) -> TrustCentre:
    """A trust centre that had agreed a key with each, and then removed it."""
    machine = trust_centre(*gone)
    for eui64 in gone:
        machine.handle(ApsmeSetLinkKeyRequest(eui64, KEY, KeyOrigin.CBKE), NOW)
        machine.handle(agreed(eui64), NOW)
        machine.handle(Unregister(eui64), NOW)
    return machine


def test_removed_devices_key_is_kept() -> None:
    machine = trust_centre(ESME)
    machine.handle(ApsmeSetLinkKeyRequest(ESME, KEY, KeyOrigin.CBKE), NOW)

    effects = machine.handle(Unregister(ESME), NOW)

    assert list(effects) == [ApsmeSetLinkKeyRequest(ESME, KEY, KeyOrigin.HISTORIC)]


def test_only_a_key_that_a_device_agreed_is_kept() -> None:
    machine = trust_centre(ESME)

    assert machine.handle(ApsmeSetLinkKeyRequest(STRANGER, KEY, KeyOrigin.CBKE), NOW) == ()
    assert machine.handle(ApsmeSetLinkKeyRequest(ESME, KEY, KeyOrigin.APPLICATION), NOW) == ()

    assert machine.handle(Unregister(ESME), NOW) == (ApsmeSetLinkKeyRequest(ESME, None),)


def test_key_of_the_device_removed_first_of_sixteen_is_forgotten() -> None:
    devices = [Eui64(each) for each in range(1, 17)]
    machine = left(*devices[:15])
    machine.handle(Register(devices[15], CODE), NOW)
    machine.handle(ApsmeSetLinkKeyRequest(devices[15], KEY, KeyOrigin.CBKE), NOW)

    effects = machine.handle(Unregister(devices[15]), NOW)

    assert effects[1:] == (ApsmeSetLinkKeyRequest(devices[0], None),)


def test_device_that_returns_under_its_old_key_has_it_again() -> None:
    machine = left(ESME)

    registered = list(machine.handle(RETURN, NOW))
    machine.handle(joined(ESME, method=JoinMethod.REJOIN, secured=True), NOW)
    effects = machine.handle(announced(ESME), NOW)

    assert registered == [
        ApsmeSetLinkKeyRequest(ESME, KEY, KeyOrigin.HISTORIC),
        Registered(ESME),
    ]
    assert list(effects) == [
        ApsmeSetLinkKeyRequest(ESME, KEY, KeyOrigin.CBKE),
        HistoricKeyTaken(ESME),
    ]
    assert machine.members[ESME].origin is KeyOrigin.CBKE
    assert machine.deadline is None


def test_device_that_does_not_return_in_time_may_join_with_its_install_code_as_long() -> None:
    machine = left(ESME)
    machine.handle(RETURN, NOW)
    assert machine.deadline == Instant(90_000_000)

    effects = machine.wake(Instant(90_000_000))

    assert effects == [
        ApsmeSetLinkKeyRequest(ESME, OTHER_CODE.link_key),
        HistoricKeyUnused(ESME),
        *opened(90, 1),
    ]
    assert machine.members[ESME].origin is KeyOrigin.PRECONFIGURED


@pytest.mark.parametrize(
    "register", [Register(STRANGER, CODE, historic_window=90), Register(ESME, CODE)]
)
def test_install_code_is_for_who_was_never_here_or_is_not_in_the_log(register: Register) -> None:
    effects = list(left(ESME).handle(register, NOW))

    assert effects[0] == ApsmeSetLinkKeyRequest(register.eui64, CODE.link_key)


def test_device_that_agrees_a_key_while_the_old_one_is_waited_for_is_waited_for_no_more() -> None:
    machine = left(ESME)
    machine.handle(RETURN, NOW)

    machine.handle(agreed(ESME), NOW)

    assert machine.deadline is None


def test_device_removed_again_before_it_returned_keeps_its_old_key() -> None:
    machine = left(ESME)
    machine.handle(RETURN, NOW)

    effects = machine.handle(Unregister(ESME), NOW)

    assert list(effects) == [ApsmeSetLinkKeyRequest(ESME, KEY, KeyOrigin.HISTORIC)]


def test_window_for_the_old_key_begins_anew_when_the_hub_has_power_again() -> None:
    before, after = left(ESME, STRANGER), trust_centre()
    before.handle(RETURN, NOW)

    after.restore(json.loads(json.dumps(before.snapshot())))
    after.wake(Instant(MINUTE))

    assert after.deadline == Instant(MINUTE + 90_000_000)
    assert after.handle(Register(STRANGER, CODE, historic_window=9), NOW)[0].key == KEY
