from emulator.dcc.facts import AlertHeldBack, DeviceAlertReceived, MessageRefused
from emulator.dcc.inventory.statuses import SmiStatus
from emulator.dcc.service_request import RequestId
from emulator.dcc.settings import DccSettings, Traffic
from emulator.dlms.data import octet_string
from emulator.kernel.units import hours, minutes, seconds
from emulator.testing.scenes.dcc_scene import ESME, HUB, PPMID, DccScene, dcc_scene


def connected(settings: DccSettings | None = None) -> DccScene:
    scene = dcc_scene(settings)
    scene.commissioned(HUB)
    scene.connect()
    scene.run(seconds(2))
    return scene


def alerted(scene: DccScene, counter: int, code: int = 0x8F1E) -> None:
    supplier = scene.dcc.user("supplier").eui64
    scene.dcc.wan.up(HUB, scene.home.alert(counter, code, to=supplier).encode())


def test_alert_goes_to_the_user_it_is_for() -> None:
    scene = connected()

    alerted(scene, 1)
    scene.run(seconds(2))

    (alert,) = scene.dcc.mailbox.device_alerts
    assert (alert.user, alert.device, alert.code) == (
        scene.dcc.user("supplier").eui64,
        HUB,
        0x8F1E,
    )
    assert alert.count is None


def test_alert_for_the_broker_ends_at_the_dcc() -> None:
    scene = connected()

    scene.dcc.wan.up(HUB, scene.home.backup(1, []).encode())
    scene.run(seconds(2))

    assert not scene.dcc.mailbox.device_alerts
    assert len(list(scene.trace.of(DeviceAlertReceived))) == 1


def test_alert_that_came_before_is_refused() -> None:
    scene = connected()

    alerted(scene, 1)
    alerted(scene, 1)
    scene.run(seconds(2))

    assert len(scene.dcc.mailbox.device_alerts) == 1
    assert len(list(scene.trace.of(MessageRefused))) == 1


def test_flood_is_summed_up_when_its_window_ends() -> None:
    settings = DccSettings(traffic=Traffic(alerts=2, window=minutes(10)))
    scene = connected(settings)

    for counter in range(1, 8):
        alerted(scene, counter)
    scene.run(seconds(5))
    before = len(scene.dcc.mailbox.device_alerts)
    scene.run(hours(1))

    assert before == 2
    assert len(list(scene.trace.of(AlertHeldBack))) == 5
    last = scene.dcc.mailbox.device_alerts[-1]
    assert (last.sequence_id, last.count) == (1, 5)


def test_excluded_code_is_never_held_back() -> None:
    settings = DccSettings(traffic=Traffic(alerts=1, excluded=(0x8F66,)))
    scene = connected(settings)

    for counter in range(1, 6):
        alerted(scene, counter, 0x8F66)
    scene.run(seconds(5))

    assert len(scene.dcc.mailbox.device_alerts) == 5


def test_backup_with_a_key_hash_installs_the_device_and_is_kept() -> None:
    scene = connected()
    scene.listed(ESME, PPMID)
    for device in (ESME, PPMID):
        scene.dcc.request(
            "supplier",
            "8.11",
            HUB,
            DeviceID=device,
            RequestType="Add",
            InstallCode=bytes(16),
            JoinTimePeriod=60,
        )
    scene.run(seconds(5))

    log = [(ESME, bytes(16)), (PPMID, b"")]
    scene.dcc.wan.up(HUB, scene.home.backup(1, log).encode())
    scene.run(seconds(2))

    assert scene.status(ESME) is SmiStatus.INSTALLED_NOT_COMMISSIONED
    assert scene.status(PPMID) is SmiStatus.WHITELISTED
    assert scene.dcc.world.backups.hubs[HUB].devices == tuple(log)


def test_backup_that_names_a_stranger_changes_nothing() -> None:
    scene = connected()

    scene.dcc.wan.up(HUB, scene.home.backup(1, [(ESME, bytes(16))]).encode())
    scene.run(seconds(2))

    assert scene.inventory.device(ESME) is None


def test_alert_of_a_dated_command_names_its_request() -> None:
    scene = connected()
    supplier = scene.dcc.user("supplier").eui64
    told = octet_string(bytes.fromhex("0019 00000000000003E9 0014 00000D0000FF 06"))

    for counter in (1, 2):
        alert = scene.home.alert(counter, 0x8F66, to=supplier, log=told)
        scene.dcc.wan.up(HUB, alert.encode())
    scene.run(seconds(2))

    alerts = scene.dcc.mailbox.device_alerts
    assert {each.request_id for each in alerts} == {RequestId(supplier, HUB, 1001)}
    assert [each.instruction for each in alerts] == [1, 2]


def test_version_that_a_device_tells_after_its_date_is_that_of_the_inventory() -> None:
    # GBCS CS06: alert 8F66 of an activation that waited
    scene = connected()
    scene.listed(ESME)

    scene.dcc.wan.up(HUB, scene.home.activated(1, ESME, bytes.fromhex("01020400")).encode())
    scene.run(seconds(2))

    record = scene.inventory.device(ESME)
    assert record is not None
    assert record.model.firmware == "01020400"
