from emulator.kernel.units import START, Instant
from emulator.lab.kept.result import Step, Verdict
from emulator.lab.steps.unmet import StepFailed


def test_failure_tells_step_verdict_and_detail() -> None:
    step = Step("GSME joins", "ZSE 1.4 5.5.5.1", Verdict.FAIL, START, Instant(5), "no beacon")

    assert str(StepFailed(step)) == "GSME joins: fail, no beacon"


def test_failure_without_detail_tells_the_verdict() -> None:
    step = Step("GSME joins", "", Verdict.INCONCLUSIVE, START, START)

    assert str(StepFailed(step)) == "GSME joins: inconclusive"
    assert StepFailed(step).step is step
