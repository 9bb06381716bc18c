"""A home at a prompt: what the commands of `hanlab up` share."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from emulator.gbcs.use_cases.record import UseCase
from emulator.lab.installing.installation import Installation
from emulator.lab.kept.result import StepMessage


def always(_use_case: UseCase) -> bool:
    """Nobody needs to be asked: no device is really there."""
    return True


@dataclass(slots=True)
class Session:
    """A home that is up, and somebody who talks to it.

    Args:
        work: the home and the DCC.
        console: where answers go.
        report: writes the files of a run about everything so far, and gives the path of the report.
        agreed: whether a use case may be sent; asks before a destructive one on a real device.
        status: the exit status so far.
        over: whether it is to end.
        shown: how many messages were shown.
    """

    work: Installation
    console: Console
    report: Callable[[Path], Path]
    agreed: Callable[[UseCase], bool] = always
    status: int = 0
    over: bool = False
    shown: int = 0

    def messages(self) -> tuple[StepMessage, ...]:
        """Every message that crossed the wide area network, in order."""
        return tuple(each for step in self.work.lab.steps for each in step.messages)


@dataclass(frozen=True, slots=True)
class PromptCommand:
    """One command of the prompt.

    Args:
        usage: how it is written.
        about: what it does, in a few words.
        run: does it; raises `UsageError` for wrong words.
    """

    usage: str
    about: str
    run: Callable[[Session, tuple[str, ...]], None]


PromptCommands = Mapping[str, PromptCommand]
