from dataclasses import replace

import pytest

from emulator.dlms.access import AccessResponse, Outcome
from emulator.dlms.data import NULL, Data, array, long_unsigned, octet_string, structure
from emulator.dlms.data_coding import encode_data
from emulator.dlms.descriptors import AccessKind
from emulator.gbcs.gbz import gbz_payload
from emulator.gbcs.payload import Payload
from emulator.gbcs_device.cosem.told_state import told_attributes, told_methods
from emulator.testing.scenes.cosem_scene import act, attribute, command, get, method, put

LIMIT = attribute(1, "0-0:94.44.0.1", 2)
BALANCE = attribute(1, "0-0:94.44.34.30", 2)
BACKUP = method(104, "0-0:30.3.0.255", 4)
PROTECTED = method(30, "0-0:43.2.1.255", 1)
ASKED = structure(
    array(
        structure(
            long_unsigned(BALANCE.class_id),
            octet_string(BALANCE.obis),
            long_unsigned(BALANCE.member),
            long_unsigned(0),
            structure(long_unsigned(0), NULL),
        )
    ),
    array(),
)


def answer(*values: Data, result: int = 0) -> AccessResponse:
    outcomes = tuple(Outcome(AccessKind.GET, result) for _ in values)
    return AccessResponse(0, values, outcomes)


def test_attributes_that_were_read_are_told_with_their_values() -> None:
    asked = command(get(LIMIT), put(LIMIT, NULL), act(BACKUP))

    told = list(told_attributes(asked.message, answer(long_unsigned(1), NULL, array())))

    assert told == [(LIMIT, long_unsigned(1))]


def test_methods_that_gave_something_back_are_told() -> None:
    asked = command(get(LIMIT), act(BACKUP), act(BACKUP))

    told = list(told_methods(asked.message, answer(long_unsigned(1), array(), NULL)))

    assert told == [(BACKUP, array())]


def test_protected_attributes_are_told_one_by_one() -> None:
    plain = octet_string(encode_data(structure(long_unsigned(5))))
    asked = command(act(PROTECTED, ASKED))

    assert list(told_attributes(asked.message, answer(structure(array(), plain)))) == [
        (BALANCE, long_unsigned(5))
    ]
    assert list(told_methods(asked.message, answer(structure(array(), plain)))) == []


@pytest.mark.parametrize(
    "told",
    [
        answer(long_unsigned(1), result=1),
        answer(long_unsigned(1), NULL),
        gbz_payload(()),
    ],
    ids=["failed", "another number of items", "another payload"],
)
def test_other_answers_tell_nothing(told: Payload) -> None:
    assert list(told_attributes(command(get(LIMIT)).message, told)) == []


def test_command_that_cannot_be_read_tells_nothing() -> None:
    broken = replace(command(get(LIMIT)).message, payload=b"\xd9")

    assert list(told_attributes(broken, answer(long_unsigned(1)))) == []


def test_protected_answer_of_another_length_tells_nothing() -> None:
    asked = command(act(PROTECTED, ASKED))

    assert list(told_attributes(asked.message, answer(structure(array(), octet_string(b""))))) == []
