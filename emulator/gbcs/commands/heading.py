"""What a command is addressed by, and when it is to be done (GBCS 7.2.7, 9.2.2)."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from emulator.kernel.identity import Eui64


class Activation(Enum):
    """When what can wait for a date is done, where that is no date (GBCS 9.2.2)."""

    NOW = "now"
    NEVER = "never"
    """Cancels what an earlier command left to a date."""


Execution = datetime | Activation


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandHeading:
    """Who commands whom, under which number.

    Args:
        counter: of the originator; it has to rise with every command.
        issued: when the command was made, UTC; needed by commands to gas meters that a later one
            may replace.
        execution: date of what can wait for one.
        supplementary_party: for whom the originator speaks, or who gets the data (GBCS 7.2.7).
        supplementary_counter: that party's own counter.
        supplementary_originator_counter: counter that protects the response to that party.
        certificate: key agreement certificate of a party unknown to the device, DER.
    """

    originator: Eui64
    recipient: Eui64
    counter: int
    issued: datetime | None = None
    execution: Execution = Activation.NOW
    supplementary_party: Eui64 | None = None
    supplementary_counter: int | None = None
    supplementary_originator_counter: int | None = None
    certificate: bytes | None = None
