import pytest

from emulator.gbcs_device.gbz.state.as_shipped import GSME
from emulator.gbcs_device.gbz.state.balances import CREDIT_REMAINING, PREPAYMENT, add_credit
from emulator.gbcs_device.gbz.state.store import MeterStore

MOST = 0x7FFFFFFF


@pytest.mark.parametrize(
    ("before", "value", "after"), [(5, 7, 12), (MOST, 1, MOST), (-MOST, -1, -MOST)]
)
def test_credit_is_added_up_to_what_the_attribute_can_hold(
    before: int, value: int, after: int
) -> None:
    store = MeterStore({**GSME, (PREPAYMENT, CREDIT_REMAINING): before})

    assert add_credit(store, value) == after
    assert store.attributes.number(PREPAYMENT, CREDIT_REMAINING) == after
