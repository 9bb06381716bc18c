"""The version in what devices say is read by the DCC (GBCS CS06, CS08, ECS52, GCS38)."""

from dataclasses import replace

import pytest

from emulator.dcc.firmware_versions import told_version
from emulator.gbcs.envelope import Message
from emulator.testing.judges.reference_data import reference_folder


def reference(name: str) -> Message:
    (found,) = reference_folder().glob(f"messages/*/{name}_GBCS.HEX")
    return Message.decode(bytes.fromhex(found.read_text()))


@pytest.mark.parametrize(
    ("name", "version"),
    [
        ("ECS52_11.2_SUCCESS_RESPONSE", "0123ABCD"),
        ("ECS52_11.2_ERROR_RESPONSE", ""),
        ("GCS38_11.2_SUCCESS_RESPONSE", "0123ABCD"),
        ("GCS38_11.2_ERROR_RESPONSE", ""),
        ("CS08_11.2_SUCCESS_RESPONSE", "0123ABCD"),
        ("CS08_11.2_ERROR_RESPONSE", ""),
        ("CS06_11.3_IMMEDIATE_SUCCESS_RESPONSE", "0123ABCE"),
        ("CS06_11.3_FUTURE_DATED_SUCCESS_RESPONSE", ""),
        ("CS06_11.3_8F66_FUTURE_DATED_SUCCESS_ALERT", "0123ABCF"),
        ("ECS35a_6.13_SUCCESS_RESPONSE", ""),
    ],
)
def test_version_is_read_off_reference_messages(name: str, version: str) -> None:
    assert told_version(reference(name)) == version


def test_message_that_cannot_be_read_tells_none() -> None:
    broken = replace(reference("GCS38_11.2_SUCCESS_RESPONSE"), payload=b"\x01\x09")

    assert told_version(broken) == ""
