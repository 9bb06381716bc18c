from emulator.dlms.access import AccessResult
from emulator.dlms.data import NULL
from emulator.gbcs_device.cosem.duty import Duty, ItemOutcome


def test_outcome_is_a_success_without_data_unless_told() -> None:
    assert ItemOutcome() == ItemOutcome(AccessResult.SUCCESS, NULL, ())


def test_duty_answers_for_nothing_unless_told() -> None:
    duty = Duty(name="nothing")

    tables = (duty.reads, duty.writes, duty.methods, duty.told, duty.given_back)
    assert not any(tables)
    assert duty.kept is None
