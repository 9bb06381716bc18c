"""Who does by hand what the bench cannot: switch power, read a display (ETAD App. J 6).

A person at a terminal is asked and has so long; a command that the user names does it instead, as
for a power supply or a camera. Where nobody is there, a case that needs somebody is inconclusive.
"""

from dataclasses import dataclass
from typing import Protocol

NOBODY_TOLD = (
    "nobody is there to do it: say operator = 'command ...' in the campaign, or run it at a "
    "terminal"
)


@dataclass(frozen=True, slots=True)
class OperatorStep:
    """One thing to be done.

    Args:
        action: as commands are told it: `power-on`, `power-cycle`, `read-display`.
        device: its name in the campaign.
        words: what a person is asked.
    """

    action: str
    device: str
    words: str


class Operator(Protocol):
    """Does steps."""

    def do(self, step: OperatorStep) -> str | None:
        """What was answered; None when it was not done in time, or nobody is there."""
        ...


class Nobody:
    """Implements `Operator` where nobody is there."""

    def do(self, step: OperatorStep) -> str | None:  # noqa: ARG002 - the one shape of operators
        """Nothing is done."""
        return None


def agreed(answer: str) -> bool:
    """Whether an answer says that what was asked is so."""
    return answer.strip().lower() in ("", "y", "yes", "done", "ok")
