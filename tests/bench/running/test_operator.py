"""Where nobody is there, nothing is done."""

from emulator.bench.running.operator import Nobody, OperatorStep


def test_nobody_does_nothing() -> None:
    assert Nobody().do(OperatorStep("power-on", "meter", "give it power")) is None
