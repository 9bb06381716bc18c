"""Commands that wait for their date: what is told when it comes (GBCS 9.2.2).

When the date of a `Deferred` comes, the device carries it out and sends one alert for it, 8F66 or,
when its effects hold `ExecutionFailed`, 8F67. The alert's payload is the `response` of what
`carry_out` gives; where that is None, it is made from the description, a `FutureDated`. A
`Deferred` without description is carried out and nothing is told.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeGuard, runtime_checkable

from emulator.gbcs_device.execution import Deferred
from emulator.kernel.identity import Eui64
from emulator.kernel.likeness import is_like


@dataclass(frozen=True, slots=True)
class CosemItem:
    """The attribute or method that waited, as the alert of code 00CC names it (GBCS 16.2)."""

    class_id: int
    logical_name: bytes
    member: int


@dataclass(frozen=True, slots=True)
class ZclItem:
    """The ZCL command that waited, as the alert of code 00CD names it (GBCS 16.2)."""

    cluster: int
    frame_control: int
    command: int


@dataclass(frozen=True, slots=True)
class FutureDated:
    """Which command waited, and which part of it.

    Args:
        message_code: of the command.
        counter: its originator counter.
        originator: who sent it, and is told.
        item: None where the alert's payload comes with what was carried out.
    """

    message_code: int
    counter: int
    originator: Eui64
    item: CosemItem | ZclItem | None = None


@dataclass(frozen=True, slots=True)
class ExecutionFailed:
    """Effect of something that waited and could not be carried out."""


@dataclass(frozen=True, slots=True)
class ExecutionSuperseded:
    """Effect of something that waited, but was cancelled or replaced since: nothing is told."""


@runtime_checkable
class KeepsWaiting(Protocol):
    """An executor that knows at any time what it still has to do.

    The device asks after every command and after a restored snapshot, so that what was cancelled
    is gone and what waited survives a loss of power. Without it only `Executed.deferred` counts.
    """

    def waiting(self) -> Sequence[Deferred]:
        """What waits for its date, in the order of the commands."""
        ...


def keeps_waiting(executor: object) -> TypeGuard[KeepsWaiting]:
    """Whether an executor is such a one."""
    return is_like(type(executor), KeepsWaiting)
