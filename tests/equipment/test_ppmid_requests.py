"""Keys of a PPMID for the electricity meter: it is found, and asked (GBCS PECS01 to PECS03)."""

from itertools import count
from typing import Any

import pytest

from emulator.equipment.facts import HomeRequestAnswered, MessageUnroutable
from emulator.equipment.ppmid_requests import (
    ActivateElectricityEmergencyCredit,
    PpmidRequests,
    SwitchElectricityOn,
    TopUpElectricityMeter,
)
from emulator.gbcs.asn1.codes import DeviceType
from emulator.gbcs_device.primitives import PartnerJoined, PartnerUnjoined
from emulator.kernel.identity import Eui64
from emulator.kernel.units import START
from emulator.zcl.primitives import (
    Outcome,
    ZclAddress,
    ZclAnswer,
    ZclCommandConfirm,
    ZclCommandRequest,
)
from emulator.zigbee.addresses import BROADCAST_RX_ON, COORDINATOR, Endpoint, NwkAddress
from emulator.zigbee.aps.primitives import ApsSecurity, ApsStatus
from emulator.zigbee.nwk.primitives import NlmeSetAddressMapRequest
from emulator.zigbee.zdo.discovery_frames import MatchDescReq, MatchDescRsp, NwkAddrReq, NwkAddrRsp
from emulator.zigbee.zdo.frames import ZdpStatus
from emulator.zigbee.zdo.primitives import ZdpConfirm, ZdpRequest

METER, ADDRESS = Eui64(0x00DB1234567890A0), NwkAddress(0x4711)
OWN = Endpoint(1)
CODE = "01234567890123456789"


def joined() -> PpmidRequests:
    requests = PpmidRequests(OWN, count(1))
    requests.handle(PartnerJoined(METER, DeviceType.ESME), START)
    return requests


def found(handle: int, response: Any) -> ZdpConfirm:
    return ZdpConfirm(handle, ZdpStatus.SUCCESS, response, COORDINATOR)


def where(handle: int) -> ZdpConfirm:
    return found(handle, NwkAddrRsp(ZdpStatus.SUCCESS, METER, ADDRESS, ()))


def asked(requests: PpmidRequests, event: object) -> ZclCommandRequest:
    """The command that keys lead to, once the meter is found."""
    (search,) = requests.handle(event, START)
    assert search == ZdpRequest(search.handle, BROADCAST_RX_ON, NwkAddrReq(METER))
    known, match = requests.handle(where(search.handle), START)
    assert known == NlmeSetAddressMapRequest(METER, ADDRESS)
    assert isinstance(match.command, MatchDescReq)
    served = MatchDescRsp(ZdpStatus.SUCCESS, ADDRESS, (Endpoint(2),))
    (command,) = requests.handle(found(match.handle, served), START)
    assert isinstance(command, ZclCommandRequest)
    assert match.command.input_clusters == (command.cluster,)
    return command


def answered(handle: int, payload: str) -> ZclCommandConfirm:
    octets = bytes.fromhex(payload)
    said = ZclAnswer(0x03, general=False, payload=octets, security=ApsSecurity.LINK_KEY)
    return ZclCommandConfirm(handle, Outcome.ANSWERED, ApsStatus.SUCCESS, said)


@pytest.mark.parametrize(
    ("event", "cluster", "command", "payload"),
    [
        # originating device 2, 20 digits
        (TopUpElectricityMeter(CODE), 0x0705, 0x04, f"02 14 {CODE.encode().hex()}"),
        # at no time, originating device 2
        (ActivateElectricityEmergencyCredit(), 0x0705, 0x00, "00000000 02"),
        # the supply is to be on
        (SwitchElectricityOn(), 0x0702, 0x0C, "02"),
    ],
)
def test_keys_become_commands_to_the_meter(
    event: object, cluster: int, command: int, payload: str
) -> None:
    sent = asked(joined(), event)

    assert (sent.cluster, sent.command, sent.payload) == (cluster, command, bytes.fromhex(payload))
    assert (sent.destination, sent.source_endpoint) == (ZclAddress(ADDRESS, Endpoint(2)), OWN)


def test_what_the_meter_said_is_told_and_the_next_request_follows() -> None:
    requests = joined()
    first = asked(requests, SwitchElectricityOn())
    assert requests.handle(TopUpElectricityMeter(CODE), START) == ()

    fact, search = requests.handle(answered(first.handle, "0C00"), START)

    assert fact == HomeRequestAnswered(0x0702, 0x0C, "answered", "0c00")
    assert search.command == NwkAddrReq(METER)


def test_meter_that_is_not_found_is_told_of() -> None:
    requests = joined()
    (search,) = requests.handle(SwitchElectricityOn(), START)

    assert requests.handle(found(search.handle, None), START) == (
        HomeRequestAnswered(0x0702, 0x0C, "not found", ""),
    )


def test_meter_that_does_not_answer_is_told_of() -> None:
    requests = joined()
    sent = asked(requests, SwitchElectricityOn())
    silence = ZclCommandConfirm(sent.handle, Outcome.TIMED_OUT, ApsStatus.SUCCESS)

    assert requests.handle(silence, START) == (HomeRequestAnswered(0x0702, 0x0C, "timed out", ""),)


def test_without_a_meter_in_the_log_nothing_is_asked() -> None:
    requests = joined()
    requests.handle(PartnerUnjoined(METER), START)
    requests.handle(PartnerJoined(METER, DeviceType.GSME), START)

    (told,) = requests.handle(SwitchElectricityOn(), START)

    assert isinstance(told, MessageUnroutable)
    assert requests.wake(START) == ()


def test_answers_to_others_change_nothing_and_the_meter_is_remembered() -> None:
    requests = joined()
    requests.handle(SwitchElectricityOn(), START)

    assert requests.handle(where(99), START) == ()
    assert requests.handle(answered(99, "00"), START) == ()
    again = PpmidRequests(OWN, count(1))
    again.restore(requests.snapshot())
    assert again.meter == METER
    again.restore({"meter": None})
    assert again.meter is None
