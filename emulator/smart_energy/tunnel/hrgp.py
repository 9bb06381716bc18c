"""The header in front of messages to and from a gas meter (GBCS 10.2.2, octets of its page 109).

A meter that sleeps asks for its messages; the answer says how many more wait after this one.
"""

from typing import Annotated

from emulator.wire.codecs import OpenEnum, Remaining, UInt, When
from emulator.wire.struct import Struct


class HrgpCommand(OpenEnum):
    """What the octets of a TransferData are (GBCS 10.2.2)."""

    GET = 0x01
    GET_RESPONSE = 0x02
    PUT = 0x03


class HrgpFrame(Struct):
    """GET, GET-RESPONSE or PUT (GBCS 10.2.2); a GET carries no message.

    `remaining` counts the messages that wait after this one.
    """

    command: Annotated[HrgpCommand, UInt(1)]
    remaining: Annotated[
        int | None, UInt(1), When(lambda frame: frame.command == HrgpCommand.GET_RESPONSE)
    ]
    message: Remaining


GET = HrgpFrame(HrgpCommand.GET, None, b"").encode()
"""A GET as it goes on the air."""
REMAINING_LIMIT = 0xFF
"""The most that the count can say."""


def get_response(remaining: int, message: bytes) -> bytes:
    """A GET-RESPONSE as it goes on the air; without a message when none waits."""
    count = min(remaining, REMAINING_LIMIT)
    return HrgpFrame(HrgpCommand.GET_RESPONSE, count, message).encode()


def put(message: bytes) -> bytes:
    """A PUT as it goes on the air."""
    return HrgpFrame(HrgpCommand.PUT, None, message).encode()
