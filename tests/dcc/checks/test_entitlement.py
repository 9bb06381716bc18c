from datetime import timedelta

import pytest

from emulator.dcc.checks.entitlement import Entitlement
from emulator.dcc.inventory.inventory import Details
from emulator.dcc.registration import Fuel, Registration, Responsibility
from emulator.dcc.users import UserRole
from emulator.testing.scenes.dcc_scene import (
    ESME,
    GSME,
    HUB,
    MPAN,
    PPMID,
    STRANGER,
    DccScene,
    dcc_scene,
)

MPRN = "1234567890"


@pytest.fixture
def scene() -> DccScene:
    made = dcc_scene()
    made.listed(HUB, ESME, GSME, PPMID)
    for device, number in ((GSME, MPRN), (PPMID, ""), (HUB, "")):
        made.inventory.set_details(device, Details(mpxn=number))
    return made


def entitlement(scene: DccScene) -> Entitlement:
    registration = Registration()
    registration.add(MPAN, Fuel.ELECTRICITY)
    registration.add(MPRN, Fuel.GAS)
    supplier = scene.dcc.user("supplier").eui64
    other = scene.dcc.user("other supplier").eui64
    registration.register(MPAN, Responsibility.IMPORT_SUPPLIER, supplier, scene.moment)
    registration.register(MPRN, Responsibility.GAS_SUPPLIER, other, scene.moment)
    registration.register(
        MPAN, Responsibility.IMPORT_SUPPLIER, other, scene.moment + timedelta(days=10)
    )
    return Entitlement(registration, scene.inventory)


def test_responsible_supplier_is_entitled_until_the_change(scene: DccScene) -> None:
    made = entitlement(scene)
    supplier = scene.dcc.user("supplier").eui64
    role = UserRole.IMPORT_SUPPLIER

    before = made.entitled(supplier, role, ESME, scene.moment + timedelta(days=9))
    after = made.entitled(supplier, role, ESME, scene.moment + timedelta(days=10))

    assert (before, after) == (True, False)


def test_electricity_supplier_has_no_say_over_the_gas_meter(scene: DccScene) -> None:
    made = entitlement(scene)
    supplier = scene.dcc.user("supplier").eui64

    assert made.entitled(supplier, UserRole.IMPORT_SUPPLIER, GSME, scene.moment) is False


@pytest.mark.parametrize("device", [HUB, PPMID])
def test_both_suppliers_may_act_for_what_they_share(scene: DccScene, device: int) -> None:
    made = entitlement(scene)
    electricity = scene.dcc.user("supplier").eui64
    gas = scene.dcc.user("other supplier").eui64
    record = scene.inventory.device(device)  # type: ignore[arg-type]  # parametrised
    assert record is not None

    assert made.entitled(electricity, UserRole.IMPORT_SUPPLIER, record.device, scene.moment)
    assert made.entitled(gas, UserRole.GAS_SUPPLIER, record.device, scene.moment)


def test_nothing_tells_of_users_and_devices_without_registration(scene: DccScene) -> None:
    made = entitlement(scene)
    user = scene.dcc.user("other user").eui64

    assert made.entitled(user, UserRole.OTHER_USER, ESME, scene.moment) is None
    assert made.entitled(user, UserRole.IMPORT_SUPPLIER, STRANGER, scene.moment) is None
    scene.inventory.set_details(ESME, Details(mpxn="99"))
    assert made.entitled(user, UserRole.IMPORT_SUPPLIER, ESME, scene.moment) is None


def test_export_supplier_goes_by_the_export_number(scene: DccScene) -> None:
    made = entitlement(scene)
    user = scene.dcc.user("other supplier").eui64
    made.registration.add("13", Fuel.ELECTRICITY)
    made.registration.register("13", Responsibility.EXPORT_SUPPLIER, user, scene.moment)
    before = made.entitled(user, UserRole.EXPORT_SUPPLIER, ESME, scene.moment)

    scene.inventory.set_details(ESME, Details(export_mpxn="13"))

    assert before is None
    assert made.entitled(user, UserRole.EXPORT_SUPPLIER, ESME, scene.moment) is True
