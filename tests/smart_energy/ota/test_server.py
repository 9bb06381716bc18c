"""What the hub answers devices that ask for images (GBCS 11.2.1)."""

import json
from itertools import count
from typing import Any

import pytest

from emulator.kernel.units import START
from emulator.smart_energy.mirror.primitives import FunctionalFlag, NotifyMeter
from emulator.smart_energy.ota.facts import ImageDelivered
from emulator.smart_energy.ota.primitives import (
    ImageIdentity,
    OfferImage,
    OtaImage,
    WithdrawImage,
)
from emulator.smart_energy.ota.server import OtaServer
from emulator.testing.stack.tunnel_bench import AT_DEVICE, DEVICE, ENDPOINT, STRANGER, came
from emulator.zcl.clusters.ota_upgrade import OTA_UPGRADE, ToClient, ToServer
from emulator.zcl.primitives import Side, ZclCommandRequest

IMAGE = OtaImage(ImageIdentity(0x1027, 3), 0x01020305, bytes(range(100)))
# manufacturer, image type
ABOUT = "2710 0300"
QUERY = bytes.fromhex(f"00 {ABOUT} 01000000")
END = bytes.fromhex(f"00 {ABOUT} 05030201")


def offering() -> OtaServer:
    made = OtaServer(ENDPOINT, count(1))
    made.handle(OfferImage(DEVICE, IMAGE), START)
    return made


def ask(server: OtaServer, command: int, payload: bytes, source: Any = DEVICE) -> list[Any]:
    event = came(source, OTA_UPGRADE.id, command, payload, Side.SERVER)
    return list(server.handle(event, START))


def answer(server: OtaServer, command: int, payload: bytes, source: Any = DEVICE) -> str:
    request = ask(server, command, payload, source)[0]
    assert isinstance(request, ZclCommandRequest)
    return f"{request.command:02x} {request.payload.hex()}"


def test_device_is_told_its_image() -> None:
    # response, SUCCESS, manufacturer and image type, version, size
    told = "02 00271003000503020164000000"
    assert answer(offering(), ToServer.QUERY_NEXT_IMAGE, QUERY) == told


def test_device_without_an_image_is_not_authorised() -> None:
    assert answer(offering(), ToServer.QUERY_NEXT_IMAGE, QUERY, STRANGER) == "02 7e"


@pytest.mark.parametrize("about", ["2610 0300", "2710 0400"])
def test_image_for_another_kind_of_device_is_none(about: str) -> None:
    query = bytes.fromhex(f"00 {about} 01000000")

    assert answer(offering(), ToServer.QUERY_NEXT_IMAGE, query) == "02 98"


def test_device_that_has_the_version_already_finds_none_and_its_flag_is_cleared() -> None:
    response, flag = ask(
        offering(), ToServer.QUERY_NEXT_IMAGE, bytes.fromhex(f"00 {ABOUT} 05030201")
    )

    assert response.payload == bytes.fromhex("98")
    assert flag == NotifyMeter(DEVICE, FunctionalFlag.NEW_OTA_FIRMWARE, pending=False)


def test_device_that_may_be_any_kind_is_told_its_image() -> None:
    query = bytes.fromhex("00 ffff ffff 01000000")

    assert answer(offering(), ToServer.QUERY_NEXT_IMAGE, query).startswith("02 00")


def test_block_is_what_was_asked_for() -> None:
    # no option, for whom, version, offset 96, at most 40 octets
    asked = bytes.fromhex(f"00 {ABOUT} 05030201 60000000 28")

    # SUCCESS, for whom, version, offset, four octets
    assert answer(offering(), ToServer.IMAGE_BLOCK, asked) == (
        "05 002710030005030201" + "60000000" + "0460616263"
    )


@pytest.mark.parametrize(
    ("asked", "source"),
    [("04030201", DEVICE), ("05030201", STRANGER)],
    ids=["another version", "another device"],
)
def test_block_of_no_image_aborts(asked: str, source: Any) -> None:
    payload = bytes.fromhex(f"00 {ABOUT} {asked} 00000000 28")

    assert answer(offering(), ToServer.IMAGE_BLOCK, payload, source) == "05 95"


def test_block_beyond_the_end_is_a_malformed_wish() -> None:
    payload = bytes.fromhex(f"00 {ABOUT} 05030201 64000000 28")

    # default response to 0x03, MALFORMED_COMMAND
    assert answer(offering(), ToServer.IMAGE_BLOCK, payload) == "0b 0380"


def test_end_of_a_download_is_answered_by_all_ones_so_that_the_device_waits() -> None:
    server = offering()

    response, fact, flag = ask(server, ToServer.UPGRADE_END, END)

    assert (response.command, response.payload) == (ToClient.UPGRADE_END_RESPONSE, b"\xff" * 16)
    assert fact == ImageDelivered(DEVICE, IMAGE.version)
    assert flag == NotifyMeter(DEVICE, FunctionalFlag.NEW_OTA_FIRMWARE, pending=False)
    assert answer(server, ToServer.QUERY_NEXT_IMAGE, QUERY) == "02 98"


def test_download_that_failed_is_not_over() -> None:
    server = offering()

    # default response to 0x06, SUCCESS
    assert answer(server, ToServer.UPGRADE_END, bytes.fromhex("96") + END[1:]) == "0b 0600"
    assert answer(server, ToServer.QUERY_NEXT_IMAGE, QUERY).startswith("02 00")


def test_offer_sets_the_flag_of_a_mirror() -> None:
    server = OtaServer(ENDPOINT, count(1))

    effects = server.handle(OfferImage(DEVICE, IMAGE), START)

    assert effects == (NotifyMeter(DEVICE, FunctionalFlag.NEW_OTA_FIRMWARE, pending=True),)


def test_device_that_asked_before_gets_a_notice() -> None:
    server = OtaServer(ENDPOINT, count(1))
    ask(server, ToServer.QUERY_NEXT_IMAGE, QUERY)

    _, notice = server.handle(OfferImage(DEVICE, IMAGE), START)

    assert (notice.destination, notice.command) == (AT_DEVICE, ToClient.IMAGE_NOTIFY)
    assert notice.payload == bytes.fromhex("00 64")


def test_withdrawn_image_is_offered_no_more() -> None:
    server = offering()

    effects = server.handle(WithdrawImage(DEVICE), START)

    assert effects == (NotifyMeter(DEVICE, FunctionalFlag.NEW_OTA_FIRMWARE, pending=False),)
    assert answer(server, ToServer.QUERY_NEXT_IMAGE, QUERY) == "02 7e"


@pytest.mark.parametrize(
    "event",
    [
        came(DEVICE, OTA_UPGRADE.id, ToServer.IMAGE_PAGE, b"", Side.SERVER),
        came(DEVICE, OTA_UPGRADE.id, ToServer.QUERY_NEXT_IMAGE, QUERY, Side.CLIENT),
        came(DEVICE, 0x0700, ToServer.QUERY_NEXT_IMAGE, QUERY, Side.SERVER),
    ],
)
def test_what_is_for_nobody_here_changes_nothing(event: object) -> None:
    assert offering().handle(event, START) == ()


def test_images_survive_with_who_has_fetched_them() -> None:
    before, after = offering(), OtaServer(ENDPOINT, count(1))
    before.handle(OfferImage(STRANGER, IMAGE), START)
    ask(before, ToServer.UPGRADE_END, END)

    after.restore(json.loads(json.dumps(before.snapshot())))

    assert answer(after, ToServer.QUERY_NEXT_IMAGE, QUERY) == "02 98"
    assert answer(after, ToServer.QUERY_NEXT_IMAGE, QUERY, STRANGER).startswith("02 00")
