from emulator.alt_han.refusal import Refusal


def test_a_refusal_reads_as_reason_and_clause() -> None:
    assert str(Refusal("DCP 400 6.9", "not in scope")) == "not in scope (DCP 400 6.9)"
