from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.dcc.service_request import Endpoint, RequestId, ServiceRequest
from emulator.duis.desk import DuisDesk, Refused
from emulator.duis.document import Bounds
from emulator.duis.request import write_request
from emulator.duis.tree import compact
from emulator.gbcs.pki import make_pki, organisation
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.testing.scenes.duis_scene import desk, read_registers, signed, signer

KEYS = make_pki(1, ()).keys
SUPPLIER = organisation(RemotePartyRole.SUPPLIER).eui64
OTHER = organisation(RemotePartyRole.NETWORK_OPERATOR).eui64
REQUEST = read_registers(RequestId(SUPPLIER, OTHER, 1))
OCTETS = signed(REQUEST, signer(KEYS, SUPPLIER))
SEND = Endpoint.SEND_COMMAND


def refused(octets: bytes, made: DuisDesk | None = None) -> Refused:
    taken = (made or desk(KEYS)).take(octets, SEND)
    assert isinstance(taken, Refused)
    return taken


def test_a_signed_request_is_taken() -> None:
    taken = desk(KEYS).take(OCTETS, SEND)

    assert isinstance(taken, ServiceRequest)
    assert taken.request_id == REQUEST.request_id


def test_an_unsigned_request_is_answered_in_duis() -> None:
    answer = refused(compact(write_request(REQUEST)))

    assert (answer.status, answer.code, answer.request) == (200, "E100", REQUEST)


def test_an_unsigned_request_may_be_allowed() -> None:
    made = replace(desk(KEYS), require_signature=False)

    assert isinstance(made.take(compact(write_request(REQUEST)), SEND), ServiceRequest)


def test_a_request_that_another_party_signed_is_refused() -> None:
    answer = refused(signed(REQUEST, signer(KEYS, OTHER)))

    assert "another party" in answer.reason


def test_a_body_that_does_not_fit_is_answered_in_duis() -> None:
    wrong = replace(REQUEST, variant=5)

    assert refused(signed(wrong, signer(KEYS, SUPPLIER))).status == 200


@pytest.mark.parametrize(
    ("octets", "status"), [(b"", 400), (b"<a/>", 400), (OCTETS + b" " * 5000, 413)]
)
def test_what_is_no_request_has_no_answer_in_duis(octets: bytes, status: int) -> None:
    made = replace(desk(KEYS), bounds=Bounds(octets=5000))

    answer = refused(octets, made)

    assert (answer.status, answer.request) == (status, None)


@given(st.integers(0, len(OCTETS) - 1), st.binary(max_size=4), st.integers(0, 8))
def test_a_request_changed_anywhere_is_taken_or_refused(place: int, new: bytes, cut: int) -> None:
    changed = OCTETS[:place] + new + OCTETS[place + cut :]

    assert isinstance(desk(KEYS).take(changed, SEND), ServiceRequest | Refused)
