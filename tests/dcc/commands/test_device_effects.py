from datetime import timedelta

import pytest

from emulator.dcc.alert_reading import GpfBackup, HubBackup
from emulator.dcc.inventory.statuses import SmiStatus
from emulator.kernel.identity import format_eui64
from emulator.kernel.units import seconds
from emulator.testing.scenes.dcc_scene import (
    ESME,
    GPF,
    GSME,
    HUB,
    PPMID,
    DccScene,
    dcc_scene,
)
from emulator.testing.scenes.fake_home import FIRMWARE


@pytest.fixture
def scene() -> DccScene:
    made = dcc_scene()
    made.commissioned(HUB, ESME, GSME)
    made.listed(GPF, PPMID)
    made.connect()
    made.run(seconds(2))
    return made


def alerts(scene: DccScene) -> list[str]:
    return [alert.family for alert in scene.dcc.mailbox.dcc_alerts]


def test_unjoined_device_is_no_longer_in_the_log(scene: DccScene) -> None:
    scene.dcc.request("supplier", "8.7.1", ESME, OtherDeviceID=PPMID)
    scene.run(seconds(5))
    joined = scene.inventory.members(ESME)

    scene.dcc.request("supplier", "8.8.1", ESME, OtherDeviceID=PPMID)
    scene.run(seconds(5))

    assert [each.device for each in joined] == [PPMID]
    assert not scene.inventory.members(ESME)


def test_device_removed_from_the_hubs_log_has_no_hub(scene: DccScene) -> None:
    scene.dcc.request("supplier", "8.11", HUB, RequestType="Remove", DeviceID=PPMID)
    scene.run(seconds(5))

    record = scene.inventory.device(PPMID)
    assert record is not None
    assert record.hub is None
    assert alerts(scene) == ["UpdateHANDeviceLogResult"]


def test_supply_point_that_the_meter_shows_is_that_of_the_inventory(scene: DccScene) -> None:
    scene.dcc.request("supplier", "6.20.1", ESME, ImportMPAN="1300000000001")
    scene.dcc.request("supplier", "6.20.1", GSME, ImportMPRN="99")
    scene.run(seconds(5))

    numbers = [scene.inventory.device(each) for each in (ESME, GSME)]
    assert [each.mpxn for each in numbers if each is not None] == ["1300000000001", "99"]


def test_setting_the_mpxn_settles_what_commissioning_left_to_do(scene: DccScene) -> None:
    """SEC App. AC 4.14."""
    late = scene.inventory.snapshot()[0].since + timedelta(days=30)
    outstanding = scene.inventory.mpxn_outstanding(late)

    scene.dcc.request("supplier", "6.20.1", ESME, ImportMPAN="1300000000001")
    scene.run(seconds(5))

    assert [each.device for each in outstanding] == [ESME, GSME]
    assert [each.device for each in scene.inventory.mpxn_outstanding(late)] == [GSME]


def test_device_that_failed_changes_nothing(scene: DccScene) -> None:
    scene.home.failing.add(ESME)

    scene.dcc.request("supplier", "8.7.1", ESME, OtherDeviceID=PPMID)
    scene.run(seconds(5))

    assert scene.status(PPMID) is SmiStatus.PENDING
    assert not scene.inventory.members(ESME)


def test_restored_device_log_moves_the_devices_to_the_new_hub(scene: DccScene) -> None:
    old = GPF
    scene.inventory.set_hub(ESME, old)
    scene.dcc.world.backups.hubs[old] = HubBackup(bytes(8), ((ESME, bytes(16)),))

    scene.dcc.request("supplier", "8.12.1", HUB, OldCHFID=old)
    scene.run(seconds(5))

    record = scene.inventory.device(ESME)
    assert record is not None
    assert record.hub == HUB
    assert alerts(scene) == ["DeviceLogRestored"]
    (told,) = {each.family: each for each in scene.dcc.mailbox.dcc_alerts}.values()
    assert told.payload == {
        "RestoredDate": scene.moment.date(),
        "RestoredLog": "CHFDeviceLog",
        "OldCHFDeviceID": format_eui64(old),
        "NewCHFDeviceID": format_eui64(HUB),
        "NewGPFDeviceID": format_eui64(GPF),
    }


def test_restored_gas_proxy_is_told(scene: DccScene) -> None:
    scene.dcc.world.backups.gpfs[PPMID] = GpfBackup(())

    scene.dcc.request("supplier", "8.12.2", GPF, OldGPFID=PPMID)
    scene.run(seconds(5))

    assert alerts(scene) == ["DeviceLogRestored"]


def test_version_that_a_device_tells_is_that_of_the_inventory(scene: DccScene) -> None:
    scene.dcc.request("supplier", "11.2", ESME)
    scene.run(seconds(5))

    record = scene.inventory.device(ESME)
    assert record is not None
    assert record.model.firmware == FIRMWARE.hex()
