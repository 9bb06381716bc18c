import json
from typing import Any

import pytest

from emulator.gbcs.gbz import GbzPayload
from emulator.gbcs.gbz_alert import FutureDatedOutcome, GbzAlert, ImageHash
from emulator.gbcs.gbz_component import AdditionalHeader, GbzComponent
from emulator.gbcs.json_form.gbz import content_document, gbz_document, gbz_from
from emulator.kernel.errors import UsageError
from emulator.zcl.foundation.header import ZclHeader

READ = ZclHeader.decode(bytes.fromhex("00 01 00"))
MAKERS_OWN = ZclHeader.decode(bytes.fromhex("05 3412 01 00"))
READS_TWO = GbzComponent(0x0702, READ, bytes.fromhex("0000 0103"), last=True)
UNDECLARED = GbzComponent(0x0702, MAKERS_OWN, b"\x01\x02", from_date_time=7, reserved=0x40)
SECRET = GbzComponent(0x0702, READ, bytes(17), additional_header=AdditionalHeader(0, 3))


def test_a_component_says_cluster_command_and_fields() -> None:
    (document,) = gbz_document(GbzPayload((READS_TWO,)))["components"]

    assert document["cluster"] == "0702"
    assert document["header"]["command"] == 0
    assert document["fields"] == {"attributes": [0x0000, 0x0301]}
    assert document["last"] is True


@pytest.mark.parametrize(
    "payload",
    [
        GbzPayload((READS_TWO, UNDECLARED, SECRET)),
        GbzPayload(alert=GbzAlert(0x8F66, 5, FutureDatedOutcome(0x6B, 9, 0x0707, 1, 0))),
        GbzPayload(alert=GbzAlert(0x8F72, 5, ImageHash(bytes(range(32))))),
        GbzPayload(alert=GbzAlert(0x8F0A, 5, SECRET, 1)),
        GbzPayload(alert=GbzAlert(0x8F01, 5, b"\x01")),
    ],
)
def test_a_payload_comes_back_through_text(payload: GbzPayload) -> None:
    document = json.loads(json.dumps(gbz_document(payload)))

    assert gbz_from(document, "gbz") == payload


@pytest.mark.parametrize("octets", [b"\x01", bytes.fromhex("0000 86 21")])
def test_octets_that_are_no_such_command_stay_octets(octets: bytes) -> None:
    answer = ZclHeader.decode(bytes.fromhex("08 01 01"))

    assert content_document(0x0702, answer, octets) == {"octets": octets.hex().upper()}


COMPONENT = gbz_document(GbzPayload((SECRET,)))["components"][0]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"cluster": "7"}, "cluster"),
        ({"cluster": "070200"}, "cluster"),
        ({"header": {}}, "header.frame_type"),
        ({"encrypted": 5}, "encrypted"),
        ({"additional_header": {"control": 256, "frame_counter": 0}}, "additional_header.control"),
        ({"reserved": 256}, "reserved"),
        ({"from_date_time": "noon"}, "from_date_time"),
    ],
)
def test_a_component_of_another_shape_is_refused_with_its_place(
    change: dict[str, Any], place: str
) -> None:
    with pytest.raises(UsageError, match=rf"^gbz.components\[0\].{place}: found "):
        gbz_from({"components": [COMPONENT | change]}, "gbz")


def test_fields_of_an_undeclared_command_are_refused() -> None:
    document = gbz_document(GbzPayload((UNDECLARED,)))["components"][0] | {"fields": {}}

    with pytest.raises(UsageError, match="expected `octets`"):
        gbz_from({"components": [document]}, "gbz")
