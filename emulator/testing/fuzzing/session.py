"""One device that is fuzzed: what is said to it, what it must do, and what was done so far.

The model is small on purpose: a good command is answered once, and everything else is not answered.
"""

from dataclasses import dataclass
from typing import Final

from emulator.bench.cases.cases import Case, Expectation, Outcome
from emulator.bench.cases.command_maker import CommandMaker
from emulator.bench.running.benched_home import BenchedHome
from emulator.bench.running.conversation import Conversation
from emulator.bench.running.judgement import Judge, Judged, Seen
from emulator.gbcs.envelope import Message
from emulator.gbcs_device.authority import replay_protected
from emulator.kernel.units import Duration, Instant, format_duration
from emulator.lab.kept.result import Verdict
from emulator.testing.fuzzing.plan import FuzzPlan
from emulator.testing.fuzzing.spoiling import Spoiling, spoilt

_ANSWERED: Final = Expectation(Outcome.ANSWERED)
_REFUSED: Final = Expectation(Outcome.REFUSED)
NO_TIME: Final = Duration(0)
_LOWER: Final = 1
"""How far below another a lower counter is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One thing that was done, so that it can be done again.

    Args:
        do: what, by the name of the session's method.
        name: of the use case, where there is one.
        of: which earlier action sent the command that this one is about.
        octets: that were sent.
        how: a command was spoilt.
        duration: that was waited.
    """

    do: str
    name: str = ""
    of: int | None = None
    octets: bytes = b""
    how: Spoiling | None = None
    duration: Duration = NO_TIME


class Departure(AssertionError):  # noqa: N818 - what a device did, not an error of ours
    """The device did what it must not; the message tells the whole sequence.

    Args:
        steps: that led to it, in words.
        judged: what was expected and what was there.
    """

    def __init__(self, steps: tuple[str, ...], judged: Judged) -> None:
        numbered = (f"  {number}. {step}" for number, step in enumerate(steps, 1))
        told = f"{judged.field}: {judged.reason}"
        super().__init__("\n".join((told, *numbered, judged.dump)).rstrip())
        self.steps = steps
        self.judged = judged


@dataclass(frozen=True, slots=True)
class SentCommand:
    """A command that the device carried out, and which action sent it."""

    name: str
    message: Message
    action: int

    def __repr__(self) -> str:
        return f"<{self.name}, counter {self.message.counter}>"


class FuzzSession:
    """A device, from one example to the next.

    Args:
        plan: what is done to it.

    `first` is how it departed first, and what was done until then; None until it does.

    Raises:
        UsageError: when the plan leaves nothing to do.
        EnvironmentFault: when the device does not come up.
    """

    def __init__(self, plan: FuzzPlan) -> None:
        self.plan = plan
        self._cases = plan.cases()
        self.names = tuple(self._cases)
        self._meet()
        self.steps: list[str] = []
        self.actions: list[Action] = []
        self.first: tuple[Departure, tuple[Action, ...]] | None = None

    def _meet(self) -> None:
        """Bring the device up in a home of its own."""
        self._home = BenchedHome(self.plan.tested)
        self._maker = CommandMaker(self._home.keys, self._home.eui64)
        self._talk = Conversation(self._home, self._maker)
        self._judge = Judge(self._maker.protection)

    @property
    def now(self) -> Instant:
        """What time it is in the home."""
        return self._home.lab.scheduler.now

    @property
    def real(self) -> bool:
        """Whether the device is really there, and nobody can put it back."""
        return self.plan.tested.outside is not None

    def begin(self) -> None:
        """Put the device back to how it was; a real one goes on, under counters not used yet.

        An emulated one that departs, or is broken on purpose, is a new one: what broke it may be
        where putting it back does not reach.
        """
        if not self.real and (self.first is not None or self.plan.tested.defect is not None):
            self._meet()
        self._home.reset()
        self._talk.begin()
        self._talk.counter += _LOWER  # below the first command, too, is above what the device had
        self.steps.clear()
        self.actions.clear()

    def send(self, name: str) -> SentCommand:
        """Send a good command, which must be answered.

        Raises:
            Departure: when it is not.
        """
        self.actions.append(Action(do="send", name=name))
        message = self._talk.command(self._case(name))
        self._say(f"send {name}", message, _ANSWERED)
        return SentCommand(name, message, len(self.actions) - 1)

    def replayable(self, sent: SentCommand) -> bool:
        """Whether the device must refuse a command a second time."""
        return replay_protected(self._case(sent.name).use_case)

    def replay(self, sent: SentCommand) -> None:
        """Send a command again, octet for octet.

        Raises:
            Departure: when it is answered.
        """
        self.actions.append(Action(do="replay", of=sent.action))
        self._say(f"send {sent.name} again, octet for octet", sent.message, _REFUSED)

    def send_below(self, sent: SentCommand) -> None:
        """Send the use case again under a lower counter.

        Raises:
            Departure: when it is answered.
        """
        self.actions.append(Action(do="send_below", of=sent.action))
        counter = sent.message.counter - _LOWER
        message = self._talk.command(self._case(sent.name), counter=counter)
        self._say(f"send {sent.name} under a lower counter", message, _REFUSED)

    def spoil(self, name: str, how: Spoiling) -> None:
        """Send a spoilt command, where there is something to spoil.

        Raises:
            Departure: when it is answered.
        """
        bare = self._talk.bare(self._case(name))
        octets = spoilt(self._maker, bare, how)
        if octets is None:
            return
        self.actions.append(Action(do="spoil", name=name, how=how))
        self._note(f"send {name}, but {how.value}")
        seen = self._talk.say_octets(octets, bare)
        self._require(self._judge.judge(bare, _REFUSED, seen))

    def say_octets(self, octets: bytes) -> None:
        """Send octets that are no command.

        Raises:
            Departure: when a response comes.
        """
        self.actions.append(Action(do="say_octets", octets=octets))
        self._note(f"send the octets {octets.hex() or '(none)'}")
        about = self._talk.bare(next(iter(self._cases.values())))
        self._require(self._judge.judge(about, _REFUSED, self._talk.say_octets(octets, about)))

    def wait(self, duration: Duration) -> None:
        """Let time pass."""
        self.actions.append(Action(do="wait", duration=duration))
        self.steps.append(f"wait {format_duration(duration)}")
        self._home.wait(duration, until_heard=False)

    def cut_power(self) -> None:
        """Take the device's power and give it back.

        Raises:
            Departure: when it does not come back.
        """
        self.actions.append(Action(do="cut_power"))
        self._note("cut its power")
        if not self._home.power_cycle():
            reason = "it did not come back"
            self._require(Judged(verdict=Verdict.FAIL, field="power", reason=reason))

    def alive(self) -> bool:
        """Whether the device still answers the simplest command that there is."""
        message = self._talk.command(next(iter(self._cases.values())))
        return bool(self._talk.say(message).responses)

    def _case(self, name: str) -> Case:
        return self._cases[name]

    def _say(self, step: str, message: Message, expected: Expectation) -> None:
        self._note(step)
        seen: Seen = self._talk.say(message)
        self._require(self._judge.judge(message, expected, seen))

    def _note(self, step: str) -> None:
        """Tell a step, and let the device have its pause before it."""
        self._home.wait(self.plan.pace, until_heard=False)
        self.steps.append(step)

    def _require(self, judged: Judged) -> None:
        if judged.verdict is Verdict.FAIL:
            departure = Departure(tuple(self.steps), judged)
            self.first = self.first or (departure, tuple(self.actions))
            raise departure
