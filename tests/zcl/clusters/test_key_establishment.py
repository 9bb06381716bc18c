import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.crypto.cbke import Suite
from emulator.kernel.errors import WireError
from emulator.testing.strategies.strategies import any_octets, structs
from emulator.wire.struct import Struct
from emulator.zcl.clusters.key_establishment import (
    KEY_ESTABLISHMENT,
    ConfirmKeyData,
    EphemeralData,
    InitiateKeyEstablishment,
    TerminateKeyEstablishment,
)

STRUCTS = (
    InitiateKeyEstablishment,
    EphemeralData,
    ConfirmKeyData,
    TerminateKeyEstablishment,
)


def test_initiate_payload_is_that_of_the_published_example() -> None:
    data = bytes.fromhex(
        "0100 03 06"  # suite 1, ephemeral data in 3 s, confirm key in 6 s
        "020615E07D30ECA2DAD58002E667D94BC1B422398307"  # public key reconstruction data
        "0000000000000002 5445535453454341 01090006000000000000"  # subject, issuer, attributes
    )

    request = InitiateKeyEstablishment.decode(data)

    assert (request.suite, request.confirm_key_generate_time) == (1, 6)
    assert len(request.identity) == Suite.SECT163K1.certificate_length
    assert request.encode() == data


def test_every_command_has_a_payload_in_both_directions() -> None:
    for side in (KEY_ESTABLISHMENT.server, KEY_ESTABLISHMENT.client):
        assert [each.payload for each in side.receives] == list(STRUCTS)


@pytest.mark.parametrize("payload", STRUCTS)
@given(data=st.data())
def test_payload_survives_the_wire(payload: type[Struct], data: st.DataObject) -> None:
    value = data.draw(structs(payload))

    assert payload.decode(value.encode()) == value


@pytest.mark.parametrize("payload", STRUCTS)
@given(octets=any_octets(100))
def test_any_octets_are_a_payload_or_a_wire_error(payload: type[Struct], octets: bytes) -> None:
    try:
        value = payload.decode(octets)
    except WireError:
        return

    assert value.encode() == octets
