from dataclasses import replace
from typing import Any

import pytest

from emulator.kernel.errors import LocalError
from emulator.kernel.units import Instant, seconds
from emulator.testing.stack.zcl_nodes import (
    AT_HUB,
    AT_METER,
    ENDPOINT,
    HUB,
    HUB_ENDPOINT,
    METER,
    METER_ENDPOINT,
    ZclNode,
    arrival,
    exchanged,
    hub,
    meter,
    of,
    only,
)
from emulator.wire.struct import Struct
from emulator.zcl.clusters.basic import BASIC
from emulator.zcl.clusters.key_establishment import KEY_ESTABLISHMENT
from emulator.zcl.clusters.metering import METERING
from emulator.zcl.clusters.price import PRICE
from emulator.zcl.clusters.time import TIME
from emulator.zcl.clusters.tunneling import TUNNELING
from emulator.zcl.facts import AnswerUnexpected, CommandRefused
from emulator.zcl.foundation.general_commands import (
    DefaultResponse,
    GeneralCommand,
    ReadAttributes,
    ReportAttributes,
)
from emulator.zcl.foundation.header import FrameType, ZclHeader, header
from emulator.zcl.primitives import (
    Outcome,
    ReadAttributesConfirm,
    ReadAttributesRequest,
    ReportAttributesIndication,
    ReportAttributesRequest,
    SetAttributeRequest,
    Side,
    ZclCommandConfirm,
    ZclCommandIndication,
    ZclCommandRequest,
    ZclStatus,
)
from emulator.zigbee.addresses import (
    BROADCAST_ALL,
    SMART_ENERGY_PROFILE,
    ClusterId,
    Endpoint,
    ProfileId,
)
from emulator.zigbee.aps.primitives import (
    ApsdeDataConfirm,
    ApsdeDataIndication,
    ApsdeDataRequest,
    ApsSecurity,
    ApsStatus,
    KeyOrigin,
)
from emulator.zigbee.facts import FrameDropped, MalformedFrame
from emulator.zigbee.zdo.primitives import ActivateEndpointRequest


def came(asdu: bytes, cluster: ClusterId = METERING.id, **changes: Any) -> ApsdeDataIndication:
    """A command from the hub to the meter, under the agreed link key unless told otherwise."""
    values: dict[str, Any] = {
        "source": HUB,
        "source_eui64": None,
        "source_endpoint": ENDPOINT,
        "destination": METER,
        "destination_endpoint": ENDPOINT,
        "profile": SMART_ENERGY_PROFILE,
        "cluster": cluster,
        "asdu": asdu,
        "security": ApsSecurity.LINK_KEY,
        "key_origin": KeyOrigin.CBKE,
        "counter": 1,
        "lqi": 255,
        "rssi": -40,
    }
    return ApsdeDataIndication(**(values | changes))


def general(command: int, payload: Struct | bytes, **fields: Any) -> bytes:
    octets = payload if isinstance(payload, bytes) else payload.encode()
    return header(FrameType.GENERAL, Side.SERVER, 0x42, command, **fields).encode() + octets


READ = general(GeneralCommand.READ_ATTRIBUTES, ReadAttributes((0x0000,)))


def default_response(request: ApsdeDataRequest) -> DefaultResponse:
    head, after = ZclHeader.take(request.asdu)
    assert head.command == GeneralCommand.DEFAULT_RESPONSE
    assert head.frame_type is FrameType.GENERAL
    return DefaultResponse.decode(request.asdu[after:])


def refused(indication: ApsdeDataIndication) -> tuple[DefaultResponse, ApsdeDataRequest]:
    effects = meter().does(indication)
    request = only(effects, ApsdeDataRequest)
    assert only(effects, CommandRefused).status == default_response(request).status
    return default_response(request), request


def test_read_is_answered_over_the_air() -> None:
    asks = ReadAttributesRequest(9, AT_METER, ENDPOINT, METERING.id, (0x0000, 0x0001))

    at_meter, at_hub = exchanged(asks, hub(), meter())

    assert only(at_meter, ApsdeDataRequest).link_key
    confirm = only(at_hub, ReadAttributesConfirm)
    assert (confirm.handle, confirm.outcome) == (9, Outcome.ANSWERED)
    assert [(each.status, each.value) for each in confirm.results] == [
        (ZclStatus.SUCCESS, 1234),
        (ZclStatus.UNSUPPORTED_ATTRIBUTE, None),
    ]


def test_answer_mirrors_number_and_encryption_of_the_request() -> None:
    about = general(GeneralCommand.READ_ATTRIBUTES, ReadAttributes((0x0000,)))

    for security in (ApsSecurity.NWK_KEY, ApsSecurity.LINK_KEY):
        indication = came(about, BASIC.id, security=security)
        answer = only(meter().does(indication), ApsdeDataRequest)

        assert answer.link_key == (security is ApsSecurity.LINK_KEY)
        assert answer.asdu.hex(" ").startswith("18 42 01")
        assert (answer.destination, answer.destination_endpoint) == (HUB, ENDPOINT)


def test_frame_without_the_link_key_gets_failure_under_the_network_key() -> None:
    response, request = refused(came(READ, security=ApsSecurity.NWK_KEY, key_origin=None))

    assert response == DefaultResponse(GeneralCommand.READ_ATTRIBUTES, ZclStatus.FAILURE)
    assert not request.link_key


def test_frame_under_the_preconfigured_key_gets_failure() -> None:
    response, _ = refused(came(READ, key_origin=KeyOrigin.PRECONFIGURED))

    assert response.status == ZclStatus.FAILURE


@pytest.mark.parametrize(
    ("indication", "status"),
    [
        (came(READ, PRICE.id), ZclStatus.UNSUPPORTED_CLUSTER),
        (came(b"\x08\x01\x00", METERING.id), ZclStatus.UNSUPPORTED_CLUSTER),
        (came(general(0x77, b"")), ZclStatus.UNSUP_COMMAND),
        (came(b"\x01\x01\x33"), ZclStatus.UNSUP_COMMAND),
        (came(b"\x04\x5e\x10\x01\x00"), ZclStatus.UNSUP_COMMAND),
        (came(b"\x02\x01\x00"), ZclStatus.UNSUP_COMMAND),
        (came(general(GeneralCommand.READ_ATTRIBUTES, b"\x00")), ZclStatus.MALFORMED_COMMAND),
        (came(b"\x01\x01\x02\x00", KEY_ESTABLISHMENT.id), ZclStatus.MALFORMED_COMMAND),
    ],
)
def test_command_that_cannot_be_served_is_refused(
    indication: ApsdeDataIndication, status: ZclStatus
) -> None:
    response, _ = refused(indication)

    assert response.status == status


def test_error_is_told_even_where_success_would_not_be() -> None:
    quiet = general(0x77, b"", disable_default_response=True)

    response, _ = refused(came(quiet))

    assert response.status == ZclStatus.UNSUP_COMMAND


def test_nobody_is_told_of_an_error_in_a_broadcast() -> None:
    effects = meter().does(came(general(0x77, b""), destination=BROADCAST_ALL))

    assert of(effects, ApsdeDataRequest) == ()
    assert only(effects, CommandRefused).status == ZclStatus.UNSUP_COMMAND


def test_broadcast_endpoint_reaches_endpoints_that_have_the_cluster() -> None:
    metering = came(READ, destination_endpoint=Endpoint(0xFF))
    price = came(READ, PRICE.id, destination_endpoint=Endpoint(0xFF))

    assert of(meter().does(metering), ApsdeDataRequest)
    assert of(meter().does(price), FrameDropped)


def test_foreign_profile_and_absent_endpoint_are_dropped() -> None:
    assert of(meter().does(came(READ, profile=ProfileId(0x0104))), FrameDropped)
    assert of(meter().does(came(READ, destination_endpoint=Endpoint(9))), FrameDropped)


def test_device_object_frames_are_not_ours() -> None:
    assert meter().does(came(READ, destination_endpoint=Endpoint(0))) == ()


def test_octets_without_a_header_are_a_fact_and_no_more() -> None:
    (fact,) = meter().does(came(b"\x00"))

    assert isinstance(fact, MalformedFrame)


def test_unexpected_answer_is_a_fact_and_is_not_answered() -> None:
    (fact,) = meter().does(came(b"\x18\x01\x0b\x00\x00"))

    assert isinstance(fact, AnswerUnexpected)


def test_served_command_goes_to_applications_and_waits_for_their_answer() -> None:
    request = b"\x01\x05\x00" + bytes.fromhex("0200 0a 0f") + bytes(74)

    effects = meter().does(came(request, KEY_ESTABLISHMENT.id, security=ApsSecurity.NWK_KEY))

    (indication,) = effects
    assert isinstance(indication, ZclCommandIndication)
    assert (indication.command, indication.sequence) == (0x00, 0x05)
    assert (indication.to_side, len(indication.payload)) == (Side.SERVER, 78)


def test_command_that_wants_no_answer_gets_success() -> None:
    effects = meter().does(came(b"\x01\x05\x02\x00\x00\xaa", TUNNELING.id))

    assert only(effects, ZclCommandIndication).payload == b"\x00\x00\xaa"
    assert default_response(only(effects, ApsdeDataRequest)).status == ZclStatus.SUCCESS


def test_success_is_not_told_where_it_is_not_wanted() -> None:
    effects = meter().does(came(b"\x11\x05\x02\x00\x00\xaa", TUNNELING.id))

    assert of(effects, ApsdeDataRequest) == ()


def test_application_answers_with_the_number_it_was_asked_by() -> None:
    answer = ZclCommandRequest(
        7, AT_HUB, ENDPOINT, KEY_ESTABLISHMENT.id, 0x01, b"\x02", Side.CLIENT, sequence=0x05
    )

    request = only(meter().does(answer), ApsdeDataRequest)

    assert request.asdu.hex(" ") == "09 05 01 02"
    assert not request.link_key


def test_command_is_answered_by_the_application_at_the_far_end() -> None:
    asker, server = hub(), meter()
    asks = ZclCommandRequest(
        3, AT_METER, ENDPOINT, KEY_ESTABLISHMENT.id, 0x01, bytes(37), expects_answer=True
    )
    at_meter, _ = exchanged(asks, asker, server)
    sequence = only(at_meter, ZclCommandIndication).sequence
    answers = ZclCommandRequest(
        8,
        AT_HUB,
        ENDPOINT,
        KEY_ESTABLISHMENT.id,
        0x01,
        bytes(37),
        Side.CLIENT,
        sequence=sequence,
        disable_default_response=True,
    )

    _, back = exchanged(answers, server, asker)

    assert back == []
    assert asker.machine.deadline is None


def test_answer_under_too_little_protection_is_no_answer() -> None:
    asker, server = hub(), meter()
    asks = ReadAttributesRequest(9, AT_METER, ENDPOINT, METERING.id, (0x0000,))
    request = only(asker.does(asks), ApsdeDataRequest)
    answer = only(server.does(arrival(request, HUB)), ApsdeDataRequest)

    (fact,) = asker.does(arrival(answer, METER, ApsSecurity.NWK_KEY))

    assert isinstance(fact, FrameDropped)


def test_refusal_of_a_read_is_confirmed_with_its_status() -> None:
    _, back = exchanged(
        ReadAttributesRequest(9, AT_METER, ENDPOINT, METERING.id, (0,), link_key=False),
        hub(),
        meter(),
    )

    assert only(back, ReadAttributesConfirm).refusal == ZclStatus.FAILURE


def test_silence_is_confirmed_as_timed_out() -> None:
    asker = hub()
    asks = ReadAttributesRequest(9, AT_METER, ENDPOINT, TIME.id, (0,), timeout=seconds(3))
    request = only(asker.does(asks), ApsdeDataRequest)
    asker.does(ApsdeDataConfirm(request.handle, METER, ApsStatus.SUCCESS), Instant(seconds(1)))

    assert asker.machine.deadline == Instant(seconds(4))
    confirm = only(asker.machine.wake(Instant(seconds(4))), ReadAttributesConfirm)
    assert confirm.outcome is Outcome.TIMED_OUT


def test_report_reaches_the_applications_of_the_far_end() -> None:
    reports = ReportAttributesRequest(4, AT_HUB, ENDPOINT, METERING.id, (0x0000, 0x0200))
    sender, receiver = meter(), hub()
    request = only(sender.does(reports), ApsdeDataRequest)

    indication = only(receiver.does(arrival(request, METER)), ReportAttributesIndication)
    confirm = only(
        sender.does(ApsdeDataConfirm(request.handle, HUB, ApsStatus.SUCCESS)), ZclCommandConfirm
    )

    assert [(each.attribute, each.value) for each in indication.values] == [(0, 1234), (0x200, 0)]
    assert indication.from_side is Side.SERVER
    assert (confirm.handle, confirm.outcome) == (4, Outcome.DELIVERED)


def test_report_is_left_to_the_application_of_an_endpoint_that_judges_reports() -> None:
    reports = ReportAttributesRequest(4, AT_HUB, ENDPOINT, METERING.id, (0x0000,))
    request = only(meter().does(reports), ApsdeDataRequest)
    loud = replace(request, asdu=bytes([request.asdu[0] & ~0x10]) + request.asdu[1:])
    judging = ZclNode(HUB, replace(HUB_ENDPOINT, judges_reports=True))

    effects = judging.does(arrival(loud, METER))

    (indication,) = effects
    assert isinstance(indication, ReportAttributesIndication)
    assert indication.sequence == request.asdu[1]
    assert not indication.disable_default_response
    assert of(hub().does(arrival(loud, METER)), ApsdeDataRequest)


def test_hidden_endpoint_takes_nothing_until_it_is_there() -> None:
    read = ReadAttributesRequest(1, AT_METER, ENDPOINT, METERING.id, (0x0000,))
    request = only(hub().does(read), ApsdeDataRequest)
    node = ZclNode(METER, replace(METER_ENDPOINT, hidden=True))

    before = node.does(arrival(request, HUB))
    node.does(ActivateEndpointRequest(ENDPOINT))
    there = node.does(arrival(request, HUB))
    node.does(ActivateEndpointRequest(ENDPOINT, active=False))

    assert isinstance(before[0], FrameDropped)
    assert only(there, ApsdeDataRequest).destination == HUB
    assert isinstance(node.does(arrival(request, HUB))[0], FrameDropped)


def test_configured_report_is_sent_when_due() -> None:
    node = meter()
    asks = general(
        GeneralCommand.CONFIGURE_REPORTING, bytes.fromhex("00 0000 25 0500 3c00" + "01" + "00" * 5)
    )
    node.does(came(asks))
    node.does(SetAttributeRequest(ENDPOINT, METERING.id, Side.SERVER, 0x0000, 2000))

    assert node.machine.deadline == Instant(seconds(5))
    request = only(node.machine.wake(Instant(seconds(5))), ApsdeDataRequest)
    _, after = ZclHeader.take(request.asdu)
    (record,) = ReportAttributes.decode(request.asdu[after:]).records
    assert (record.attribute, record.value, request.link_key) == (0x0000, 2000, True)


def test_the_earlier_of_exchange_and_report_is_the_deadline() -> None:
    node = meter()
    asks = bytes.fromhex("00 0000 25 0500 3c00" + "01" + "00" * 5)
    node.does(came(general(GeneralCommand.CONFIGURE_REPORTING, asks)))

    node.does(ReadAttributesRequest(9, AT_HUB, ENDPOINT, TIME.id, (0,)), Instant(seconds(30)))

    assert node.machine.deadline == Instant(seconds(60))


def test_application_that_names_what_is_not_served_is_told() -> None:
    with pytest.raises(LocalError):
        meter().does(SetAttributeRequest(ENDPOINT, METERING.id, Side.SERVER, 0x0BAD, 1))


def test_indications_without_an_application_are_heard_here() -> None:
    node = meter()
    heard = ReportAttributesIndication(AT_HUB, None, ENDPOINT, METERING.id, Side.SERVER, ())

    assert type(heard) in node.machine.accepts
    assert node.does(heard) == ()


def test_handles_come_from_the_one_count_of_the_node() -> None:
    node = meter()

    first = only(node.does(came(READ)), ApsdeDataRequest)
    second = only(node.does(came(READ)), ApsdeDataRequest)

    assert [first.handle, second.handle] == [1, 2]
