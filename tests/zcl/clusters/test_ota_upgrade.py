"""The OTA Upgrade cluster's payloads: octets by field, and any octets give a value or an error."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.errors import WireError
from emulator.kernel.identity import Eui64
from emulator.wire.struct import Struct
from emulator.zcl.clusters.ota_upgrade import (
    OTA_UPGRADE,
    ImageBlockRequest,
    ImageBlockResponse,
    ImageNotify,
    QueryNextImageRequest,
    QueryNextImageResponse,
    UpgradeEndRequest,
    UpgradeEndResponse,
)
from emulator.zcl.primitives import ZclStatus

COMMANDS = (
    ImageNotify,
    QueryNextImageRequest,
    QueryNextImageResponse,
    ImageBlockRequest,
    ImageBlockResponse,
    UpgradeEndRequest,
    UpgradeEndResponse,
)
PAGES_AND_FILES = {"ImagePageRequest", "QuerySpecificFileRequest", "QuerySpecificFileResponse"}


@pytest.mark.parametrize(
    ("octets", "value"),
    [
        # payload type jitter only, jitter
        ("00 64", ImageNotify(0, 100)),
        # all four; jitter, manufacturer, image type, version
        ("03 64 2710 0300 05030201", ImageNotify(3, 100, 0x1027, 3, 0x01020305)),
        # hardware version present; manufacturer, image type, version, hardware version
        (
            "01 2710 0300 05030201 0200",
            QueryNextImageRequest(1, 0x1027, 3, 0x01020305, 2),
        ),
        ("98", QueryNextImageResponse(ZclStatus.NO_IMAGE_AVAILABLE)),
        # node and period present; manufacturer, type, version, offset, maximum, EUI-64, period
        (
            "03 2710 0300 05030201 28000000 28 A090785634 12DB00 1000",
            ImageBlockRequest(3, 0x1027, 3, 0x01020305, 40, 40, Eui64(0x00DB1234567890A0), 0x0010),
        ),
        # SUCCESS, manufacturer, image type, version, offset, size, octets
        (
            "00 2710 0300 05030201 28000000 02 ABCD",
            ImageBlockResponse(ZclStatus.SUCCESS, 0x1027, 3, 0x01020305, 40, b"\xab\xcd"),
        ),
        # WAIT_FOR_DATA, current time, request time, minimum block period
        (
            "97 64000000 6B000000 0500",
            ImageBlockResponse(
                ZclStatus.WAIT_FOR_DATA, current_time=100, request_time=107, minimum_period=5
            ),
        ),
        # SUCCESS, manufacturer, image type, version
        ("00 2710 0300 05030201", UpgradeEndRequest(ZclStatus.SUCCESS, 0x1027, 3, 0x01020305)),
    ],
)
def test_octets_mean_these_fields(octets: str, value: Struct) -> None:
    assert type(value).decode(bytes.fromhex(octets)) == value
    assert value.encode() == bytes.fromhex(octets)


@pytest.mark.parametrize("kind", COMMANDS)
@given(octets=st.binary(max_size=40))
def test_any_octets_give_a_value_or_a_wire_error(kind: type[Struct], octets: bytes) -> None:
    with suppress(WireError):
        assert kind.decode(octets).encode() == octets


def test_every_command_but_those_of_pages_and_files_has_a_payload() -> None:
    commands = (*OTA_UPGRADE.server.receives, *OTA_UPGRADE.client.receives)

    assert {each.name for each in commands if each.payload is None} == PAGES_AND_FILES
