"""A step: what is done, what must follow, and what the report then says."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from emulator.kernel.errors import UsageError
from emulator.kernel.scheduler import Scheduler
from emulator.kernel.units import START, Instant, seconds
from emulator.lab.kept.result import Step, StepMessage, Verdict
from emulator.lab.steps.step_builder import StepBuilder
from emulator.lab.steps.unmet import StepFailed


@dataclass
class Host:
    """As much of a laboratory as a step needs."""

    scheduler: Scheduler = field(default_factory=Scheduler)
    steps: list[Step] = field(default_factory=list)
    said: list[tuple[str, int]] = field(default_factory=list)
    crossed: list[StepMessage] = field(default_factory=list)

    def report_progress(self, doing: str) -> None:
        self.said.append((doing, self.scheduler.now))

    def take_messages(self) -> tuple[StepMessage, ...]:
        taken = tuple(self.crossed)
        self.crossed.clear()
        return taken

    def step(self) -> StepBuilder:
        return StepBuilder(self, "it happens", "ZSE 1.4 5.4", self.scheduler.now)

    def happens(self, after: int, every: int = 0) -> list[int]:
        """A list that grows at an instant, and then again and again."""
        seen: list[int] = []

        def grow() -> None:
            seen.append(self.scheduler.now)
            if every:
                self.scheduler.after(seconds(every), grow)

        self.scheduler.at(Instant(after), grow)
        return seen


SECOND = 1_000_000


def test_step_ends_when_its_condition_holds() -> None:
    host = Host()
    seen = host.happens(3 * SECOND)

    host.step().until(lambda: bool(seen), within="5 s", detail=lambda: f"{len(seen)} seen")

    assert host.steps == [
        Step("it happens", "ZSE 1.4 5.4", Verdict.PASS, START, Instant(3 * SECOND), "1 seen")
    ]


def test_a_message_belongs_to_the_step_in_which_it_crossed() -> None:
    host = Host()
    first = StepMessage(START, "DCC", "ESME", "Command of ECS70", ("line",))
    second = StepMessage(START, "ESME", "DCC", "Response of ECS70", ("line",))

    host.step().do(lambda: host.crossed.append(first)).done()
    host.step().do(lambda: host.crossed.append(second)).done()

    assert [step.messages for step in host.steps] == [(first,), (second,)]


def test_step_whose_condition_holds_already_takes_no_time() -> None:
    host = Host()

    host.step().until(lambda: True, within="5 s")

    assert host.steps[0].end == START


@pytest.mark.parametrize(
    ("otherwise", "detail"),
    [(None, "not within 5 s"), (lambda: "scanning", "not within 5 s: scanning")],
)
def test_step_whose_condition_never_holds_fails_at_its_limit(
    otherwise: Callable[[], str] | None, detail: str
) -> None:
    host = Host()

    with pytest.raises(StepFailed) as failed:
        host.step().until(lambda: False, within="5 s", otherwise=otherwise)

    assert failed.value.step == host.steps[0]
    assert (host.steps[0].verdict, host.steps[0].detail) == (Verdict.FAIL, detail)
    assert host.scheduler.now == 5 * SECOND


def test_what_must_never_happen_and_does_not_passes_after_its_time() -> None:
    host = Host()

    host.step().unless(lambda: False, for_="5 s", detail=lambda: "quiet")

    assert (host.steps[0].verdict, host.steps[0].detail) == (Verdict.PASS, "quiet")
    assert host.scheduler.now == 5 * SECOND


def test_what_must_never_happen_fails_as_soon_as_it_does() -> None:
    host = Host()
    seen = host.happens(2 * SECOND)

    with pytest.raises(StepFailed):
        host.step().unless(lambda: bool(seen), for_="5 s")

    assert host.steps[0].end == 2 * SECOND


@pytest.mark.parametrize(("holds", "verdict"), [(True, Verdict.PASS), (False, Verdict.FAIL)])
def test_expectation_is_judged_now(holds: bool, verdict: Verdict) -> None:
    host = Host()
    step = host.step()

    if holds:
        step.expect(lambda: holds, "as told")
    else:
        with pytest.raises(StepFailed):
            step.expect(lambda: holds, "as told")

    assert (host.steps[0].verdict, host.steps[0].detail) == (verdict, "as told")


def test_step_can_only_let_time_pass_or_only_do_something() -> None:
    host = Host()
    done: list[str] = []

    host.step().do(lambda: done.append("first")).do(lambda: done.append("second")).done("both")
    host.step().run("2 h")

    assert done == ["first", "second"]
    assert [each.detail for each in host.steps] == ["both", ""]
    assert host.steps[1].end == 7200 * SECOND


def test_whoever_watches_is_told_about_once_a_virtual_second() -> None:
    host = Host()
    host.happens(0, every=1)

    host.step().run("10 s")

    assert {what for what, _ in host.said} == {"it happens"}
    assert len(host.said) in range(10, 13)


def test_whoever_watches_is_not_told_of_everything_that_happens() -> None:
    host = Host()
    for instant in range(400_000, 3 * SECOND, 400_000):
        host.scheduler.at(Instant(instant), lambda: None)

    host.step().run("3 s")

    assert [instant for _, instant in host.said] == [0, 1_200_000, 2_400_000]


def test_ctrl_c_leaves_a_step_that_decided_nothing() -> None:
    host = Host()

    def interrupted() -> bool:
        raise KeyboardInterrupt

    host.scheduler.at(Instant(SECOND), interrupted)

    with pytest.raises(KeyboardInterrupt):
        host.step().run("5 s")

    (step,) = host.steps
    assert (step.verdict, step.detail, step.end) == (Verdict.INCONCLUSIVE, "interrupted", SECOND)


def test_time_that_cannot_be_read_is_a_mistake_of_the_scenario() -> None:
    with pytest.raises(UsageError, match="expected a number"):
        Host().step().run("a while")
