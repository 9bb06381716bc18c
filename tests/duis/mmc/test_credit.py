"""How debt is collected, both ways: from what commands set."""

import pytest

from emulator.duis.mmc import credit
from emulator.duis.mmc.content import Conversion
from emulator.gbcs.commands.parameter_groups import grouped_values
from emulator.gbcs.use_cases.catalogue import use_case

ELECTRICITY, GAS = use_case(0x001B), use_case(0x006D)


def _set(*, disabled: bool, emergency: bool) -> dict[str, object]:
    flat = {"SuspendDebtDisabled": str(disabled), "SuspendDebtEmergency": str(emergency)}
    return grouped_values(flat, ELECTRICITY)


@pytest.mark.parametrize("disabled", [True, False])
@pytest.mark.parametrize("emergency", [True, False])
def test_what_a_command_sets_is_read_back(disabled: bool, emergency: bool) -> None:
    values = _set(disabled=disabled, emergency=emergency)
    listed, bits = values["credit_charge_configuration"], values["payment_control_configuration"]
    assert isinstance(listed, list)
    rows = tuple(
        (bytes.fromhex(each["credit"]), bytes.fromhex(each["charge"]), each["collection"])
        for each in listed
    )

    def told(convert: Conversion, value: object) -> str:
        made = convert(value)
        assert made is not None
        return made.text

    assert told(credit.suspended_when_disabled, rows) == str(disabled).lower()
    assert told(credit.suspended_in_emergency, rows) == str(emergency).lower()
    assert told(credit.gas_suspended_when_disabled, bits) == str(disabled).lower()
    assert told(credit.gas_suspended_in_emergency, bits) == str(emergency).lower()
    assert told(credit.gas_payment_mode, bits) == "Prepayment"


def test_credit_mode_suspends_nothing() -> None:
    mode = credit.gas_payment_mode(0x0094)

    assert mode is not None
    assert mode.text == "Credit"
    assert credit.gas_suspended_when_disabled(0x0094) is None
    assert credit.suspended_when_disabled(()) is None
    assert credit.suspended_in_emergency(None) is None
