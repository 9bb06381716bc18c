from emulator.gbcs.protection.refusal import ProtectionError, Rule
from emulator.kernel.errors import SecurityError


def test_refusal_names_field_place_rule_and_reason() -> None:
    refusal = ProtectionError(Rule.COUNTER, "Message.counter", 17, "7, expected above 7")

    assert isinstance(refusal, SecurityError)
    assert str(refusal) == "Message.counter at byte 17: originator counter: 7, expected above 7"
