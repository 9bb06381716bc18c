from dataclasses import replace

import pytest

from emulator.testing.stack.zcl_nodes import (
    AT_METER,
    ENDPOINT,
    METER,
    arrival,
    exchanged,
    hub,
    meter,
    of,
    only,
)
from emulator.zcl.clusters.basic import BASIC
from emulator.zcl.clusters.identify import IDENTIFY
from emulator.zcl.exchanges import ANSWERS
from emulator.zcl.facts import AnswerUnexpected
from emulator.zcl.foundation.general_commands import GeneralCommand
from emulator.zcl.primitives import (
    Outcome,
    ReadAttributesConfirm,
    ReadAttributesRequest,
    ZclCommandConfirm,
    ZclCommandRequest,
    ZclStatus,
)
from emulator.zigbee.addresses import Endpoint
from emulator.zigbee.aps.primitives import ApsdeDataConfirm, ApsdeDataRequest, ApsStatus
from emulator.zigbee.facts import MalformedFrame

ASKS = ReadAttributesRequest(9, AT_METER, ENDPOINT, BASIC.id, (0x0004,))


def test_answer_of_another_device_is_unexpected() -> None:
    asker, server = hub(), meter()
    request = only(asker.does(ASKS), ApsdeDataRequest)
    answer = only(server.does(arrival(request, asker.address)), ApsdeDataRequest)

    (fact,) = asker.does(replace(arrival(answer, METER), source_endpoint=Endpoint(9)))

    assert isinstance(fact, AnswerUnexpected)


def test_malformed_answer_leaves_the_exchange_open() -> None:
    asker, server = hub(), meter()
    request = only(asker.does(ASKS), ApsdeDataRequest)
    answer = arrival(only(server.does(arrival(request, asker.address)), ApsdeDataRequest), METER)

    damaged = asker.does(replace(answer, asdu=answer.asdu[:-1]))

    assert of(damaged, MalformedFrame)
    assert bytes([ZclStatus.MALFORMED_COMMAND]) == only(damaged, ApsdeDataRequest).asdu[-1:]
    assert of(damaged, ReadAttributesConfirm) == ()
    assert only(asker.does(answer), ReadAttributesConfirm).results[0].value == "ACME"


@pytest.mark.parametrize("control", ["0c 5e 10", "1a"])
def test_foreign_and_reserved_frames_answer_nothing(control: str) -> None:
    asker = hub()
    asks = ZclCommandRequest(5, AT_METER, ENDPOINT, BASIC.id, 0x00, b"", expects_answer=True)
    request = only(asker.does(asks), ApsdeDataRequest)
    answer = bytes.fromhex(control) + request.asdu[1:2] + b"\x00"

    came = asker.does(replace(arrival(request, METER), asdu=answer))

    assert of(came, ZclCommandConfirm) == ()


def test_default_response_ends_a_command_it_names() -> None:
    asks = ZclCommandRequest(
        5, AT_METER, ENDPOINT, IDENTIFY.id, 0x40, b"\x00\x00", expects_answer=True
    )

    _, back = exchanged(asks, hub(), meter())

    answer = only(back, ZclCommandConfirm).answer
    assert answer is not None
    assert (answer.command, answer.payload) == (
        GeneralCommand.DEFAULT_RESPONSE,
        bytes([0x40, ZclStatus.UNSUP_COMMAND]),
    )


def test_command_of_the_far_end_with_our_number_is_no_answer_to_what_has_none() -> None:
    asker = hub()
    asks = ZclCommandRequest(
        5,
        AT_METER,
        ENDPOINT,
        IDENTIFY.id,
        0x40,
        b"\x00\x00",
        expects_answer=True,
        own_answer=False,
    )
    request = only(asker.does(asks), ApsdeDataRequest)
    number = request.asdu[1:2]

    crossed = asker.does(replace(arrival(request, METER), asdu=b"\x09" + number + b"\x00\x00\x00"))
    told = asker.does(replace(arrival(request, METER), asdu=b"\x18" + number + b"\x0b\x40\x00"))

    assert of(crossed, ZclCommandConfirm) == ()
    answer = only(told, ZclCommandConfirm).answer
    assert answer is not None
    assert answer.command == GeneralCommand.DEFAULT_RESPONSE


def test_undelivered_read_is_confirmed_as_such() -> None:
    asker = hub()
    request = only(asker.does(ASKS), ApsdeDataRequest)

    (confirm,) = asker.does(ApsdeDataConfirm(request.handle, METER, ApsStatus.NO_ACK))

    assert confirm == ReadAttributesConfirm(9, Outcome.NOT_DELIVERED)


def test_confirms_of_others_are_passed_over() -> None:
    assert hub().does(ApsdeDataConfirm(4711, METER, ApsStatus.SUCCESS)) == ()


def test_every_general_command_asks_or_answers_or_stands_alone() -> None:
    alone = {
        GeneralCommand.WRITE_ATTRIBUTES_NO_RESPONSE,
        GeneralCommand.REPORT_ATTRIBUTES,
        GeneralCommand.DEFAULT_RESPONSE,
    }

    assert set(ANSWERS) | set(ANSWERS.values()) | alone == set(GeneralCommand)
    assert not set(ANSWERS) & set(ANSWERS.values())
