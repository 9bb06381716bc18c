import pytest
from hypothesis import given, settings

from emulator.cosem.logical_names import parse_obis
from emulator.cosem.moments import date_time_octets
from emulator.cosem.server.members import Attribute
from emulator.cosem.server.selection import TimeRange
from emulator.dlms.access import AccessResult
from emulator.dlms.data import (
    NULL,
    Data,
    array,
    enumerated,
    long_unsigned,
    octet_string,
    structure,
)
from emulator.dlms.data_coding import encode_data
from emulator.dlms.data_types import DataType
from emulator.gbcs_device.cosem.data_protection import (
    protected_attributes,
    requested_objects,
    told_values,
)
from emulator.kernel.units import ZIGBEE_EPOCH
from emulator.testing.scenes.cosem_scene import METER, SUPPLIER, command, marked
from emulator.testing.strategies.dlms_values import data_values

REGISTER = Attribute(1, parse_obis("0-0:94.44.34.10"), 2)
LOG = Attribute(7, parse_obis("0-0:99.1.0.255"), 2)
EPOCH = octet_string(date_time_octets(ZIGBEE_EPOCH))
NO_RESTRICTION = structure(enumerated(0), NULL)
BY_DATE = structure(enumerated(1), structure(EPOCH, EPOCH))
BY_ENTRY = structure(enumerated(2), structure(long_unsigned(2), long_unsigned(0)))
TRANSACTION = octet_string(bytes.fromhex("04 0000000000000001"))
KEY_INFO = structure(enumerated(2), structure(octet_string(b"\x02"), octet_string(b"")))


def entry(seconds: int) -> Data:
    return structure(Data(DataType.DOUBLE_LONG_UNSIGNED, seconds))


HELD = {REGISTER: long_unsigned(10), LOG: array(entry(0), entry(1))}


def read(attribute: Attribute, _: TimeRange | None) -> tuple[int, Data | None]:
    value = HELD.get(attribute)
    return (AccessResult.OBJECT_UNDEFINED if value is None else 0), value


def protected(*objects: Data) -> Data:
    return structure(array(*objects), array(protection(SUPPLIER, METER)))


def protection(originator: int, recipient: int) -> Data:
    return structure(
        enumerated(2),
        structure(
            TRANSACTION,
            octet_string(originator.to_bytes(8, "big")),
            octet_string(recipient.to_bytes(8, "big")),
            octet_string(b""),
            KEY_INFO,
        ),
    )


def asked(attribute: Attribute, restriction: Data = NO_RESTRICTION) -> Data:
    return structure(
        long_unsigned(attribute.class_id),
        octet_string(attribute.obis),
        Data(DataType.INTEGER, attribute.member),
        long_unsigned(0),
        restriction,
    )


def test_values_are_given_encrypted_with_the_parties_of_the_answer() -> None:
    outcome = protected_attributes(protected(asked(REGISTER), asked(LOG)), read, command())

    plain = encode_data(structure(HELD[REGISTER], HELD[LOG]))
    expected = structure(array(protection(METER, SUPPLIER)), octet_string(marked(plain)))
    assert (outcome.result, outcome.data) == (AccessResult.SUCCESS, expected)


@pytest.mark.parametrize(
    ("restriction", "entries"), [(BY_DATE, (entry(0),)), (BY_ENTRY, (entry(1),))]
)
def test_part_of_a_log_is_given(restriction: Data, entries: tuple[Data, ...]) -> None:
    outcome = protected_attributes(protected(asked(LOG, restriction)), read, command())

    block = octet_string(marked(encode_data(structure(array(*entries)))))
    assert outcome.data == structure(array(protection(METER, SUPPLIER)), block)


@pytest.mark.parametrize(
    ("parameters", "result"),
    [
        (NULL, AccessResult.TYPE_UNMATCHED),
        (structure(), AccessResult.TYPE_UNMATCHED),
        (structure(array(), array(protection(1, 2))), AccessResult.TYPE_UNMATCHED),
        (structure(array(asked(LOG)), array()), AccessResult.TYPE_UNMATCHED),
        (structure(array(asked(LOG)), array(NULL)), AccessResult.TYPE_UNMATCHED),
        (structure(array(asked(LOG))), AccessResult.TYPE_UNMATCHED),
        (protected(asked(LOG), NULL), AccessResult.TYPE_UNMATCHED),
        (protected(asked(LOG, NULL)), AccessResult.TYPE_UNMATCHED),
        (
            protected(structure(NULL, NULL, NULL, NULL, NO_RESTRICTION)),
            AccessResult.TYPE_UNMATCHED,
        ),
        (protected(asked(LOG._replace(member=9))), AccessResult.OBJECT_UNDEFINED),
        (
            protected(asked(LOG, structure(enumerated(1), NULL))),
            AccessResult.SCOPE_OF_ACCESS_VIOLATED,
        ),
        (
            protected(asked(LOG, structure(enumerated(2), structure(EPOCH, EPOCH)))),
            AccessResult.SCOPE_OF_ACCESS_VIOLATED,
        ),
        (
            protected(asked(LOG, structure(enumerated(3), structure(EPOCH, EPOCH)))),
            AccessResult.SCOPE_OF_ACCESS_VIOLATED,
        ),
    ],
)
def test_what_cannot_be_given_tells_why(parameters: Data, result: AccessResult) -> None:
    outcome = protected_attributes(parameters, read, command())

    assert (outcome.result, outcome.data) == (result, NULL)


def test_objects_that_are_asked_for_are_told() -> None:
    found = requested_objects(protected(asked(REGISTER), asked(LOG, BY_DATE)))

    assert found is not None
    assert [each.attribute for each in found] == [REGISTER, LOG]
    assert [each.restriction for each in found] == [0, 1]


def test_values_are_told_by_the_decrypted_answer() -> None:
    plain = octet_string(encode_data(structure(long_unsigned(1), NULL)))

    assert told_values(structure(array(), plain)) == (long_unsigned(1), NULL)


@pytest.mark.parametrize(
    "result",
    [NULL, structure(array()), structure(array(), NULL), structure(NULL, octet_string(b""))],
)
def test_other_answers_tell_nothing(result: Data) -> None:
    assert told_values(result) == ()


@given(data_values())
@settings(max_examples=40)
def test_any_parameters_give_an_outcome(parameters: Data) -> None:
    outcome = protected_attributes(parameters, read, command())

    assert outcome.result in tuple(AccessResult)
    told_values(parameters)
