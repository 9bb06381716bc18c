"""What passes between the bench and a device, and what it is in a few words."""

from dataclasses import dataclass
from typing import Final

from emulator.bench.running.telling import alert_code, alert_text
from emulator.gbcs.block_transfer import RoutedBlock
from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.use_cases.catalogue import known_use_case
from emulator.kernel.errors import WireError
from emulator.kernel.identity import Eui64
from emulator.kernel.units import Instant

_WORDS: Final = {Cra.COMMAND: "command", Cra.RESPONSE: "response", Cra.ALERT: "alert"}


@dataclass(frozen=True, slots=True)
class Passage:
    """One message, or anything else, that went to the device or came from it.

    Args:
        at: when, in virtual time.
        to_device: its direction.
        octets: as they passed.
    """

    at: Instant
    to_device: bool
    octets: bytes


def passage_title(octets: bytes) -> str:
    """What octets are, in a few words: `response of ECS17b`, `alert 8F30 ...`, `block 2 of ...`."""
    try:
        return _message_title(Message.decode(octets))
    except WireError:
        pass
    try:
        routed = RoutedBlock.decode(octets)
    except WireError:
        return f"{len(octets)} octets that are no message"
    what = f"{_WORDS[routed.route.cra]} of {_called(routed.route.message_code)}"
    block = routed.block
    if not block.data:
        return f"acknowledgement up to block {block.acknowledged} of the {what}"
    return f"block {block.number}{' (last)' if block.last else ''} of the {what}"


def sender_of(octets: bytes) -> Eui64 | None:
    """Who made a message or a block of one; None for what is neither."""
    try:
        return Message.decode(octets).originator
    except WireError:
        pass
    try:
        return RoutedBlock.decode(octets).route.originator
    except WireError:
        return None


def _message_title(message: Message) -> str:
    code = message.other_information.message_code
    if message.cra is Cra.ALERT:
        return f"alert {alert_text(alert_code(message))}"
    return f"{_WORDS[message.cra]} of {_called(code)}"


def _called(code: int) -> str:
    known = known_use_case(code)
    return f"message code {code:04X}" if known is None else (known.name or f"{code:04X}")
