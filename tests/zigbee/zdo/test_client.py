"""Requests of ours, until they are confirmed (R22 2.4.2.6 to 2.4.2.8)."""

from itertools import count

import pytest

from emulator.kernel.errors import WireError
from emulator.kernel.identity import Eui64
from emulator.kernel.units import START, Instant, later, milliseconds, seconds
from emulator.zigbee.addresses import (
    BROADCAST_RX_ON,
    ZDO_ENDPOINT,
    ZDO_PROFILE,
    ClusterId,
    NwkAddress,
)
from emulator.zigbee.aps.primitives import ApsdeDataConfirm, ApsdeDataRequest, ApsStatus
from emulator.zigbee.mac.primitives import CapabilityInformation
from emulator.zigbee.zdo.client import ZdpClient
from emulator.zigbee.zdo.discovery_frames import (
    ActiveEpReq,
    ActiveEpRsp,
    AddressRequestType,
    DeviceAnnce,
    NodeDescReq,
    NwkAddrReq,
)
from emulator.zigbee.zdo.frames import RESPONSE, ZdpCluster, ZdpCommand, ZdpFrame, ZdpStatus
from emulator.zigbee.zdo.management_frames import MgmtPermitJoiningReq
from emulator.zigbee.zdo.primitives import ZdpConfirm, ZdpRequest
from emulator.zigbee.zdo.settings import ZdoSettings

METER = NwkAddress(0x3F1C)
OTHER = NwkAddress(0x88D2)
WAIT = ZdoSettings().response_timeout
ACTIVE_EP = ActiveEpReq(METER)
ACTIVE_EP_RESPONSE = ZdpCluster.ACTIVE_EP | RESPONSE
ANSWER = bytes.fromhex("00 1c3f 01 01")
"""SUCCESS, whose endpoints, one of them, endpoint 1."""


def client(settings: ZdoSettings | None = None) -> ZdpClient:
    return ZdpClient(settings or ZdoSettings(), count(1))


def send(
    asker: ZdpClient,
    command: ZdpCommand = ACTIVE_EP,
    to: NwkAddress = METER,
    handle: int = 5,
    now: Instant = START,
) -> ApsdeDataRequest:
    [sent] = asker.send(ZdpRequest(handle, to, command), now)
    return sent


def test_request_goes_from_zdo_to_zdo() -> None:
    sent = send(client())

    assert (sent.source_endpoint, sent.destination_endpoint) == (ZDO_ENDPOINT, ZDO_ENDPOINT)
    assert (sent.profile, sent.cluster) == (ZDO_PROFILE, ClusterId(0x0005))
    assert sent.asdu == bytes.fromhex(
        "01"  # transaction sequence number
        "1c3f"  # whose endpoints
    )


def test_each_request_has_a_number_of_its_own() -> None:
    asker = client()

    numbers = [send(asker).asdu[0] for _ in range(257)]

    assert numbers == [*range(1, 256), 0, 1]


@pytest.mark.parametrize(
    ("acknowledge", "to", "ack"),
    [(True, METER, True), (False, METER, False), (True, BROADCAST_RX_ON, False)],
)
def test_unicast_asks_for_an_acknowledgement_where_the_run_wants_it(
    acknowledge: bool, to: NwkAddress, ack: bool
) -> None:
    assert send(client(ZdoSettings(acknowledge=acknowledge)), to=to).ack is ack


def test_response_confirms_its_request_once() -> None:
    asker = client()
    send(asker)
    frame = ZdpFrame(1, ANSWER)

    confirms = asker.response(METER, ACTIVE_EP_RESPONSE, frame)

    answer = ActiveEpRsp.decode(ANSWER)
    assert confirms == (ZdpConfirm(5, ZdpStatus.SUCCESS, answer, METER),)
    assert asker.response(METER, ACTIVE_EP_RESPONSE, frame) is None
    assert asker.deadline is None


def test_refusal_that_is_a_bare_status_confirms_with_it() -> None:
    asker = client()
    send(asker)

    confirms = asker.response(METER, ACTIVE_EP_RESPONSE, ZdpFrame(1, bytes.fromhex("84")))

    assert confirms == (ZdpConfirm(5, ZdpStatus.NOT_SUPPORTED, None, METER),)


@pytest.mark.parametrize(
    ("source", "cluster", "sequence"),
    [
        (OTHER, ACTIVE_EP_RESPONSE, 1),
        (METER, ZdpCluster.NODE_DESC | RESPONSE, 1),
        (METER, ACTIVE_EP_RESPONSE, 2),
        (METER, 0xFEED, 1),
    ],
)
def test_response_that_answers_nothing_we_asked_changes_nothing(
    source: NwkAddress, cluster: int, sequence: int
) -> None:
    asker = client()
    send(asker)

    assert asker.response(source, cluster, ZdpFrame(sequence, ANSWER)) is None

    assert asker.deadline == later(START, WAIT)


def test_octets_that_are_no_response_leave_the_request_waiting() -> None:
    asker = client()
    send(asker)

    with pytest.raises(WireError):
        asker.response(METER, ACTIVE_EP_RESPONSE, ZdpFrame(1, bytes.fromhex("00 1c")))

    assert asker.response(METER, ACTIVE_EP_RESPONSE, ZdpFrame(1, ANSWER)) is not None


def test_question_to_everybody_is_answered_by_anybody() -> None:
    asker = client()
    sent = send(asker, NwkAddrReq(Eui64(0xA0), AddressRequestType.SINGLE, 0), BROADCAST_RX_ON)
    assert asker.confirmed(ApsdeDataConfirm(sent.handle, BROADCAST_RX_ON, ApsStatus.SUCCESS)) == ()
    answer = bytes.fromhex("00 a000000000000000 1c3f")

    confirms = asker.response(METER, ZdpCluster.NWK_ADDR | RESPONSE, ZdpFrame(1, answer))

    assert confirms is not None
    assert (confirms[0].status, confirms[0].source) == (ZdpStatus.SUCCESS, METER)


@pytest.mark.parametrize(
    ("command", "to"),
    [
        (DeviceAnnce(METER, Eui64(0xA0), CapabilityInformation()), BROADCAST_RX_ON),
        (MgmtPermitJoiningReq(60, 1), BROADCAST_RX_ON),
        (NodeDescReq(METER), BROADCAST_RX_ON),
    ],
)
def test_what_nobody_answers_is_confirmed_once_sent(command: ZdpCommand, to: NwkAddress) -> None:
    asker = client()
    sent = send(asker, command, to)

    confirms = asker.confirmed(ApsdeDataConfirm(sent.handle, to, ApsStatus.SUCCESS))

    assert confirms == (ZdpConfirm(5, ZdpStatus.SUCCESS),)
    assert asker.deadline is None


def test_request_that_aps_could_not_deliver_times_out_at_once() -> None:
    asker = client()
    sent = send(asker)

    confirms = asker.confirmed(ApsdeDataConfirm(sent.handle, METER, ApsStatus.NO_ACK))

    assert confirms == (ZdpConfirm(5, ZdpStatus.TIMEOUT),)
    assert asker.wake(later(START, WAIT)) == []


def test_confirm_of_somebody_elses_frame_means_nothing() -> None:
    asker = client()
    sent = send(asker)

    assert asker.confirmed(ApsdeDataConfirm(sent.handle + 1, METER, ApsStatus.NO_ACK)) == ()

    assert asker.deadline is not None


def test_silence_times_out_each_request_at_its_own_time() -> None:
    asker = client()
    second = later(START, seconds(1))
    send(asker, handle=5)
    send(asker, handle=6, now=second)
    over = later(START, WAIT)

    assert asker.deadline == over
    assert asker.wake(Instant(over - milliseconds(1))) == []
    assert asker.wake(over) == [ZdpConfirm(5, ZdpStatus.TIMEOUT)]
    assert asker.deadline == later(second, WAIT)
    assert asker.wake(later(second, WAIT)) == [ZdpConfirm(6, ZdpStatus.TIMEOUT)]
