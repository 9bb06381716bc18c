"""Whoever types wrong codes again and again has to wait (GBCS 16.2, 81C4 and 81C5)."""

from emulator.gbcs_device.gas_meter.watch import GasEvent
from emulator.metering.quantities import HOUR
from tests.gbcs_device.gas_meter.scene import CODES, POUND, TWELVE_POUNDS_FIFTY, prepaid_meter

CODE = CODES[0].decode()


def test_code_that_is_typed_is_taken_and_told_as_added_locally() -> None:
    meter = prepaid_meter()
    meter.tell_all(GasEvent.CREDIT_ADDED_LOCALLY, GasEvent.USER_INPUT_DONE)

    assert meter.keypad.enter(CODE).result == "ACCEPTED"
    meter.hear(meter.executor.settle())

    assert meter.balance == 10 * POUND + TWELVE_POUNDS_FIFTY
    assert meter.told == [GasEvent.CREDIT_ADDED_LOCALLY, GasEvent.USER_INPUT_DONE]
    (logged,) = meter.executor.store.top_ups.top_ups
    assert logged.top_up_amount == TWELVE_POUNDS_FIFTY


def test_wrong_codes_suspend_entry_for_an_hour() -> None:
    meter = prepaid_meter()
    meter.tell_all(GasEvent.MANUAL_ENTRY_SUSPENDED, GasEvent.TOKEN_LOCKED_OUT)
    for _ in range(5):
        assert meter.keypad.enter("1" * 20).result == "INVALID"

    assert meter.keypad.enter(CODE).result == "KEYPAD_LOCKED"
    meter.live(HOUR)

    assert GasEvent.MANUAL_ENTRY_SUSPENDED in meter.told
    assert GasEvent.TOKEN_LOCKED_OUT in meter.told
    assert meter.told.count(GasEvent.TOKEN_NOT_AUTHENTIC) == 5
    assert meter.keypad.enter(CODE).result == "ACCEPTED"


def test_text_that_is_no_digits_is_invalid() -> None:
    assert prepaid_meter().keypad.enter("\u00e9" * 20).result == "INVALID"
