"""Whom a device looks at once it shares a key."""

from dataclasses import replace
from typing import Any

import pytest

from emulator.kernel.identity import Eui64
from emulator.kernel.units import Instant, seconds
from emulator.smart_energy.home.partner_reader import PartnerReader
from emulator.smart_energy.primitives import (
    Commissioned,
    KeyEstablishmentEnded,
    Reading,
    StartInterview,
    TerminateStatus,
)
from emulator.zigbee.address_map import AddressMap
from emulator.zigbee.addresses import COORDINATOR, NwkAddress

HUB = Eui64(0x00DB1234567890A2)
METER = Eui64(0x00DB1234567890A0)
ADDRESS = NwkAddress(0x3F1C)
READINGS = (Reading(0x0702, (0x0000,)),)
PAUSE = seconds(1)


def reader() -> PartnerReader:
    addresses = AddressMap()
    addresses.learn(METER, ADDRESS)
    return PartnerReader(READINGS, PAUSE, addresses)


def agreed(partner: Eui64 = METER, **changes: Any) -> KeyEstablishmentEnded:
    usual = KeyEstablishmentEnded(partner, 2, initiator=False, failure=None)
    return replace(usual, **changes)


def test_joiner_reads_its_hub_after_a_pause() -> None:
    machine = reader()

    assert machine.handle(Commissioned(HUB), Instant(5)) == ()

    assert machine.deadline == Instant(1_000_005)
    assert machine.wake(Instant(1_000_005)) == [StartInterview(HUB, COORDINATOR, READINGS)]
    assert machine.deadline is None


def test_hub_reads_a_device_whose_key_it_agreed() -> None:
    machine = reader()

    machine.handle(agreed(), Instant(0))

    assert machine.wake(Instant(1_000_000)) == [StartInterview(METER, ADDRESS, READINGS)]


@pytest.mark.parametrize(
    "event",
    [
        agreed(failure=TerminateStatus.BAD_MESSAGE),
        agreed(initiator=True),
        agreed(partner=HUB),
    ],
    ids=["failed", "our own beginning", "address unknown"],
)
def test_other_endings_lead_to_no_interview(event: KeyEstablishmentEnded) -> None:
    machine = reader()

    machine.handle(event, Instant(0))

    assert machine.deadline is None


def test_interviews_are_due_each_at_its_time() -> None:
    machine = reader()
    machine.handle(Commissioned(HUB), Instant(0))
    machine.handle(agreed(), Instant(400_000))

    first = machine.wake(Instant(1_000_000))

    assert first == [StartInterview(HUB, COORDINATOR, READINGS)]
    assert machine.deadline == Instant(1_400_000)
    assert machine.wake(Instant(1_300_000)) == []
