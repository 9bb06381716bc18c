import json
from typing import Any

import pytest
from hypothesis import given

from emulator.dlms.data import Data, long_unsigned, octet_string
from emulator.gbcs.json_form.data import data_document, data_from
from emulator.kernel.errors import UsageError
from emulator.testing.strategies.dlms_values import data_values


@given(data_values())
def test_data_of_every_type_comes_back_through_text(data: Data) -> None:
    assert data_from(json.loads(json.dumps(data_document(data))), "x") == data


def test_a_document_names_type_and_value() -> None:
    assert data_document(long_unsigned(90)) == {"type": "long-unsigned", "value": 90}
    assert data_document(octet_string(b"\x01\xab")) == {"type": "octet-string", "value": "01AB"}


@pytest.mark.parametrize(
    ("document", "place"),
    [
        (5, "x"),
        ({"type": "word"}, "x.type"),
        ({"type": "unsigned"}, "x.value"),
        ({"type": "octet-string", "value": "4"}, "x.value"),
        ({"type": "visible-string", "value": None}, "x.value"),
        ({"type": "array", "value": [{"type": "null-data"}, 1]}, r"x\.value\[1\]"),
        ({"type": "bit-string", "value": {"length": 1}}, "x.value"),
        ({"type": "compact-array", "value": {"elements": []}}, "x.value"),
        (
            {"type": "compact-array", "value": {"description": {"type": "array", "parts": 1}}},
            "x.value.description.parts",
        ),
    ],
)
def test_a_document_that_is_no_data_is_refused_with_its_place(document: Any, place: str) -> None:
    with pytest.raises(UsageError, match=f"^{place}: found "):
        data_from(document, "x")


def test_documents_nest_only_so_deep() -> None:
    document: dict[str, Any] = {"type": "null-data"}
    for _ in range(100):
        document = {"type": "structure", "value": [document]}

    with pytest.raises(UsageError, match="not nested too deep"):
        data_from(document, "x")
