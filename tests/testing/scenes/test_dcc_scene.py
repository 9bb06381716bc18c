from emulator.dcc.inventory.statuses import SmiStatus
from emulator.dcc.users import UserRole
from emulator.kernel.units import seconds
from emulator.testing.scenes.dcc_scene import ESME, HUB, IHD, FakeRegistrations, dcc_scene


def test_listed_devices_are_pending_behind_the_hub() -> None:
    scene = dcc_scene()

    scene.listed(HUB, ESME, IHD)

    record = scene.inventory.device(ESME)
    assert record is not None
    assert (record.hub, scene.status(HUB), scene.status(IHD)) == (HUB, SmiStatus.PENDING, None)


def test_commissioned_devices_are() -> None:
    scene = dcc_scene()

    scene.commissioned(HUB, ESME)

    assert scene.status(HUB) is scene.status(ESME) is SmiStatus.COMMISSIONED


def test_hub_connects_and_time_passes() -> None:
    scene = dcc_scene()
    scene.listed(HUB)
    before = scene.moment

    scene.connect()
    scene.run(seconds(2))

    assert scene.dcc.wan.reachable(HUB)
    assert (scene.moment - before).total_seconds() == 2


def test_registrations_know_only_the_holders() -> None:
    registrations = FakeRegistrations({UserRole.GAS_SUPPLIER: ESME})
    moment = dcc_scene().moment

    answers = [
        registrations.entitled(user, role, HUB, moment)
        for user, role in (
            (ESME, UserRole.GAS_SUPPLIER),
            (HUB, UserRole.GAS_SUPPLIER),
            (ESME, UserRole.OTHER_USER),
        )
    ]

    assert answers == [True, False, None]
