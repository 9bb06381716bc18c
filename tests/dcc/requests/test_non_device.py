import pytest

from emulator.dcc.inventory.statuses import SmiStatus
from emulator.dcc.service_request import Acknowledgement
from emulator.kernel.identity import format_eui64
from emulator.testing.scenes.dcc_scene import (
    ESME,
    GPF,
    HUB,
    IHD,
    MPAN,
    PPMID,
    STRANGER,
    DccScene,
    dcc_scene,
)


@pytest.fixture
def scene() -> DccScene:
    made = dcc_scene()
    made.listed(HUB, ESME)
    return made


def asked(scene: DccScene, srv: str, **parameters: object) -> Acknowledgement:
    return scene.dcc.request("supplier", srv, **parameters)  # type: ignore[arg-type]  # by keyword


def test_pre_notified_device_is_pending(scene: DccScene) -> None:
    answer = asked(
        scene,
        "12.2",
        DeviceID=format_eui64(PPMID),
        DeviceType="PPMID",
        DeviceManufacturer="AB01",
        DeviceModel="1",
        FirmwareVersion="2",
    )

    record = scene.inventory.device(PPMID)
    assert answer.code == "I99"
    assert record is not None
    assert (record.status, record.model.manufacturer) == (SmiStatus.PENDING, "AB01")
    assert record.notifier == scene.dcc.user("supplier").eui64


def test_pre_notified_hub_brings_its_gas_proxy() -> None:
    scene = dcc_scene()

    asked(scene, "12.2", DeviceID=HUB, DeviceType="CHF", AssociatedGPFDeviceID=GPF)

    record = scene.inventory.device(GPF)
    assert record is not None
    assert record.hub == HUB


def test_hub_and_gas_proxy_with_one_identifier_are_refused() -> None:
    answer = asked(dcc_scene(), "12.2", DeviceID=HUB, DeviceType="CHF", AssociatedGPFDeviceID=HUB)

    assert answer.code == "E120201"


def test_pre_notified_display_has_no_status(scene: DccScene) -> None:
    asked(scene, "12.2", DeviceID=IHD, DeviceType="IHD")

    assert scene.status(IHD) is None


def test_variant_of_a_meter_is_remembered(scene: DccScene) -> None:
    asked(scene, "12.2", DeviceID=PPMID, DeviceType="ESME", ESMEVariant="C")

    assert scene.dcc.world.backups.variants == {PPMID: "C"}


@pytest.mark.parametrize("key", [{"DeviceID": ESME}, {"MPxN": MPAN}])
def test_inventory_is_read_by_one_key(scene: DccScene, key: dict[str, object]) -> None:
    answer = asked(scene, "8.2", **key)

    assert answer.code == "I0"
    assert isinstance(answer.body, tuple)
    device = next(each for each in answer.body if each["DeviceType"] == "ESME")
    assert (device["DeviceStatus"], device["ImportMPxN"]) == ("Pending", MPAN)


def test_device_that_is_not_listed_is_no_fault_of_reading(scene: DccScene) -> None:
    assert asked(scene, "8.2", DeviceID=STRANGER).body == ()
    assert asked(scene, "8.2", UPRN="1").body == ()
    assert asked(scene, "8.2", PropertyFilter="AB1 2CD").body == ()


@pytest.mark.parametrize(
    ("srv", "parameters"),
    [
        ("8.2", {}),
        ("8.2", {"DeviceID": ESME, "MPxN": MPAN}),
        ("8.4", {"DeviceID": ESME}),
        ("8.4", {"DeviceID": ESME, "DeleteDevice": True, "UpdateMPxN": "1"}),
        ("8.4", {"DeviceID": ESME, "UpdateDeviceStatusExceptCH": "Commissioned"}),
        ("8.4", {"DeviceID": ESME, "UpdateDeviceStatusCH": "Commissioned"}),
        ("8.4", {"DeviceID": HUB, "UpdateDeviceStatusExceptCH": "Pending"}),
        ("8.13", {}),
        ("8.14.2", {"DeviceID": HUB}),
        ("8.14.3", {"DeviceID": HUB}),
        ("12.2", {"DeviceID": PPMID, "DeviceType": "TOASTER"}),
        ("12.2", {"DeviceType": "ESME"}),
    ],
)
def test_what_the_schema_does_not_allow_is_refused(
    scene: DccScene, srv: str, parameters: dict[str, object]
) -> None:
    answer = asked(scene, srv, **parameters)

    assert answer.code == scene.dcc.world.settings.codes.malformed
    assert scene.status(ESME) is SmiStatus.PENDING


def test_update_sets_a_status_and_back(scene: DccScene) -> None:
    name = SmiStatus.INSTALLED_NOT_COMMISSIONED

    first = asked(scene, "8.4", DeviceID=ESME, UpdateDeviceStatusExceptCH=name.value)
    statuses = [scene.status(ESME)]
    asked(scene, "8.4", DeviceID=ESME, UpdateDeviceStatusExceptCH="Pending")
    statuses.append(scene.status(ESME))

    assert first.code == "I99"
    assert statuses == [name, SmiStatus.PENDING]


def test_update_of_a_hub_may_withdraw_it(scene: DccScene) -> None:
    asked(scene, "8.4", DeviceID=HUB, UpdateDeviceStatusCH="Withdrawn")

    assert scene.status(HUB) is SmiStatus.WITHDRAWN


def test_update_writes_details(scene: DccScene) -> None:
    asked(scene, "8.4", DeviceID=ESME, UpdateDeviceDetails={"FirmwareVersion": "9"})
    asked(scene, "8.4", DeviceID=ESME, UpdateMPxN={"ExportMPAN": "13"})
    asked(scene, "8.4", DeviceID=ESME, UpdateMPxN="14")

    record = scene.inventory.device(ESME)
    assert record is not None
    assert (record.model.firmware, record.export_mpxn, record.mpxn) == ("9", "13", "14")


def test_removed_device_is_told_to_those_concerned(scene: DccScene) -> None:
    asked(scene, "8.4", DeviceID=ESME, DeleteDevice=True)

    assert scene.inventory.device(ESME) is None
    users = {alert.user for alert in scene.dcc.mailbox.dcc_alerts}
    assert users == {
        scene.dcc.user("supplier").eui64,
        scene.dcc.user("network operator").eui64,
    }


def test_hub_without_wan_is_installed_and_not_commissioned(scene: DccScene) -> None:
    answer = asked(
        scene,
        "8.14.2",
        DeviceID=HUB,
        PremiseType="House",
        MetalObstructionCheck=False,
        ConnectivityObstructionCheck=False,
        SharedObstructionCheck=False,
        MPxN="77",
    )

    record = scene.inventory.device(HUB)
    assert answer.code == "I99"
    assert record is not None
    assert (record.status, record.mpxn) == (SmiStatus.INSTALLED_NOT_COMMISSIONED, "77")


def test_installed_hub_is_commissioned_by_contact_only(scene: DccScene) -> None:
    asked(scene, "8.14.1", DeviceID=HUB, MPxN=MPAN)

    assert scene.status(HUB) is SmiStatus.PENDING


@pytest.mark.parametrize(("srv", "more"), [("8.14.3", {"OtherDeviceID": ESME}), ("8.14.4", {})])
def test_returned_hub_is_withdrawn_once(scene: DccScene, srv: str, more: dict[str, object]) -> None:
    first = asked(scene, srv, DeviceID=HUB, **more)
    again = asked(scene, srv, DeviceID=HUB, **more)

    assert scene.status(HUB) is SmiStatus.WITHDRAWN
    assert (first.code, again.code) == ("I99", "E5")


def test_coverage_is_what_the_database_says(scene: DccScene) -> None:
    def coverage(parameters: object) -> object:
        return ("North", parameters)

    nothing = asked(scene, "12.1", UPRN="1")
    object.__setattr__(scene.dcc.world, "coverage", coverage)
    something = asked(scene, "12.1", UPRN="1")

    assert (nothing.code, nothing.body) == ("I0", ())
    assert something.body == ("North", {"UPRN": "1"})


def test_only_a_known_device_is_decommissioned(scene: DccScene) -> None:
    assert asked(scene, "8.3", DeviceID=STRANGER).code == "E19"
    assert asked(scene, "8.3", DeviceID=ESME).code == "I99"
