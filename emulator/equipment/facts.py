"""What the meeting of network and remote parties tells the trace."""

from dataclasses import dataclass
from typing import ClassVar

from emulator.kernel.identity import Eui64


@dataclass(frozen=True, slots=True)
class MessageUnroutable:
    """A message that nobody here can take further; `recipient` None where it names none."""

    kind: ClassVar[str] = "message_unroutable"
    recipient: Eui64 | None
    reason: str


@dataclass(frozen=True, slots=True)
class ClockCompared:
    """A meter compared its clock with the hub's.

    Args:
        outcome: `in step`, `adjusted`, `outside tolerance`, `no answer` or `hub without time`.
        move: microseconds by which the clock would have to be set forward; back if negative.
    """

    kind: ClassVar[str] = "clock_compared"
    outcome: str
    move: int = 0


@dataclass(frozen=True, slots=True)
class HomeRequestAnswered:
    """What came of something that a display asked a meter for.

    Args:
        outcome: how the exchange ended, or `not found`.
        answer: octets of what the meter said.
    """

    kind: ClassVar[str] = "home_request_answered"
    cluster: int
    command: int
    outcome: str
    answer: str


@dataclass(frozen=True, slots=True)
class MessageLost:
    """A message for a device did not reach it, and is not tried again."""

    kind: ClassVar[str] = "message_lost"
    recipient: Eui64
    reason: str
