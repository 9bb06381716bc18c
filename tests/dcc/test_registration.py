from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.dcc.registration import Fuel, Registration, Responsibility, SupplierChanged
from emulator.kernel.errors import LocalError
from emulator.kernel.identity import Eui64

START = datetime(2026, 1, 5, tzinfo=UTC)
DAY = timedelta(days=1)
MPAN = "2000000000006"
MPRN = "1234567810"
A, B, C, NETWORK = Eui64(0xA), Eui64(0xB), Eui64(0xC), Eui64(0xD)
IS, ES, ED = (
    Responsibility.IMPORT_SUPPLIER,
    Responsibility.EXPORT_SUPPLIER,
    Responsibility.ELECTRICITY_DISTRIBUTOR,
)


@pytest.fixture
def registration() -> Registration:
    made = Registration()
    made.add(MPAN, Fuel.ELECTRICITY)
    made.add(MPRN, Fuel.GAS)
    made.register(MPAN, IS, A, START)
    return made


def test_a_supplier_is_responsible_from_its_moment_until_another_is(
    registration: Registration,
) -> None:
    registration.register(MPAN, IS, B, START + 10 * DAY)

    assert registration.supplier(MPAN, START - DAY) is None
    assert registration.supplier(MPAN, START) == A
    assert registration.supplier(MPAN, START + 10 * DAY - timedelta(microseconds=1)) == A
    assert registration.supplier(MPAN, START + 10 * DAY) == B
    assert registration.since(MPAN, IS, START + 11 * DAY) == START + 10 * DAY


def test_a_change_of_supplier_says_who_loses_and_who_gains(registration: Registration) -> None:
    change = registration.register(MPAN, IS, B, START + DAY)

    assert change == SupplierChanged(mpxn=MPAN, role=IS, losing=A, gaining=B, moment=START + DAY)


def test_a_network_operator_and_a_renewal_are_no_change_of_supplier(
    registration: Registration,
) -> None:
    assert registration.register(MPAN, ED, NETWORK, START) is None
    assert registration.register(MPAN, IS, A, START + DAY) is None
    assert registration.network_operator(MPAN, START) == NETWORK


def test_import_and_export_may_have_two_suppliers(registration: Registration) -> None:
    registration.register(MPAN, ES, B, START)

    assert registration.supplier(MPAN, START) == A
    assert registration.responsible(MPAN, ES, START) == B
    assert registration.roles(MPAN, A, START) == {IS}
    assert registration.roles(MPAN, B, START) == {ES}


def test_gas_has_its_own_supplier_and_transporter(registration: Registration) -> None:
    registration.register(MPRN, Responsibility.GAS_SUPPLIER, C, START)
    registration.register(MPRN, Responsibility.GAS_TRANSPORTER, NETWORK, START)

    assert registration.supplier(MPRN, START) == C
    assert registration.network_operator(MPRN, START) == NETWORK
    assert registration.fuel(MPRN) is Fuel.GAS


def test_former_suppliers_come_latest_first_and_once(registration: Registration) -> None:
    for number, party in enumerate((B, A, C), 1):
        registration.register(MPAN, IS, party, START + number * DAY)

    assert registration.former_suppliers(MPAN, START + 3 * DAY) == (A, B)
    assert registration.former_suppliers(MPAN, START + 2 * DAY) == (B,)
    assert registration.former_suppliers(MPAN, START) == ()
    assert registration.former_suppliers("1", START) == ()


def test_an_unknown_supply_point_has_nobody(registration: Registration) -> None:
    assert registration.supplier("1", START) is None
    assert registration.network_operator("1", START) is None
    assert registration.fuel("1") is None
    assert registration.since("1", IS, START) is None
    with pytest.raises(LocalError, match="not registered"):
        registration.register("1", IS, A, START)


def test_a_role_of_the_other_fuel_is_refused(registration: Registration) -> None:
    with pytest.raises(LocalError, match="has no GS"):
        registration.register(MPAN, Responsibility.GAS_SUPPLIER, A, START)


def test_history_is_not_rewritten(registration: Registration) -> None:
    with pytest.raises(LocalError, match="not before"):
        registration.register(MPAN, IS, B, START)


@pytest.mark.parametrize("mpxn", ["", "12a", "²", MPAN])
def test_a_number_that_is_none_or_known_is_refused(registration: Registration, mpxn: str) -> None:
    with pytest.raises(LocalError):
        registration.add(mpxn, Fuel.ELECTRICITY)


@given(steps=st.lists(st.integers(1, 9), max_size=8), asked=st.integers(-2, 60))
def test_the_latest_registration_before_the_moment_counts(steps: list[int], asked: int) -> None:
    registration = Registration()
    registration.add(MPAN, Fuel.ELECTRICITY)
    day, registered = 0, list[tuple[int, Eui64]]()
    for number, step in enumerate(steps):
        day += step
        registered.append((day, Eui64(number)))
        registration.register(MPAN, IS, Eui64(number), START + day * DAY)

    before = [party for day, party in registered if day <= asked]

    assert registration.supplier(MPAN, START + asked * DAY) == (before[-1] if before else None)
