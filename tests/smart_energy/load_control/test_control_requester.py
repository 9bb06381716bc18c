"""A load switch finds its meter, and asks until the meter answers."""

import json
from itertools import count

import pytest

from emulator.kernel.identity import Eui64
from emulator.kernel.units import START, Instant, later, minutes, seconds
from emulator.smart_energy.load_control.control_requester import ControlRequester
from emulator.smart_energy.primitives import PartnerLinked, RequestControl, UnlinkPartner
from emulator.smart_energy.settings import LoadControlSettings
from emulator.zcl.clusters.demand_response import DEMAND_RESPONSE_AND_LOAD_CONTROL, ToServer
from emulator.zcl.primitives import Outcome, ZclAddress, ZclCommandConfirm, ZclCommandRequest
from emulator.zigbee.address_map import AddressMap
from emulator.zigbee.addresses import BROADCAST_RX_ON, Endpoint, NwkAddress
from emulator.zigbee.aps.primitives import ApsStatus
from emulator.zigbee.nwk.primitives import NlmeSetAddressMapRequest
from emulator.zigbee.zdo.discovery_frames import MatchDescReq, MatchDescRsp, NwkAddrReq, NwkAddrRsp
from emulator.zigbee.zdo.frames import ZdpStatus
from emulator.zigbee.zdo.primitives import ZdpConfirm, ZdpRequest

METER, ADDRESS = Eui64(0x00DB1234567890A0), NwkAddress(0x3F1C)
FIRST, RETRY = seconds(5), minutes(1)
ASKS = later(START, FIRST)


def requester(addresses: AddressMap | None = None) -> ControlRequester:
    settings = LoadControlSettings(first=FIRST, retry=RETRY)
    return ControlRequester(Endpoint(1), settings, addresses or here(), count(1))


def here() -> AddressMap:
    addresses = AddressMap()
    addresses.learn(METER, ADDRESS)
    return addresses


def match(handle: int, *endpoints: int) -> ZdpConfirm:
    found = MatchDescRsp(ZdpStatus.SUCCESS, ADDRESS, tuple(map(Endpoint, endpoints)))
    return ZdpConfirm(handle, ZdpStatus.SUCCESS, found, ADDRESS)


def test_meter_is_looked_for_and_asked() -> None:
    machine = requester()
    machine.handle(PartnerLinked(METER), START)
    assert machine.deadline == ASKS

    (finding,) = machine.wake(ASKS)
    (asking,) = machine.handle(match(1, 3), ASKS)

    assert isinstance(finding.command, MatchDescReq)
    assert finding.command.input_clusters == (DEMAND_RESPONSE_AND_LOAD_CONTROL.id,)
    assert isinstance(asking, ZclCommandRequest)
    assert asking.destination == ZclAddress(ADDRESS, Endpoint(3))
    assert asking.command == ToServer.GET_SCHEDULED_EVENTS
    assert asking.payload == bytes.fromhex("00000000 01")


def test_place_of_a_meter_that_is_not_known_is_asked_for() -> None:
    machine = requester(AddressMap())
    machine.handle(PartnerLinked(METER), START)

    assert machine.wake(ASKS) == (ZdpRequest(1, BROADCAST_RX_ON, NwkAddrReq(METER)),)
    found = NwkAddrRsp(ZdpStatus.SUCCESS, METER, ADDRESS)
    assert machine.handle(ZdpConfirm(1, ZdpStatus.SUCCESS, found, ADDRESS), ASKS) == (
        NlmeSetAddressMapRequest(METER, ADDRESS),
    )
    assert machine.deadline == ASKS


@pytest.mark.parametrize(
    ("outcome", "due"),
    [(Outcome.ANSWERED, None), (Outcome.TIMED_OUT, later(ASKS, RETRY))],
)
def test_it_asks_until_it_is_answered(outcome: Outcome, due: Instant | None) -> None:
    machine = requester()
    machine.handle(PartnerLinked(METER), START)
    machine.wake(ASKS)
    machine.handle(match(1, 3), ASKS)

    machine.handle(ZclCommandConfirm(2, outcome, ApsStatus.SUCCESS), ASKS)

    assert machine.deadline == due


def test_partner_that_controls_no_loads_is_asked_later() -> None:
    machine = requester()
    machine.handle(PartnerLinked(METER), START)
    machine.wake(ASKS)

    assert machine.handle(match(1), ASKS) == ()
    assert machine.deadline == later(ASKS, RETRY)


def test_partner_that_left_the_log_is_not_asked() -> None:
    machine = requester()
    machine.handle(PartnerLinked(METER), START)

    machine.handle(UnlinkPartner(METER), START)

    assert machine.deadline is None


def test_it_asks_again_when_nobody_controls_it_and_after_a_loss_of_power() -> None:
    machine = requester()
    machine.handle(PartnerLinked(METER), START)
    machine.handle(RequestControl(), START)
    assert machine.deadline == START

    again = requester()
    again.restore(json.loads(json.dumps(machine.snapshot())))
    assert again.deadline == START


def test_switch_without_a_meter_has_nobody_to_ask() -> None:
    machine = requester()
    machine.handle(RequestControl(), START)

    assert machine.deadline is None
