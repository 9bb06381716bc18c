"""What the DCC keeps of updates that wait on devices (CS02b, CS02g)."""

from dataclasses import replace

import pytest

from emulator.dcc.dated_updates import CredentialsUpdate, DatedUpdates, credentials_command
from emulator.dcc.service_request import RequestId
from emulator.gbcs.asn1.credentials import (
    AuthorisingControl,
    UpdateCredentialsCommand,
    UpdateCredentialsOutcome,
)
from emulator.gbcs.asn1.firmware import ReadFirmwareVersionCommand
from emulator.gbcs.asn1.payload import Asn1Payload
from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.other_information import OtherInformation
from emulator.kernel.identity import Eui64

USER, METER, OTHER = Eui64(1), Eui64(2), Eui64(3)
READ_VERSION = 0x0129
BY_SUPPLIER, BY_OPERATOR = 0x0102, 0x0103
MODES = {BY_SUPPLIER: 2, BY_OPERATOR: 3}


def update(number: int, code: int = BY_SUPPLIER, device: Eui64 = METER) -> CredentialsUpdate:
    control = AuthorisingControl(mode=MODES[code], sequence_number=number)
    asked = UpdateCredentialsCommand(control, (), (), "20260105010000Z")
    payload = Asn1Payload(code, Cra.COMMAND, asked).encode()
    command = Message(Cra.COMMAND, number, USER, device, b"", OtherInformation(code), payload)
    return CredentialsUpdate(RequestId(USER, device, number), "6.15.1", command)


def outcome(number: int, code: int = BY_SUPPLIER) -> UpdateCredentialsOutcome:
    return UpdateCredentialsOutcome(number, MODES[code], (), ())


def test_update_is_taken_once_by_its_number_and_mode() -> None:
    waiting = DatedUpdates()
    first, second = update(5), update(5, BY_OPERATOR)
    waiting.keep(first)
    waiting.keep(second)

    assert waiting.take(METER, outcome(5, BY_OPERATOR)) == second
    assert waiting.take(METER, outcome(5, BY_OPERATOR)) is None
    assert waiting.all == (first,)


@pytest.mark.parametrize(("device", "number"), [(OTHER, 5), (METER, 6)])
def test_outcome_of_another_device_or_command_takes_nothing(device: Eui64, number: int) -> None:
    waiting = DatedUpdates()
    waiting.keep(update(5))

    assert waiting.take(device, outcome(number)) is None
    assert len(waiting.all) == 1


def test_later_update_takes_the_place_of_one_with_the_same_code() -> None:
    waiting = DatedUpdates()
    for number in (5, 6):
        waiting.keep(update(number))

    assert [each.command.counter for each in waiting.all] == [6]
    waiting.cancel(update(7))
    assert not waiting.all


def test_command_that_replaces_no_credentials_is_told_apart() -> None:
    command = update(5).command
    asked = Asn1Payload(READ_VERSION, Cra.COMMAND, ReadFirmwareVersionCommand(None)).encode()
    other = replace(command, payload=asked, other_information=OtherInformation(READ_VERSION))

    assert credentials_command(command) is not None
    assert credentials_command(other) is None
