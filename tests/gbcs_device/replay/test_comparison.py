from dataclasses import replace

import pytest

from emulator.gbcs.envelope import Message
from emulator.gbcs.other_information import OtherInformation
from emulator.gbcs_device.replay.comparison import Match, compared, difference
from emulator.kernel.identity import Eui64
from emulator.testing.scenes.reference_set import reference_response

ANSWER = reference_response()
MACED = replace(ANSWER, signature=b"", mac=bytes(12))


def test_equal_answers_are_identical() -> None:
    assert compared(ANSWER, reference_response()) is Match.IDENTICAL
    assert difference(ANSWER, ANSWER) == "nothing"


def test_signature_of_another_key_is_told_apart() -> None:
    other = replace(ANSWER, signature=bytes(64))

    assert compared(other, ANSWER) is Match.IDENTICAL_BUT_SIGNATURE


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        (MACED, ANSWER),
        (ANSWER, MACED),
        (replace(MACED, mac=bytes(11) + b"\x01"), MACED),
        (replace(ANSWER, signature=bytes(64), counter=5), ANSWER),
    ],
    ids=["MAC for signature", "signature for MAC", "another MAC", "another counter"],
)
def test_any_other_difference_counts(got: Message, expected: Message) -> None:
    assert compared(got, expected) is Match.DIFFERENT


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        (replace(ANSWER, counter=5), f"counter: 5, expected {ANSWER.counter}"),
        (replace(ANSWER, recipient=Eui64(1)), f"recipient: 1, expected {ANSWER.recipient}"),
        (replace(ANSWER, payload=b"\xda"), "payload: octet 1 of 18: the end, expected 20"),
        (
            replace(ANSWER, other_information=OtherInformation(0x0019)),
            "other information: octet 1 of 2: 19, expected B3",
        ),
        (replace(ANSWER, date_time=bytes(12)), "date-time: octet 0 of 0: 00"),
        (replace(ANSWER, signature=b"", mac=bytes(12)), "MAC: "),
    ],
    ids=["counter", "recipient", "payload", "other information", "date-time", "MAC"],
)
def test_first_field_that_differs_is_told(changed: Message, told: str) -> None:
    assert difference(changed, ANSWER).startswith(told)
