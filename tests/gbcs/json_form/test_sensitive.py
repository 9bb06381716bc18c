from typing import Any

import pytest

from emulator.dlms.data import octet_string, structure, unsigned
from emulator.dlms.data_coding import encode_data
from emulator.gbcs.gbz import GbzPayload
from emulator.gbcs.gbz_component import AdditionalHeader, GbzComponent
from emulator.gbcs.json_form.data import data_document
from emulator.gbcs.json_form.gbz import gbz_document
from emulator.gbcs.json_form.sensitive import laid_open, sealed
from emulator.kernel.errors import UsageError
from emulator.zcl.foundation.header import ZclHeader

READ = ZclHeader.decode(bytes.fromhex("00 01 00"))
BLOCK = bytes.fromhex("3100000000") + bytes(12)
SECRET = gbz_document(
    GbzPayload((GbzComponent(0x0702, READ, BLOCK, additional_header=AdditionalHeader(0, 0)),))
)
HELD = data_document(structure(octet_string(BLOCK), unsigned(1)))


def to_block(plaintext: bytes) -> bytes:
    return {b"\x00\x03": BLOCK, encode_data(unsigned(7)): BLOCK, b"\xfe": BLOCK}[plaintext]


def test_a_component_is_laid_open_as_fields() -> None:
    document = laid_open(SECRET, {BLOCK: b"\x00\x03"})

    assert document["components"][0]["plain"] == {"fields": {"attributes": [0x0300]}}
    assert "encrypted" not in document["components"][0]


@pytest.mark.parametrize(
    ("plaintext", "plain"),
    [(encode_data(unsigned(7)), {"type": "unsigned", "value": 7}), (b"\xfe", "FE")],
)
def test_an_octet_string_is_laid_open_as_data_or_octets(plaintext: bytes, plain: Any) -> None:
    document = laid_open(HELD, {BLOCK: plaintext})

    assert document["value"][0] == {"type": "octet-string", "plain": plain}
    assert document["value"][1] == HELD["value"][1]


@pytest.mark.parametrize(
    ("document", "plaintext"),
    [(SECRET, b"\x00\x03"), (HELD, encode_data(unsigned(7))), (HELD, b"\xfe")],
)
def test_what_is_laid_open_is_sealed_again(document: Any, plaintext: bytes) -> None:
    opened = laid_open(document, {BLOCK: plaintext})

    again = sealed(opened, to_block, "payload")

    assert again == document


def test_nothing_is_laid_open_without_plaintext() -> None:
    assert laid_open(SECRET, {}) == SECRET
    assert laid_open(HELD, {}) == HELD


@pytest.mark.parametrize(
    ("document", "place"),
    [
        ({"a": [{"plain": "00"}]}, r"payload.a\[0\]"),
        ({"type": "octet-string", "plain": 5}, "payload.plain"),
        ({"cluster": "0702", "header": {}, "plain": {}}, "payload.header.frame_type"),
        ({"cluster": "0702", "plain": 5}, "payload.plain"),
    ],
)
def test_plain_data_of_another_shape_is_refused_with_its_place(document: Any, place: str) -> None:
    with pytest.raises(UsageError, match=f"^{place}: found "):
        sealed(document, to_block, "payload")


def test_a_document_that_nests_without_end_is_refused() -> None:
    document: Any = []
    for _ in range(100):
        document = [document]

    with pytest.raises(UsageError, match="at most 64 levels"):
        sealed(document, to_block, "payload")
