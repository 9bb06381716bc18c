from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.duis.document import Bounds, parse_document
from emulator.duis.refusal import DuisRefusal, OversizedDocument


def test_a_document_is_read() -> None:
    assert parse_document(b"<a><b/></a>").tag == "a"


@pytest.mark.parametrize(
    "octets",
    [
        b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
        b'<!doctype a SYSTEM "http://example.invalid/"><a/>',
        b"<a>&unknown;</a>",
        b"<a>",
        b"",
        b"\xff\xfe<\x00a\x00/\x00>\x00",
        b"<a>\xff</a>",
        b"<?xml version='1.0' encoding='utf-7'?><a/>",
        b"<?xml version='1.0' encoding='ISO-8859-1'?><a/>",
    ],
)
def test_what_duis_has_no_use_for_is_refused(octets: bytes) -> None:
    with pytest.raises(DuisRefusal):
        parse_document(octets)


def test_a_document_that_is_too_large_is_not_read() -> None:
    with pytest.raises(OversizedDocument):
        parse_document(b"<a/>" + b" " * 100, Bounds(octets=100))


def test_a_document_that_is_too_deep_is_refused() -> None:
    with pytest.raises(DuisRefusal, match="deep"):
        parse_document(b"<a>" * 33 + b"</a>" * 33)


def test_a_document_of_too_many_elements_is_refused() -> None:
    with pytest.raises(DuisRefusal, match="elements"):
        parse_document(b"<a>" + b"<b/>" * 30 + b"</a>", Bounds(elements=30))


@given(st.binary(max_size=200))
def test_any_octets_are_a_document_or_refused(octets: bytes) -> None:
    with suppress(DuisRefusal):
        parse_document(octets)
