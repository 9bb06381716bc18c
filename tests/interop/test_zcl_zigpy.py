"""zigpy's encodings and its Metering table, against ours; it runs in a process of its own."""

import importlib.util
import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest

from emulator.testing.judges.judges import require
from emulator.zcl.clusters.metering import METERING
from emulator.zcl.data_types import DataType
from emulator.zcl.foundation.general_commands import (
    AttributeRecord,
    GeneralCommand,
    ReportAttributes,
)
from emulator.zcl.foundation.header import FrameType, header
from emulator.zcl.primitives import Side

VALUES: Final[tuple[tuple[DataType, Any], ...]] = (
    *((DataType(DataType.UINT8 + more), 0x11 << 8 * more) for more in range(8)),
    *((DataType(DataType.INT8 + more), -(0x11 << 8 * more)) for more in range(8)),
    *((DataType(DataType.MAP8 + more), 0xA5 << 8 * more) for more in range(8)),
    (DataType.BOOL, True),
    (DataType.ENUM8, 0x42),
    (DataType.ENUM16, 0x4242),
    (DataType.SEMI, 1.5),
    (DataType.SINGLE, 1.5),
    (DataType.DOUBLE, -1.5),
    (DataType.OCTSTR, b"METER1"),
    (DataType.STRING, "ACME"),
    (DataType.OCTSTR16, b"METER1"),
    (DataType.STRING16, "ACME"),
    (DataType.UTC, 820886400),
    (DataType.CLUSTER_ID, 0x0702),
    (DataType.ATTRIBUTE_ID, 0x0308),
)

OTHER_TYPES: Final = {
    **dict.fromkeys((0x0303, 0x0304, 0x0305, 0x030A, 0x030B), DataType.UINT8),
    **dict.fromkeys((0x030D, 0x0313, 0x0314), DataType.UINT8),
    0x0306: DataType.ENUM8,
}
"""Formatting attributes and MeteringDeviceType: bitmaps to Silicon Labs, otherwise to zigpy."""


@cache
def answers() -> dict[str, Any]:
    found = importlib.util.find_spec("zigpy") is not None
    require("zigpy", found, "pip install 'hanlab[zigpy]'")
    reports = [
        {
            "attribute": 0x0308,
            "sequence": 7,
            "data_type": data_type.value,
            "value": {"octets": value.hex()} if isinstance(value, bytes) else value,
        }
        for data_type, value in VALUES
    ]
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("zigpy_zcl.py"))],
        input=json.dumps({"reports": reports}),
        capture_output=True,
        text=True,
        check=True,
    )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


@pytest.mark.parametrize("index", range(len(VALUES)), ids=lambda index: VALUES[index][0].name)
def test_report_is_encoded_alike(index: int) -> None:
    data_type, value = VALUES[index]
    head = header(
        FrameType.GENERAL,
        Side.CLIENT,
        7,
        GeneralCommand.REPORT_ATTRIBUTES,
        disable_default_response=True,
    )
    ours = head.encode() + ReportAttributes((AttributeRecord(0x0308, data_type, value),)).encode()

    assert ours.hex(" ") == bytes.fromhex(answers()["reports"][index]).hex(" ")


def test_metering_has_the_same_identifiers_and_types() -> None:
    declared = {each.id: each for each in METERING.server.attributes}
    listed = [row for row in answers()["metering"] if row[0] < 0xFFF0]

    assert len(listed) > 100
    differing = [
        f"{identifier:#06x} {name}: {DataType(code).name} to zigpy, {_ours(declared, identifier)}"
        for identifier, name, code in listed
        if _ours(declared, identifier) != DataType(code).name
        and OTHER_TYPES.get(identifier) != code
    ]
    assert differing == []


def _ours(declared: dict[int, Any], identifier: int) -> str:
    entry = declared.get(identifier)
    return "absent" if entry is None else str(entry.data_type.name)
