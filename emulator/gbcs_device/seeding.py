"""Devices that take over a state they could not have come to by themselves.

A replay of reference messages needs it: what a meter measured before a reference answer was made,
nobody can know but from that answer.
"""

from collections.abc import Mapping
from typing import Protocol, runtime_checkable

from emulator.gbcs.envelope import Message
from emulator.gbcs.payload import Payload
from emulator.gbcs_device.execution import Executor


@runtime_checkable
class Seedable(Executor, Protocol):
    """An executor whose objects can be told what an answer says, saved and put back."""

    def seed(self, command: Message, response: Payload) -> None:
        """Hold what this answer tells, so that the same command is answered like it.

        What the command itself does is not done. An answer that tells nothing changes nothing;
        one that does not fit its command is ignored.

        Args:
            command: whose answer it is.
            response: its payload; sensitive data is decrypted in its place.
        """
        ...

    def snapshot(self) -> Mapping[str, object]:
        """All that the objects hold, as JSON could say it."""
        ...

    def restore(self, snapshot: Mapping[str, object]) -> None:
        """Hold again what a snapshot of the same kind of device says.

        Raises:
            LocalError: when it is none.
        """
        ...
