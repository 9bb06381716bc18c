from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.gbcs.asn1.catalogue import ASN1_TYPES
from emulator.gbcs.asn1.codes import DeviceType, JoinMethodAndRole
from emulator.gbcs.asn1.device_logs import JoinDeviceCommand, ReadDeviceLogCommand
from emulator.gbcs.asn1.payload import Asn1Payload, decode_asn1, encode_asn1
from emulator.gbcs.asn1.tlv import Lengths
from emulator.gbcs.envelope import Cra, Message
from emulator.kernel.errors import LocalError, WireError
from emulator.testing.judges.reference_data import reference_messages
from emulator.testing.strategies.asn1_values import asn1_values

JOIN = bytes.fromhex(
    "30 10"
    "02 01 00"  # method A, initiator
    "04 08 00DB12345678909A"  # entity
    "02 01 05"  # PPMID
)
ANY_KIND = st.sampled_from(sorted(ASN1_TYPES))


def reference_payloads() -> list[tuple[int, Cra, bytes]]:
    messages = [Message.decode(each.octets) for each in reference_messages()]
    kinds = [(each.other_information.message_code, each.cra, each.payload) for each in messages]
    return [(code, cra, octets) for code, cra, octets in kinds if (code, cra) in ASN1_TYPES]


def came_back(code: int, cra: Cra, octets: bytes) -> bool:
    """Whether octets are a payload that encodes and decodes again, or refused inside them."""
    try:
        payload = Asn1Payload.decode(code, cra, octets)
    except WireError as refused:
        return 0 <= refused.offset <= len(octets) and refused.path.startswith("Asn1Payload")
    again = Asn1Payload.decode(code, cra, payload.encode())
    return bool(again.value == payload.value)


def test_every_reference_payload_comes_back_octet_for_octet() -> None:
    payloads = reference_payloads()

    decoded = [Asn1Payload.decode(*each) for each in payloads]

    assert [each.encode() for each in decoded] == [octets for _, _, octets in payloads]
    assert len(payloads) == 178


def test_all_but_eighteen_reference_payloads_are_der() -> None:
    payloads = reference_payloads()

    der = [encode_asn1(code, cra, decode_asn1(code, cra, octets)) for code, cra, octets in payloads]

    assert sum(again == octets for again, (_, _, octets) in zip(der, payloads, strict=True)) == 160


def test_reference_payload_with_one_octet_changed_is_read_or_refused_in_its_place() -> None:
    for code, cra, octets in reference_payloads()[::9]:
        for at in range(min(len(octets), 200)):
            changed = bytearray(octets)
            changed[at] ^= 0x11
            assert came_back(code, cra, bytes(changed))


@given(ANY_KIND, st.binary(max_size=120))
def test_any_octets_give_a_payload_or_a_wire_error(kind: tuple[int, Cra], octets: bytes) -> None:
    assert came_back(*kind, octets)


@given(ANY_KIND.flatmap(lambda kind: st.tuples(st.just(kind), asn1_values(ASN1_TYPES[kind]))))
def test_every_value_comes_back(drawn: tuple[tuple[int, Cra], Any]) -> None:
    (code, cra), value = drawn

    for lengths in Lengths:
        octets = encode_asn1(code, cra, value, lengths)
        assert decode_asn1(code, cra, octets) == value


def test_value_has_the_fields_of_its_use_case() -> None:
    value = decode_asn1(0x000D, Cra.COMMAND, JOIN)

    assert value == JoinDeviceCommand(
        JoinMethodAndRole.METHOD_A_INITIATOR,
        bytes.fromhex("00DB12345678909A"),
        DeviceType.PPMID,
    )


@pytest.mark.parametrize(
    ("octets", "path", "offset"),
    [
        (b"", "Asn1Payload", 0),
        (JOIN + b"\x00", "Asn1Payload", 18),
        (JOIN[:-1], "Asn1Payload", 1),
        (bytes.fromhex("30 05 02 01 00 04 00"), "Asn1Payload.entity_id", 7),
    ],
)
def test_refusal_names_field_and_offset(octets: bytes, path: str, offset: int) -> None:
    with pytest.raises(WireError) as refused:
        decode_asn1(0x000D, Cra.COMMAND, octets)

    assert (refused.value.path, refused.value.offset) == (path, offset)


def test_message_without_asn1_payload_is_refused_or_the_callers_error() -> None:
    with pytest.raises(WireError):
        decode_asn1(0x0001, Cra.COMMAND, JOIN)
    with pytest.raises(LocalError):
        encode_asn1(0x0001, Cra.COMMAND, ReadDeviceLogCommand())
    with pytest.raises(LocalError):
        encode_asn1(0x000D, Cra.COMMAND, ReadDeviceLogCommand())


def test_defaults_that_a_device_wrote_are_written_again() -> None:
    octets = bytes.fromhex(
        "301E 301C"  # details of one role
        "020100 0A0100 020100"  # root, success, sequence number 0
        "3011 300F"  # one cell
        "03020204 020100"  # certificates are signed with it; management, although the default
        "04023030 04023131"  # subject unique id, subject key id
    )

    payload = Asn1Payload.decode(0x0008, Cra.RESPONSE, octets)

    assert payload.lengths is Lengths.DER_WITH_DEFAULTS
    assert payload.encode() == octets
