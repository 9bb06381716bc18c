"""A step of a scenario: what is done, what must follow, and how long that may take."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol, Self

from emulator.kernel.scheduler import Scheduler
from emulator.kernel.units import Instant, later, parse_duration, seconds
from emulator.lab.kept.result import Step, StepMessage, Verdict
from emulator.lab.steps.unmet import StepFailed

Condition = Callable[[], bool]
_BETWEEN_PROGRESS: Final = seconds(1)
"""Of virtual time, at least, from one progress line to the next."""


class StepHost(Protocol):
    """What a step needs of the laboratory."""

    scheduler: Scheduler
    steps: list[Step]

    def report_progress(self, doing: str) -> None:
        """Tell whoever watches what is going on."""
        ...

    def take_messages(self) -> tuple[StepMessage, ...]:
        """What crossed the wide area network since this was last asked."""
        ...


@dataclass(slots=True)
class StepBuilder:
    """One step; ended by `until`, `unless`, `expect`, `run` or `done`.

    Args:
        host: the laboratory.
        name: what a report calls it.
        clause: where the rule stands that it exercises.
    """

    host: StepHost
    name: str
    clause: str
    start: Instant

    def do(self, action: Callable[[], object]) -> Self:
        """Do something now."""
        action()
        return self

    def until(
        self,
        condition: Condition,
        *,
        within: str,
        detail: Callable[[], str] | None = None,
        otherwise: Callable[[], str] | None = None,
        hopeless: Condition | None = None,
    ) -> None:
        """Run until `condition` holds, or never will.

        Args:
            condition: asked after everything that happens.
            within: how long that may take, written like "15 min".
            detail: what the report says when it did.
            otherwise: what it says when it did not.
            hopeless: whether it is certain that it will not; then nothing more is waited for.

        Raises:
            StepFailed: when it does not within the time.
        """

        def over() -> bool:
            return condition() or (hopeless is not None and hopeless())

        ended = self._run(within, over)
        if ended and condition():
            self._end(Verdict.PASS, detail() if detail else "")
            return
        told = otherwise() if otherwise else ""
        why = "given up" if ended else f"not within {within}"
        self._end(Verdict.FAIL, why + (f": {told}" if told else ""))

    def unless(
        self, condition: Condition, *, for_: str, detail: Callable[[], str] | None = None
    ) -> None:
        """Run for a time in which `condition` must never hold.

        Raises:
            StepFailed: as soon as it does.
        """
        happened = self._run(for_, condition)
        told = detail() if detail else ""
        self._end(Verdict.FAIL if happened else Verdict.PASS, told)

    def expect(self, condition: Condition, detail: str = "") -> None:
        """Check that `condition` holds now.

        Raises:
            StepFailed: when it does not.
        """
        self._end(Verdict.PASS if condition() else Verdict.FAIL, detail)

    def run(self, for_: str) -> None:
        """Let time pass, and end the step."""
        self._run(for_, None)
        self._end(Verdict.PASS, "")

    def done(self, detail: str = "") -> None:
        """End the step; what was done is all of it."""
        self._end(Verdict.PASS, detail)

    def _run(self, limit: str, condition: Condition | None) -> bool:
        scheduler = self.host.scheduler
        if condition is not None and condition():
            return True
        told = scheduler.now

        def stop() -> bool:
            nonlocal told
            if scheduler.now - told >= _BETWEEN_PROGRESS:
                told = scheduler.now
                self.host.report_progress(self.name)
            return condition is not None and condition()

        self.host.report_progress(self.name)
        until = later(scheduler.now, parse_duration(limit))
        try:
            return scheduler.run(until, stop=stop)
        except KeyboardInterrupt:
            self._record(Verdict.INCONCLUSIVE, "interrupted")
            raise

    def _end(self, verdict: Verdict, detail: str) -> None:
        step = self._record(verdict, detail)
        if verdict is Verdict.FAIL:
            raise StepFailed(step)

    def _record(self, verdict: Verdict, detail: str) -> Step:
        step = Step(
            name=self.name,
            clause=self.clause,
            verdict=verdict,
            start=self.start,
            end=self.host.scheduler.now,
            detail=detail,
            messages=self.host.take_messages(),
        )
        self.host.steps.append(step)
        return step
