"""ZCL commands that wait for their date (GBCS 9.2.2)."""

from dataclasses import dataclass

from emulator.gbcs_device.gbz.state.document import items, number, octets, part
from emulator.kernel.identity import Eui64


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingCommand:
    """A command and its date.

    Args:
        due: seconds since 2000.
        message_code: of the message that brought it.
        counter: originator counter of that message.
        originator: who sent the message.
        cluster: identifier of the cluster.
        frame_control: frame control octet of the command.
        command: its identifier.
        topic: what it is about, so that a later command on that replaces it.
        payload: what follows its ZCL header.
    """

    due: int
    message_code: int
    counter: int
    originator: Eui64
    cluster: int
    frame_control: int
    command: int
    topic: int
    payload: bytes


class WaitingCommands:
    """What waits, in the order in which it came; one command for each topic."""

    def __init__(self) -> None:
        self.commands: tuple[WaitingCommand, ...] = ()

    def put(self, new: WaitingCommand) -> None:
        """Let a command wait, in place of an earlier one on its topic."""
        self.withdraw(new.cluster, new.command, new.topic)
        self.commands = (*self.commands, new)

    def withdraw(self, cluster: int, command: int, topic: int) -> None:
        """Let what is said on a topic wait no longer."""
        self.commands = tuple(
            each
            for each in self.commands
            if (each.cluster, each.command, each.topic) != (cluster, command, topic)
        )

    def take(self, command: WaitingCommand) -> bool:
        """Let a command wait no longer; whether it did."""
        kept = tuple(each for each in self.commands if each != command)
        waited = len(kept) < len(self.commands)
        self.commands = kept
        return waited

    def snapshot(self) -> list[object]:
        """All commands as objects."""
        return [
            {
                "due": each.due,
                "message_code": each.message_code,
                "counter": each.counter,
                "originator": each.originator,
                "cluster": each.cluster,
                "frame_control": each.frame_control,
                "command": each.command,
                "topic": each.topic,
                "payload": each.payload.hex(),
            }
            for each in self.commands
        ]

    def restore(self, document: object, name: str) -> None:
        """Hold what saved commands say, and nothing else.

        Raises:
            LocalError: when they are none.
        """
        self.commands = tuple(
            WaitingCommand(
                due=number(each, "due", 32),
                message_code=number(each, "message_code", 16),
                counter=number(each, "counter"),
                originator=Eui64(number(each, "originator")),
                cluster=number(each, "cluster", 16),
                frame_control=number(each, "frame_control", 8),
                command=number(each, "command", 8),
                topic=number(each, "topic", 16),
                payload=octets(part(each, "payload")),
            )
            for each in items(document, name)
        )
