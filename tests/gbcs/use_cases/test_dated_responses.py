from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.use_cases.catalogue import use_cases
from emulator.gbcs.use_cases.dated_responses import DATED_RESPONSES
from emulator.testing.judges.reference_data import reference_messages


def test_every_code_is_that_of_a_use_case() -> None:
    known = {each.code for each in use_cases()}

    assert known >= DATED_RESPONSES


def test_reference_responses_are_dated_as_their_use_case_says() -> None:
    messages = (Message.decode(each.octets) for each in reference_messages())
    responses = [message for message in messages if message.cra is Cra.RESPONSE]

    dated = {bool(each.date_time) for each in responses if _listed(each)}
    undated = {bool(each.date_time) for each in responses if not _listed(each)}

    assert (dated, undated) == ({True}, {False})


def _listed(message: Message) -> bool:
    return message.other_information.message_code in DATED_RESPONSES
