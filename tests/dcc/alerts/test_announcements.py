from emulator.dcc.alerts.announcements import outcome, registered_users, told
from emulator.dcc.facts import DccAlertSent, InventoryRefused, StatusChanged
from emulator.dcc.inventory.device_kinds import DeviceKind
from emulator.dcc.inventory.records import InventoryRefusal, StatusChange, Unchanged
from emulator.dcc.inventory.statuses import Certainty, SmiStatus
from emulator.dcc.inventory.triggers import Trigger
from emulator.dcc.service_request import DccAlert
from emulator.dcc.settings import DccSettings
from emulator.dcc.users import UserRole
from emulator.testing.scenes.dcc_scene import ESME, HUB, MPAN, DccScene, dcc_scene


def change(scene: DccScene, before: SmiStatus, after: SmiStatus) -> StatusChange:
    return StatusChange(
        device=ESME,
        kind=DeviceKind.ESME,
        before=before,
        after=after,
        moment=scene.moment,
        trigger=Trigger.COMMISSION_DEVICE,
        clause="SEC App. AC 4.13",
        certainty=Certainty.SOURCED,
    )


def alerts(effects: tuple[object, ...]) -> list[DccAlert]:
    return [each for each in effects if isinstance(each, DccAlert)]


def test_alert_has_the_family_of_its_code() -> None:
    alert, fact = told(ESME, "N24", {"RequestID": "x"})

    assert isinstance(alert, DccAlert)
    assert isinstance(fact, DccAlertSent)
    assert (alert.family, fact.verified) == ("UpdateHANDeviceLogResult", True)


def test_network_operator_hears_of_a_commissioned_meter() -> None:
    scene = dcc_scene()
    scene.listed(HUB, ESME)

    effects = outcome(change(scene, SmiStatus.PENDING, SmiStatus.COMMISSIONED), scene.dcc.world)

    assert isinstance(effects[0], StatusChanged)
    (alert,) = alerts(effects)
    assert alert.user == scene.dcc.user("network operator").eui64
    assert alert.payload["ImportMPxN"] == MPAN


def test_nobody_hears_of_a_commissioned_meter_when_that_is_off() -> None:
    scene = dcc_scene(DccSettings(commissioning_alert=False))
    scene.listed(HUB, ESME)

    effects = outcome(change(scene, SmiStatus.PENDING, SmiStatus.COMMISSIONED), scene.dcc.world)

    assert not alerts(effects)


def test_supplier_hears_of_a_suspension_and_of_its_end() -> None:
    scene = dcc_scene()
    scene.listed(HUB, ESME)
    suspended = change(scene, SmiStatus.COMMISSIONED, SmiStatus.SUSPENDED)
    restored = change(scene, SmiStatus.SUSPENDED, SmiStatus.INSTALLED_NOT_COMMISSIONED)

    for each in (suspended, restored):
        (alert,) = alerts(outcome(each, scene.dcc.world))
        assert alert.user == scene.dcc.user("supplier").eui64


def test_refusal_of_the_inventory_is_written_down() -> None:
    scene = dcc_scene()
    refusal = InventoryRefusal(ESME, "clause", "reason", "E5", Certainty.SOURCED)

    (fact,) = outcome(refusal, scene.dcc.world)

    assert fact == InventoryRefused(ESME, "reason", "clause")


def test_nothing_follows_when_nothing_changed() -> None:
    assert outcome(Unchanged(ESME, None, "clause"), dcc_scene().dcc.world) == ()


def test_only_registered_users_are_concerned() -> None:
    scene = dcc_scene()
    scene.listed(HUB, ESME)

    users = registered_users(scene.dcc.world, ESME, scene.moment, tuple(UserRole))

    assert users == (scene.dcc.user("supplier").eui64, scene.dcc.user("network operator").eui64)
