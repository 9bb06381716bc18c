"""Commands and the answers that belong to them, out of the folder of a reference set (RTDS).

A command is a file `..._COMMAND_GBCS.HEX`, its answer the file with `RESPONSE` in that place.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from emulator.gbcs.envelope import Cra, Message
from emulator.kernel.errors import UsageError, WireError

_COMMAND: Final = "_COMMAND_"
_RESPONSE: Final = "_RESPONSE_"
_PATTERN: Final = f"*/*{_COMMAND}*.HEX"
_ERROR: Final = "_ERROR_"
MESSAGES: Final = "messages"
MAXIMUM_SIZE: Final = 0x4_0000
"""Octets of the largest file that is read."""


@dataclass(frozen=True, slots=True)
class ReferencePair:
    """A command and its answer.

    Args:
        name: folder and file of the command.
        command: the message.
        response: the message.
    """

    name: str
    command: Message
    response: Message

    @property
    def shows_error(self) -> bool:
        """Whether the set has it to show how errors are answered."""
        return _ERROR in self.name


def pair_files(folder: Path) -> tuple[tuple[Path, Path], ...]:
    """The files of every command that has an answer, in the order of their names.

    Args:
        folder: of the set; with its messages in `messages`.

    Raises:
        UsageError: when there are none.
    """
    commands = sorted((folder / MESSAGES).glob(_PATTERN))
    answers = [each.with_name(each.name.replace(_COMMAND, _RESPONSE)) for each in commands]
    pairs = zip(commands, answers, strict=True)
    found = tuple(pair for pair in pairs if pair[1].is_file())
    if not found:
        raise UsageError(
            f"{folder}: no commands with their answers there, expected {MESSAGES}/{_PATTERN} "
            "as in the Reference Test Data Set"
        )
    return found


def read_pair(command: Path, response: Path) -> ReferencePair:
    """The pair in two files.

    Raises:
        UsageError: when one cannot be read or is no message of its kind.
    """
    name = f"{command.parent.name}/{command.name}"
    return ReferencePair(name, _message(command, Cra.COMMAND), _message(response, Cra.RESPONSE))


def _message(path: Path, expected: Cra) -> Message:
    try:
        if path.stat().st_size > MAXIMUM_SIZE:
            raise UsageError(f"{path}: more than {MAXIMUM_SIZE} octets")
        message = Message.decode(bytes.fromhex(path.read_text("ascii")))
    except OSError as fault:
        raise UsageError(f"{path}: cannot be read: {fault.strerror}") from fault
    except (ValueError, WireError) as fault:
        raise UsageError(f"{path}: is no message in hexadecimal: {fault}") from fault
    if message.cra is not expected:
        raise UsageError(f"{path}: a {message.cra.name.lower()}, not a {expected.name.lower()}")
    return message
