"""What the remote-party side of a device tells the trace; keys never stand in a fact."""

from dataclasses import dataclass
from typing import ClassVar

from emulator.kernel.identity import Eui64


@dataclass(frozen=True, slots=True)
class CommandExecuted:
    """A command passed every check and was executed.

    Args:
        use_case: number and title.
        sender: the role under which the device knows the originator.
        answered: whether a response goes out.
        deferred: how many of its parts wait for their date.
    """

    kind: ClassVar[str] = "command_executed"
    message_code: int
    use_case: str
    originator: Eui64
    sender: str
    counter: int
    answered: bool
    deferred: int = 0


@dataclass(frozen=True, slots=True)
class CommandRefused:
    """A message broke a rule; nothing was executed and nothing is answered.

    Args:
        rule: which rule.
        field: of the message, dotted.
        reason: what was expected and what was there.
        message_code: None where the message could not be read so far.
        alert: the alert sent because of it; None where none is.
    """

    kind: ClassVar[str] = "command_refused"
    rule: str
    field: str
    reason: str
    message_code: int | None = None
    originator: Eui64 | None = None
    counter: int | None = None
    alert: int | None = None


@dataclass(frozen=True, slots=True)
class AlertSent:
    """An alert goes to a remote party."""

    kind: ClassVar[str] = "alert_sent"
    alert: int
    name: str
    message_code: int
    recipient: Eui64
    counter: int


@dataclass(frozen=True, slots=True)
class AlertNotSent:
    """There is nobody to send an alert to, or no key to protect it with."""

    kind: ClassVar[str] = "alert_not_sent"
    alert: int
    reason: str


@dataclass(frozen=True, slots=True)
class ImageHeld:
    """A firmware image came over the air and was verified.

    Args:
        version: file version, hexadecimal.
        image_hash: of the manufacturer's image, hexadecimal.
    """

    kind: ClassVar[str] = "image_held"
    version: str
    image_hash: str


@dataclass(frozen=True, slots=True)
class ImageRefused:
    """A firmware image came over the air and is dropped; `reason` says what is wrong with it."""

    kind: ClassVar[str] = "image_refused"
    version: str
    reason: str


@dataclass(frozen=True, slots=True)
class WaitingCarriedOut:
    """Something that waited for its date was carried out, or failed."""

    kind: ClassVar[str] = "waiting_carried_out"
    message_code: int
    counter: int
    succeeded: bool


@dataclass(frozen=True, slots=True)
class BlocksAbandoned:
    """A message in blocks did not come or go through as a whole."""

    kind: ClassVar[str] = "blocks_abandoned"
    message_code: int
    counter: int
    sending: bool
    reason: str


@dataclass(frozen=True, slots=True)
class AnswerNotSent:
    """A command was executed, but its response cannot be made or is too long."""

    kind: ClassVar[str] = "answer_not_sent"
    message_code: int
    reason: str


@dataclass(frozen=True, slots=True)
class KeysPressed:
    """Somebody pressed keys of a meter.

    Args:
        done: what; `result` is what the display says of it.
    """

    kind: ClassVar[str] = "keys_pressed"
    done: str
    result: str
