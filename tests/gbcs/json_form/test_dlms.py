import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.cosem.logical_names import parse_obis
from emulator.dlms.access import AccessRequest, AccessResponse, Outcome
from emulator.dlms.data import NULL, Data, long_unsigned, unsigned
from emulator.dlms.descriptors import AccessKind, Descriptor
from emulator.dlms.notification import DataNotification
from emulator.gbcs.json_form.dlms import dlms_document, dlms_from
from emulator.gbcs.payload import DlmsPayload
from emulator.kernel.errors import UsageError
from emulator.testing.strategies.dlms_values import data_values, descriptors

SET = AccessRequest(
    7,
    (Descriptor(AccessKind.SET, 104, parse_obis("0-0:30.3.0.255"), 3),),
    (long_unsigned(90),),
)


def test_a_request_is_a_list_of_items() -> None:
    assert dlms_document(SET)["request"] == [
        {
            "kind": "set",
            "class": 104,
            "obis": "0-0:30.3.0.255",
            "member": 3,
            "data": {"type": "long-unsigned", "value": 90},
        }
    ]


@given(st.lists(st.tuples(descriptors(), data_values()), max_size=3))
def test_every_request_comes_back_through_text(items: list[tuple[Descriptor, Data]]) -> None:
    request = AccessRequest(7, tuple(each for each, _ in items), tuple(data for _, data in items))

    assert dlms_from(json.loads(json.dumps(dlms_document(request))), "x") == request


@pytest.mark.parametrize(
    "payload",
    [
        AccessResponse(7, (NULL,), (Outcome(AccessKind.ACTION, 250),), bytes(12)),
        AccessResponse(7, (unsigned(1),), (Outcome(AccessKind.GET, 0),), b"", SET.descriptors),
        DataNotification(7, unsigned(1)),
    ],
)
def test_responses_and_notifications_come_back_through_text(payload: DlmsPayload) -> None:
    assert dlms_from(json.loads(json.dumps(dlms_document(payload))), "x") == payload


@pytest.mark.parametrize(
    ("document", "place"),
    [
        ({}, "x.invoke_id"),
        ({"invoke_id": 1}, "x"),
        ({"invoke_id": 1, "request": 5}, "x.request"),
        ({"invoke_id": 1, "request": [5]}, r"x\.request\[0\]"),
        ({"invoke_id": 1, "request": [{"kind": "get"}]}, r"x\.request\[0\]\.member"),
        ({"invoke_id": 1, "request": [{"kind": "take", "member": 1}]}, r"x\.request\[0\]\.kind"),
        (
            {"invoke_id": 1, "response": [{"data": {"type": "null-data"}}]},
            r"x\.response\[0\]\.kind",
        ),
        ({"invoke_id": 1, "notification": None}, "x.notification"),
    ],
)
def test_a_document_that_is_no_payload_is_refused_with_its_place(
    document: dict[str, Any], place: str
) -> None:
    with pytest.raises(UsageError, match=f"^{place}: found "):
        dlms_from(document, "x")
