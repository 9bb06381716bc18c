"""Types of attributes as the Reference Test Data Set has them on the wire, against the tables."""

import json
from typing import Any

from emulator.testing.judges.judges import require
from emulator.testing.judges.reference_data import shared_folder
from emulator.zcl.data_types import DataType
from emulator.zcl.registry import CLUSTERS
from emulator.zigbee.addresses import ClusterId

OBJECTS = shared_folder() / "data" / "gbcs_objects.json"


def rows() -> list[dict[str, Any]]:
    require("gbcs_objects.json", OBJECTS.exists(), "set HANLAB_SHARED to the shared data")
    found: list[dict[str, Any]] = json.loads(OBJECTS.read_text(encoding="utf-8"))["zcl_attributes"]
    return found


def test_every_attribute_read_there_is_declared_with_its_type() -> None:
    differing: list[str] = []
    for row in rows():
        cluster = CLUSTERS[ClusterId(int(row["cluster"], 16))]
        declared = cluster.server.attribute(int(row["attribute"], 16))
        for code in row["zcl_types"]:
            seen = DataType(int(code, 16))
            if declared is None or declared.data_type != seen:
                differing.append(f"{cluster.name} {row['attribute']} {row['name']}: {seen.name}")

    assert differing == []
