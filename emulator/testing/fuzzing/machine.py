"""A stateful test of Hypothesis that fuzzes a device, and a search for the shortest departure."""

from dataclasses import dataclass
from typing import Any, ClassVar, Final

from hypothesis import HealthCheck, Phase, Verbosity, settings
from hypothesis import strategies as st
from hypothesis.errors import Flaky
from hypothesis.stateful import (
    Bundle,
    MultipleResults,
    RuleBasedStateMachine,
    multiple,
    precondition,
    rule,
    run_state_machine_as_test,
)

from emulator.kernel.units import minutes, seconds
from emulator.testing.fuzzing.plan import FuzzPlan
from emulator.testing.fuzzing.session import Departure, FuzzSession, SentCommand
from emulator.testing.fuzzing.shortest import shortest
from emulator.testing.fuzzing.spoiling import Spoiling

_USE_CASES: Final = st.runner().flatmap(lambda machine: st.sampled_from(machine.session.names))
_PAUSES: Final = st.sampled_from([seconds(10), minutes(1), minutes(31)])


class DeviceFuzzer(RuleBasedStateMachine):
    """Any order of good commands, replays, spoilt commands, octets, pauses and power cuts.

    Use `fuzzing_machine`, which gives it a device.
    """

    session: ClassVar[FuzzSession]
    commands = Bundle("commands")

    def __init__(self) -> None:
        super().__init__()
        self.session.begin()

    @rule(target=commands, use_case=_USE_CASES)
    def send(self, use_case: str) -> SentCommand | MultipleResults[SentCommand]:
        """A good command; one that is protected against replay can be replayed from now on."""
        sent = self.session.send(use_case)
        return sent if self.session.replayable(sent) else multiple()

    @rule(sent=commands)
    def replay(self, sent: SentCommand) -> None:
        """A command comes a second time."""
        self.session.replay(sent)

    @rule(sent=commands)
    def send_below(self, sent: SentCommand) -> None:
        """A use case comes again under a lower counter."""
        self.session.send_below(sent)

    @rule(use_case=_USE_CASES, how=st.sampled_from(Spoiling))
    def spoil(self, use_case: str, how: Spoiling) -> None:
        """A spoilt command."""
        self.session.spoil(use_case, how)

    @rule(octets=st.binary(max_size=80))
    def say_octets(self, octets: bytes) -> None:
        """Octets that are no command."""
        self.session.say_octets(octets)

    @rule(duration=_PAUSES)
    def wait(self, duration: Any) -> None:
        """A pause."""
        self.session.wait(duration)

    @precondition(lambda self: self.session.plan.power_cuts)
    @rule()
    def cut_power(self) -> None:
        """A power cut."""
        self.session.cut_power()


def fuzzing_machine(plan: FuzzPlan) -> type[DeviceFuzzer]:
    """A machine for one device; its `TestCase` is a test for pytest or unittest.

    Raises:
        UsageError: when the plan leaves nothing to do.
        EnvironmentFault: when the device does not come up.
    """
    name = f"{plan.tested.name or plan.tested.kind.value}Fuzzer"
    return type(name, (DeviceFuzzer,), {"session": FuzzSession(plan)})


@dataclass(frozen=True, slots=True)
class Finding:
    """The shortest sequence that makes a device depart.

    Args:
        steps: in words.
        reason: what was expected and what was there.
    """

    steps: tuple[str, ...]
    reason: str


def find_departure(plan: FuzzPlan, *, examples: int = 100, steps: int = 20) -> Finding | None:
    """Fuzz a device; the same plan finds the same. None when it departs from nothing.

    Args:
        plan: what is done to it.
        examples: sequences that are tried.
        steps: of the longest of them.
    """
    asked = settings(
        max_examples=examples,
        stateful_step_count=steps,
        database=None,
        deadline=None,
        derandomize=True,
        report_multiple_bugs=False,
        print_blob=False,
        verbosity=Verbosity.quiet,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    fuzzer = fuzzing_machine(plan)
    session = fuzzer.session
    try:
        run_state_machine_as_test(fuzzer, settings=asked)
    except Departure as departure:
        found = shortest(session, departure, tuple(session.actions))
    except Flaky:
        if session.first is None:
            raise
        found = shortest(session, *session.first)
    else:
        return None
    return Finding(found.steps, f"{found.judged.field}: {found.judged.reason}")


def check_device(plan: FuzzPlan, *, examples: int = 100, steps: int = 20) -> None:
    """Fuzz a device, and fail with the shortest sequence that makes it depart.

    Args:
        plan: what is done to it.
        examples: sequences that are tried.
        steps: of the longest of them.

    Raises:
        AssertionError: when it departs; the message tells the sequence.
    """
    found = find_departure(plan, examples=examples, steps=steps)
    if found is not None:
        numbered = (f"  {number}. {step}" for number, step in enumerate(found.steps, 1))
        raise AssertionError("\n".join((found.reason, *numbered)))
