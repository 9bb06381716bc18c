"""GBCS messages that strategies give are messages."""

from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.payload import decode_payload
from emulator.gbcs.use_cases.catalogue import use_case
from emulator.kernel.identity import Eui64
from emulator.testing.strategies.gbcs_strategies import (
    command_values,
    commandable,
    examples,
    gbcs_commands,
    gbcs_messages,
)

METER = Eui64(0x00DB1234567890A0)


@given(gbcs_messages())
def test_a_message_comes_back(message: Message) -> None:
    assert Message.decode(message.encode()) == message


@given(gbcs_commands())
def test_a_command_has_a_payload_that_is_read(command: Message) -> None:
    assert command.cra is Cra.COMMAND
    decode_payload(command)


@given(gbcs_commands("GSME", recipient=st.just(METER)))
def test_a_command_is_for_the_type_and_the_device_asked_for(command: Message) -> None:
    assert command.recipient == METER
    assert "GSME" in use_case(command.other_information.message_code).devices


@settings(max_examples=25)
@given(st.data())
def test_values_are_those_a_use_case_takes(data: st.DataObject) -> None:
    chosen = data.draw(st.sampled_from(commandable()))

    values = data.draw(command_values(chosen))

    assert examples(chosen).keys() <= values.keys()


def test_most_use_cases_of_a_meter_can_be_commanded() -> None:
    assert len(commandable("ESME")) > 60
    assert commandable("TOASTER") == ()
