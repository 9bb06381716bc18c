import pytest

from emulator.metering.prepayment.terms import SupplyState
from emulator.metering.supply_switch import SupplySwitch

ON, OFF, ARMED = SupplyState.ENABLED, SupplyState.DISABLED, SupplyState.ARMED


def switch(
    commanded: SupplyState = ON, *, limited: bool = False, locked: bool = False
) -> SupplySwitch:
    made = SupplySwitch()
    made.commanded, made.limited, made.locked = commanded, limited, locked
    return made


@pytest.mark.parametrize(
    ("made", "account", "shown"),
    [
        (switch(), ON, ON),
        (switch(OFF), ON, OFF),
        (switch(ARMED), ON, ARMED),
        (switch(ARMED), OFF, OFF),
        (switch(limited=True), ON, ARMED),
        (switch(limited=True), OFF, OFF),
        (switch(locked=True), ARMED, OFF),
        (switch(), ARMED, ARMED),
    ],
)
def test_strongest_reason_is_shown(
    made: SupplySwitch, account: SupplyState, shown: SupplyState
) -> None:
    assert made.state(account) is shown


def test_supply_passes_only_without_any_reason() -> None:
    reasons = (switch(OFF), switch(ARMED), switch(limited=True), switch(locked=True))
    assert not any(each.lets_through for each in reasons)
    for each in reasons:
        again = SupplySwitch()
        again.restore(each.snapshot())
        assert again.state(ON) is each.state(ON)
        each.release()
        assert each.lets_through
