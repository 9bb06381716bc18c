"""A new partner is visited after a pause, where it is, or where it says that it is."""

from itertools import count

import pytest

from emulator.kernel.identity import Eui64
from emulator.kernel.units import START, Instant, seconds
from emulator.smart_energy.home.partner_visits import PartnerVisits
from emulator.smart_energy.primitives import PartnerLinked, Reading, StartInterview
from emulator.smart_energy.settings import InterviewSettings
from emulator.zigbee.address_map import AddressMap
from emulator.zigbee.addresses import BROADCAST_RX_ON, NwkAddress
from emulator.zigbee.nwk.primitives import NlmeSetAddressMapRequest
from emulator.zigbee.zdo.discovery_frames import NwkAddrReq, NwkAddrRsp
from emulator.zigbee.zdo.frames import ZdpStatus
from emulator.zigbee.zdo.primitives import ZdpConfirm, ZdpRequest

METER, OTHER = Eui64(0x00DB1234567890A0), Eui64(0x00DB1234567890A7)
ADDRESS = NwkAddress(0x3F1C)
READINGS = (Reading(0x0702, (0x0000,)),)
PAUSED = Instant(seconds(1))
ASKED = ZdpRequest(1, BROADCAST_RX_ON, NwkAddrReq(METER))


def visits(*, known: bool, readings: tuple[Reading, ...] = READINGS) -> PartnerVisits:
    addresses = AddressMap()
    if known:
        addresses.learn(METER, ADDRESS)
    settings = InterviewSettings(pause=seconds(1), tries=2)
    return PartnerVisits(readings, settings, addresses, count(1))


def test_partner_whose_place_is_known_is_visited_after_a_pause() -> None:
    machine = visits(known=True)

    assert machine.handle(PartnerLinked(METER), START) == ()

    assert machine.deadline == PAUSED
    assert machine.wake(PAUSED) == [StartInterview(METER, ADDRESS, READINGS)]
    assert machine.deadline is None


def test_partner_whose_place_is_not_known_is_asked_for() -> None:
    machine = visits(known=False)
    machine.handle(PartnerLinked(METER), START)

    assert machine.wake(PAUSED) == [ASKED]
    found = NwkAddrRsp(ZdpStatus.SUCCESS, METER, ADDRESS)
    effects = machine.handle(ZdpConfirm(1, ZdpStatus.SUCCESS, found, ADDRESS), PAUSED)

    assert effects == (
        NlmeSetAddressMapRequest(METER, ADDRESS),
        StartInterview(METER, ADDRESS, READINGS),
    )


@pytest.mark.parametrize(
    "answer", [None, NwkAddrRsp(ZdpStatus.SUCCESS, OTHER, ADDRESS)], ids=["none", "of another"]
)
def test_partner_that_does_not_answer_is_asked_for_again_then_left(
    answer: NwkAddrRsp | None,
) -> None:
    machine = visits(known=False)
    machine.handle(PartnerLinked(METER), START)
    asked = 0

    while machine.deadline is not None:
        now = machine.deadline
        [request] = machine.wake(now)
        assert isinstance(request, ZdpRequest)
        asked += 1
        assert machine.handle(ZdpConfirm(request.handle, ZdpStatus.TIMEOUT, answer), now) == ()

    assert asked == 2


def test_device_with_nothing_to_read_visits_nobody() -> None:
    machine = visits(known=True, readings=())

    machine.handle(PartnerLinked(METER), START)

    assert machine.deadline is None


def test_answers_to_others_change_nothing() -> None:
    machine = visits(known=True)

    assert machine.handle(ZdpConfirm(9, ZdpStatus.SUCCESS), START) == ()
