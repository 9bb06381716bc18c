import pytest

from emulator.dcc.requests.firmware_lists import FirmwareLists
from emulator.kernel.identity import format_eui64
from emulator.kernel.units import seconds
from emulator.testing.scenes.dcc_scene import ESME, GSME, HUB, PPMID, STRANGER, DccScene, dcc_scene
from emulator.testing.scenes.image_files import signed_image


@pytest.fixture
def scene() -> DccScene:
    made = dcc_scene()
    made.commissioned(HUB, ESME)
    made.listed(GSME, PPMID)
    return made


def listed(*devices: int) -> str:
    return ",".join(map(format_eui64, devices))


def test_devices_are_sorted_by_what_becomes_of_them(scene: DccScene) -> None:
    answer = scene.dcc.request(
        "supplier", "11.1", DeviceIDList=listed(ESME, GSME, PPMID, STRANGER, ESME)
    )

    assert answer.code == "W110101"
    assert answer.body == FirmwareLists((ESME,), (PPMID, STRANGER), (GSME,))


def test_list_without_faults_is_answered_without_warning(scene: DccScene) -> None:
    answer = scene.dcc.request("supplier", "11.1", DeviceIDList=listed(ESME))

    assert answer.code == "I0"


def test_displays_take_their_own_request(scene: DccScene) -> None:
    answer = scene.dcc.request("supplier", "11.4", DeviceIDList=listed(PPMID, ESME))

    assert answer.code == "W110401"
    assert answer.body == FirmwareLists((), (ESME,), (PPMID,))


@pytest.mark.parametrize("written", [None, "", "no device"])
def test_request_without_a_list_is_refused(scene: DccScene, written: str | None) -> None:
    assert not scene.dcc.request("supplier", "11.1", DeviceIDList=written).accepted


def test_image_goes_to_the_hub_of_each_device_that_will_get_it(scene: DccScene) -> None:
    images: list[tuple[int, bytes]] = []
    scene.dcc.wan.connect(HUB, scene.home.deliver, images=lambda *each: images.append(each))
    octets = signed_image(scene.keys, scene.dcc.user("supplier").eui64).encode()

    answer = scene.dcc.request(
        "supplier", "11.1", DeviceIDList=listed(ESME, GSME), FirmwareImage=octets
    )
    scene.run(seconds(5))

    assert answer.code == "W110101"
    assert images == [(ESME, octets)]


def test_whose_an_image_is_devices_verify(scene: DccScene) -> None:
    signed = signed_image(scene.keys, scene.dcc.user("supplier").eui64)
    octets = bytearray(signed.encode())
    octets[-65] = 0  # the length of the signature: a file without one, as published (DUIS 11.4)

    answer = scene.dcc.request(
        "supplier", "11.1", DeviceIDList=listed(ESME), FirmwareImage=bytes(octets)
    )

    assert answer.accepted


@pytest.mark.parametrize("image", [b"firmware", "firmware"], ids=["octets", "text"])
def test_image_that_is_none_is_refused(scene: DccScene, image: object) -> None:
    answer = scene.dcc.request("supplier", "11.1", DeviceIDList=listed(ESME), FirmwareImage=image)

    assert not answer.accepted
