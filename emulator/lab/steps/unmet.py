"""How a step that did not come to what it must ends the scenario."""

from emulator.kernel.errors import LabError
from emulator.lab.kept.result import Step


class StepFailed(LabError):  # noqa: N818 - a verdict that ends the scenario, not a defect
    """A step of the scenario did not come to what it must; its verdict is the run's.

    Args:
        step: the step, which also stands among the steps of the laboratory.
    """

    def __init__(self, step: Step) -> None:
        told = f"{step.name}: {step.verdict.value}"
        super().__init__(f"{told}, {step.detail}" if step.detail else told)
        self.step = step
