from collections.abc import Iterator

import pytest

from emulator.dcc.incidents.held_codes import HeldCode, HeldCodes
from emulator.dcc.incidents.settings import IncidentSettings
from emulator.dcc.inventory.device_kinds import DeviceKind
from emulator.dcc.inventory.inventory import Details, Inventory
from emulator.dcc.registration import Fuel, Registration, Responsibility
from emulator.testing.scenes.incident_scene import CODE, MONDAY, THIRD, day, denied
from emulator.testing.scenes.inventory_scene import ESME, GAINER, GSME, INSTALLER, START, told

MPAN = "2000000000006"
OTHER = "2000000000015"


@pytest.fixture
def inventory() -> Iterator[Inventory]:
    with Inventory.open() as opened:
        opened.pre_notify([told(DeviceKind.ESME)], START)
        yield opened


@pytest.fixture
def registration() -> Registration:
    made = Registration()
    made.add(MPAN, Fuel.ELECTRICITY)
    made.add(OTHER, Fuel.ELECTRICITY)
    made.register(MPAN, Responsibility.IMPORT_SUPPLIER, INSTALLER, START)
    made.register(MPAN, Responsibility.IMPORT_SUPPLIER, GAINER, day(1))
    made.register(OTHER, Responsibility.IMPORT_SUPPLIER, THIRD, START)
    return made


@pytest.fixture
def codes(inventory: Inventory, registration: Registration) -> HeldCodes:
    made = HeldCodes(inventory, registration)
    made.hold(INSTALLER, ESME, CODE)
    return made


def test_the_gaining_supplier_reads_the_code_from_its_first_day_on(codes: HeldCodes) -> None:
    denied(codes.read(GAINER, ESME, MPAN, MONDAY))

    assert codes.read(GAINER, ESME, MPAN, day(1)) == HeldCode(ESME, CODE, association_known=False)
    denied(codes.read(INSTALLER, ESME, MPAN, day(1)))


def test_where_the_inventory_knows_the_supply_point_another_is_refused(
    codes: HeldCodes, inventory: Inventory
) -> None:
    inventory.set_details(ESME, Details(mpxn=MPAN))

    denied(codes.read(THIRD, ESME, OTHER, day(1)))

    assert codes.read(GAINER, ESME, MPAN, day(1)) == HeldCode(ESME, CODE, association_known=True)


def test_where_it_does_not_the_claim_of_a_stranger_cannot_be_checked(codes: HeldCodes) -> None:
    answer = codes.read(THIRD, ESME, OTHER, day(1))

    assert answer == HeldCode(ESME, CODE, association_known=False)


def test_whether_only_the_supplier_reads_it_is_a_setting(
    inventory: Inventory, registration: Registration
) -> None:
    open_to_all = HeldCodes(
        inventory, registration, IncidentSettings(reader_must_be_responsible=False)
    )
    open_to_all.hold(INSTALLER, ESME, CODE)

    assert isinstance(open_to_all.read(THIRD, ESME, "", MONDAY), HeldCode)


def test_only_who_pre_notified_a_device_holds_its_code(codes: HeldCodes) -> None:
    denied(codes.hold(GAINER, ESME, bytes(16)))
    assert denied(codes.hold(INSTALLER, GSME, CODE)).reason.endswith("is not listed")


def test_no_device_and_no_code_are_refusals(
    inventory: Inventory, registration: Registration
) -> None:
    empty = HeldCodes(inventory, registration)

    denied(empty.read(GAINER, GSME, MPAN, day(1)))
    denied(empty.read(GAINER, ESME, MPAN, day(1)))
