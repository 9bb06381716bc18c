"""Commands in ASN.1 that wait for their date: one for each message code (GBCS 9.2.2).

That a later command takes the place of an earlier one with the same code is unverified.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, NoReturn

from emulator.gbcs.envelope import Message
from emulator.gbcs.payload import decode_payload
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs.use_cases.catalogue import use_case
from emulator.gbcs_device.device_clock import parse_generalized_time
from emulator.gbcs_device.execution import Command, InjectedFault
from emulator.kernel.errors import LocalError

CANCELLED: Final = "99991231235959Z"
"""Execution time of a command that cancels one (GBCS 9.2.2)."""


@dataclass(frozen=True, slots=True)
class WaitingCommand:
    """A command and its date.

    Args:
        command: as it was admitted.
        due: UTC.
    """

    command: Command
    due: datetime


class WaitingCommands:
    """What waits, by message code."""

    def __init__(self) -> None:
        self._waiting: dict[int, WaitingCommand] = {}

    @property
    def all(self) -> Sequence[WaitingCommand]:
        """Every command that waits, in the order of their arrival."""
        return tuple(self._waiting.values())

    def schedule(self, command: Command, execution_time: str) -> bool:
        """Let a command wait, or cancel the one that does; False where its date is no date."""
        code = command.use_case.code
        if execution_time == CANCELLED:
            self._waiting.pop(code, None)
            return True
        due = parse_generalized_time(execution_time)
        if due is None:
            return False
        self._waiting.pop(code, None)
        self._waiting[code] = WaitingCommand(command, due)
        return True

    def take(self, waiting: WaitingCommand) -> bool:
        """Let a command wait no longer; False where it does not, being cancelled or replaced."""
        code = waiting.command.use_case.code
        if self._waiting.get(code) is not waiting:
            return False
        del self._waiting[code]
        return True

    def snapshot(self) -> list[dict[str, Any]]:
        """What waits as JSON knows it."""
        return [
            {
                "message": each.command.message.encode().hex(),
                "sender": int(each.command.sender),
                "due": each.due.isoformat(),
                "faults": [[fault.item, fault.result] for fault in each.command.faults],
            }
            for each in self._waiting.values()
        ]

    def restore(self, state: Sequence[Mapping[str, Any]]) -> None:
        """Take back what `snapshot` gave."""
        self._waiting = {}
        for each in state:
            due = datetime.fromisoformat(each["due"]).astimezone(UTC)
            message = Message.decode(bytes.fromhex(each["message"]))
            command = Command(
                message=message,
                payload=decode_payload(message),
                use_case=use_case(message.other_information.message_code),
                sender=RemotePartyRole(each["sender"]),
                moment=due,
                encrypt=_nothing_to_encrypt,
                faults=tuple(InjectedFault(item, result) for item, result in each["faults"]),
            )
            self._waiting[command.use_case.code] = WaitingCommand(command, due)


def _nothing_to_encrypt(_plaintext: bytes) -> NoReturn:
    raise LocalError("outcomes of commands in ASN.1 hold nothing sensitive")
