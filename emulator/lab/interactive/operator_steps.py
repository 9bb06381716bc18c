"""Steps that a person does at a terminal, or a command of the user's, each with a time limit."""

import select
import shlex
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol, TextIO

from emulator.kernel.errors import EnvironmentFault, UsageError

LIMIT: Final = 300.0
"""Seconds for a step, where the user gives no other limit."""
_SKIP: Final = ("skip", "s")


class Step(Protocol):
    """One thing to be done."""

    @property
    def action(self) -> str:
        """As commands are told it."""
        ...

    @property
    def device(self) -> str:
        """The device it is about."""
        ...

    @property
    def words(self) -> str:
        """What a person is asked."""
        ...


@dataclass(frozen=True, slots=True)
class AskedPerson:
    """A person at a terminal: Enter says that it is done, `skip` that it is not.

    Args:
        tell: shows a line.
        source: where answers come from.
        limit: seconds.
    """

    tell: Callable[[str], None]
    source: TextIO
    limit: float = LIMIT

    def do(self, step: Step) -> str | None:
        """What the person answered; None when the time is over, or the step is skipped."""
        self.tell(
            f"{step.device}: {step.words} [Enter when done, skip to leave it, {self.limit:.0f} s]"
        )
        ready, _, _ = select.select((self.source,), (), (), self.limit)
        if not ready:
            self.tell(f"{step.device}: not done in {self.limit:.0f} s")
            return None
        line = self.source.readline()
        answer = line.strip()
        return None if not line or answer.lower() in _SKIP else answer


@dataclass(frozen=True, slots=True)
class AskedCommand:
    """A command of the user's, called with action and device; what it prints is the answer.

    Args:
        words: the command and its first arguments.
        limit: seconds.
    """

    words: tuple[str, ...]
    limit: float = LIMIT

    def do(self, step: Step) -> str | None:
        """What the command printed; None when it failed or took too long.

        Raises:
            EnvironmentFault: when there is no such command.
        """
        try:
            done = subprocess.run(  # noqa: S603 - the user's own command, without a shell
                (*self.words, step.action, step.device, step.words),
                capture_output=True,
                text=True,
                timeout=self.limit,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return None
        except OSError as fault:
            raise EnvironmentFault(f"operator {shlex.join(self.words)}: {fault}") from fault
        return done.stdout.strip() if done.returncode == 0 else None


def read_operator(text: str) -> tuple[str, ...]:
    """The words of `operator = "command ..."`.

    Raises:
        UsageError: when it is no `command` with words after it.
    """
    try:
        first, *rest = shlex.split(text) or [""]
    except ValueError as fault:
        raise UsageError(f"operator {text!r}: {fault}") from fault
    if first != "command" or not rest:
        raise UsageError(f"operator {text!r}: expected command PROGRAM [ARGUMENT]...")
    return tuple(rest)


def confirmed(question: str, *, yes: bool, source: TextIO, lines: Sequence[str] = ()) -> bool:
    """Whether somebody agrees to go on.

    Args:
        question: what is to happen.
        yes: whether that was said on the command line.
        source: where an answer comes from.
        lines: what it is about.

    Raises:
        UsageError: when nobody can be asked.
    """
    if yes:
        return True
    if not source.isatty():
        raise UsageError(*lines, f"{question}: nobody is there to be asked: say --yes")
    for line in lines:
        sys.stderr.write(f"{line}\n")
    sys.stderr.write(f"{question} [y/N] ")
    sys.stderr.flush()
    return source.readline().strip().lower() in ("y", "yes")
