from datetime import UTC, datetime, timedelta

import pytest

from emulator.dcc.alert_reading import GpfBackup, HubBackup
from emulator.dcc.orders.command_values import command_values
from emulator.dcc.orders.orders import Order
from emulator.dcc.service_request import RequestId, ServiceRequest
from emulator.gbcs.asn1.codes import DeviceType
from emulator.gbcs.asn1.device_logs import DeviceLogEntry
from emulator.gbcs.protection.key_store import KeyUse
from emulator.gbcs.service_requests.catalogue import service_request
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64
from emulator.kernel.units import START
from emulator.testing.scenes.dcc_scene import (
    ESME,
    GPF,
    GSME,
    HCALCS,
    HUB,
    IHD,
    PPMID,
    STRANGER,
    DccScene,
    dcc_scene,
)

OLD = Eui64(0x00DB123456789095)


@pytest.fixture
def scene() -> DccScene:
    made = dcc_scene()
    made.commissioned(HUB, ESME, GSME)
    made.listed(GPF, PPMID, HCALCS, IHD)
    return made


def values(
    scene: DccScene,
    srv: str,
    target: Eui64,
    parameters: dict[str, object],
    known: dict[str, object] | None = None,
) -> dict[str, object]:
    user = scene.dcc.user("supplier")
    device = scene.inventory.device(target)
    assert device is not None
    order = Order(
        request=ServiceRequest(
            request_id=RequestId(user.eui64, target, 1),
            srv=srv,
            variant=1,
            parameters=parameters,
        ),
        service=service_request(srv),
        user=user,
        device=device,
        now=START,
        known=known or {},
    )
    return dict(command_values(order, order.use_case, scene.dcc.world).values)


def test_device_log_gets_the_type_from_the_inventory(scene: DccScene) -> None:
    parameters = {
        "RequestType": "Add",
        "DeviceID": PPMID,
        "JoinTimePeriod": 90,
        "InstallCode": bytes(16),
        "ImportMPxN": "13",
    }

    made = values(scene, "8.11", HUB, parameters)

    assert made["device_type"] == "PPMID"
    assert made["join_timeout"] == 90
    assert made["device"] == PPMID


def test_removal_from_the_device_log_needs_only_the_device(scene: DccScene) -> None:
    parameters = {"RequestType": "Remove", "DeviceID": STRANGER}

    assert values(scene, "8.11", HUB, parameters) == {"device": STRANGER}


@pytest.mark.parametrize(
    ("srv", "target", "other", "device_type"),
    [
        ("8.7.1", ESME, HCALCS, DeviceType.HCALCS),
        ("8.7.1", HCALCS, ESME, DeviceType.ESME),
        ("8.7.2", GSME, GPF, DeviceType.GPF),
        ("8.7.2", ESME, IHD, DeviceType.TYPE_2),
    ],
)
def test_join_gets_the_type_of_the_other_device(
    scene: DccScene, srv: str, target: Eui64, other: Eui64, device_type: DeviceType
) -> None:
    made = values(scene, srv, target, {"OtherDeviceID": other})

    assert made == {"device": other, "device_type": device_type}


def test_join_of_gas_meter_and_display_carries_the_certificate(scene: DccScene) -> None:
    found = scene.keys.find(PPMID, KeyUse.KEY_AGREEMENT)
    assert found is not None
    assert found.certificate is not None

    made = values(scene, "8.7.1", GSME, {"OtherDeviceID": PPMID})

    assert made["certificate"] == found.certificate.der


def test_join_names_another_device_of_the_inventory(scene: DccScene) -> None:
    with pytest.raises(UsageError, match="no other device"):
        values(scene, "8.7.1", ESME, {})
    with pytest.raises(UsageError, match="in the inventory"):
        values(scene, "8.7.1", ESME, {"OtherDeviceID": STRANGER})


def test_clock_is_set_from_now_on_unless_the_request_says_when(scene: DccScene) -> None:
    given = {"CurrentDateTime": "2026-01-01T00:00:00Z", "TolerancePeriod": 60}
    start = datetime(2026, 1, 1, tzinfo=UTC)

    now = values(scene, "8.1.1", ESME, {})
    told = values(scene, "8.1.1", ESME, given)

    assert now["start"] == scene.moment
    assert now["end"] == scene.moment + timedelta(days=1)
    assert (told["start"], told["end"]) == (start, start + timedelta(seconds=60))


def test_device_log_of_the_old_hub_comes_from_its_backup(scene: DccScene) -> None:
    scene.dcc.world.backups.hubs[OLD] = HubBackup(
        bytes(7) + b"\x09", ((ESME, bytes(16)), (PPMID, b""))
    )

    made = values(scene, "8.12.1", HUB, {"OldCHFID": OLD})

    assert made["extended_pan_id"] == 9
    assert made["devices"] == ({"device": ESME, "hashed_key": bytes(16)},)


def test_device_log_of_the_old_gas_proxy_comes_from_its_backup(scene: DccScene) -> None:
    entry = DeviceLogEntry(IHD.to_bytes(8, "big"), DeviceType.TYPE_2)
    scene.dcc.world.backups.gpfs[OLD] = GpfBackup((entry,))

    made = values(scene, "8.12.2", GPF, {"OldGPFID": OLD})

    assert made["devices"] == ({"device": IHD, "device_type": DeviceType.TYPE_2},)


@pytest.mark.parametrize(
    ("srv", "target", "name"), [("8.12.1", HUB, "OldCHFID"), ("8.12.2", GPF, "OldGPFID")]
)
def test_nothing_is_restored_without_backup(
    scene: DccScene, srv: str, target: Eui64, name: str
) -> None:
    with pytest.raises(UsageError, match="no backup"):
        values(scene, srv, target, {name: OLD})


def test_parameter_without_a_place_in_the_command_is_refused(scene: DccScene) -> None:
    with pytest.raises(UsageError, match="Nonsense"):
        values(scene, "6.2.7", ESME, {"Nonsense": 1})
