"""An hour to agree a key in: from when it counts, and what ends it."""

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
)
from emulator.smart_energy.keys.network_key import NetworkKey
from emulator.smart_energy.network.trust_centre import TrustCentre
from emulator.smart_energy.primitives import (
    KeyEstablishmentEnded,
    Register,
    TerminateStatus,
)
from emulator.smart_energy.settings import TrustCentreSettings
from emulator.zigbee.addresses import NwkAddress
from emulator.zigbee.aps.primitives import (
    KeyOrigin,
)
from emulator.zigbee.mac.primitives import CapabilityInformation
from emulator.zigbee.nwk.primitives import (
    JoinMethod,
    NlmeJoinIndication,
    NlmeLeaveRequest,
)

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


def test_device_without_a_key_after_an_hour_is_removed() -> None:
    machine = trust_centre(ESME)
    machine.handle(joined(ESME), Instant(5))
    assert machine.deadline == Instant(60 * MINUTE + 5)

    assert machine.wake(Instant(60 * MINUTE + 4)) == []
    effects = machine.wake(Instant(60 * MINUTE + 5))

    assert effects == [
        DeviceRemoved(ESME, "no key agreed in time (ZSE 1.4 5.5.5.5)"),
        NlmeLeaveRequest(ESME),
    ]
    assert machine.present() == ()
    assert machine.deadline is None


def test_hour_is_counted_from_the_first_join() -> None:
    machine = trust_centre(ESME)
    machine.handle(joined(ESME), NOW)

    machine.handle(joined(ESME), Instant(59 * MINUTE))

    assert machine.deadline == Instant(60 * MINUTE)


def test_removed_device_that_joins_again_has_another_hour() -> None:
    machine = trust_centre(ESME)
    machine.handle(joined(ESME), NOW)
    machine.wake(Instant(60 * MINUTE))

    machine.handle(joined(ESME), Instant(61 * MINUTE))

    assert machine.deadline == Instant(121 * MINUTE)


def test_agreed_key_ends_the_hour() -> None:
    machine = trust_centre(ESME)
    machine.handle(joined(ESME), NOW)

    machine.handle(agreed(ESME), NOW)
    machine.handle(joined(ESME, method=JoinMethod.REJOIN, secured=True), NOW)

    assert machine.deadline is None
    assert machine.members[ESME].origin is KeyOrigin.CBKE


@pytest.mark.parametrize(
    "event", [agreed(ESME, TerminateStatus.BAD_MESSAGE), agreed(STRANGER)], ids=["failed", "other"]
)
def test_other_endings_do_not(event: KeyEstablishmentEnded) -> None:
    machine = trust_centre(ESME)
    machine.handle(joined(ESME), NOW)

    machine.handle(event, NOW)

    assert machine.deadline == Instant(60 * MINUTE)


def test_hub_that_lost_power_gives_whoever_has_no_key_another_hour() -> None:
    before, after = trust_centre(ESME, STRANGER), trust_centre()
    before.handle(joined(ESME), NOW)
    after.restore(json.loads(json.dumps(before.snapshot())))

    assert after.deadline == Instant(0)
    assert after.wake(Instant(7)) == []

    assert after.deadline == Instant(60 * MINUTE + 7)
    assert after.present() == (ESME,)
