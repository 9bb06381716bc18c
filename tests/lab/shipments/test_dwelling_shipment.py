import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.errors import UsageError
from emulator.lab.shipments.dwelling_shipment import MOST_DWELLINGS, dwelling_shipment
from emulator.lab.shipments.mpxn import mpan_doubt, mprn_doubt

KINDS = ("ESME", "GSME", "IHD")


@given(st.integers(0, MOST_DWELLINGS - 1), st.integers(0, MOST_DWELLINGS - 1))
def test_two_dwellings_have_nothing_in_common(one: int, other: int) -> None:
    first, second = dwelling_shipment(one, KINDS), dwelling_shipment(other, KINDS)
    eui64s = [{each.eui64 for each in shipment.devices} for shipment in (first, second)]

    assert (first == second) is (one == other)
    assert eui64s[0].isdisjoint(eui64s[1]) is (one != other)
    assert (set(first.install_codes) & set(second.install_codes) == set()) is (one != other)


def test_supply_points_have_right_check_digits() -> None:
    by_type = {each.type: each for each in dwelling_shipment(23, KINDS).devices}

    assert mpan_doubt(by_type["ESME"].mpxn) is None
    assert mprn_doubt(by_type["GSME"].mpxn) is None
    assert by_type["IHD"].mpxn == ""


def test_everything_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(UsageError) as refused:
        dwelling_shipment(-1, ("CHF", "TOASTER"))

    assert len(refused.value.problems) == 3
