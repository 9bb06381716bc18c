"""What executing a command means, whatever its payload is written in (GBCS 7.2).

The device has checked the message before an executor sees it: code, parties, counter, signature,
MAC and the sender's authority. The executor knows the objects; it is one per way of writing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from emulator.gbcs.envelope import Message
from emulator.gbcs.payload import Payload
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs.use_cases.record import UseCase


@dataclass(frozen=True, slots=True)
class InjectedFault:
    """An item of a command that shall fail, so that error answers can be seen.

    Args:
        item: its place among the items of the command, from 0.
        result: what it answers, as its payload numbers results.
    """

    item: int
    result: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command that may be executed.

    Args:
        sender: the role under which the device knows who sent it.
        moment: the device's own time, UTC.
        encrypt: encrypts sensitive data for whoever may read the answer (GBCS 8.4).
        faults: items that shall fail.
    """

    message: Message
    payload: Payload
    use_case: UseCase
    sender: RemotePartyRole
    moment: datetime
    encrypt: Callable[[bytes], bytes]
    faults: tuple[InjectedFault, ...] = ()


@dataclass(frozen=True, slots=True)
class Deferred:
    """A part of a command that waits for its date (GBCS 9.2.2).

    Args:
        due: UTC.
        carry_out: what then happens; gives what it had as effect.
        description: of the command and the item, for the alert that tells of it.
    """

    due: datetime
    carry_out: Callable[[datetime], "Executed"]
    description: object = None


@dataclass(frozen=True, slots=True)
class Executed:
    """What came of it.

    Args:
        response: the payload of the answer; None where none is sent.
        effects: for the device's other parts, see `emulator.gbcs_device.primitives`.
        deferred: what will be done later.
    """

    response: Payload | None
    effects: Sequence[object] = ()
    deferred: tuple[Deferred, ...] = ()


class Executor(Protocol):
    """Executes the commands of one way of writing on the objects of one device."""

    def execute(self, command: Command) -> Executed:
        """Do what the command says, in its order, and answer as its error rules ask.

        Never raises for what a remote party sent: that is a result in the answer.
        """
        ...
