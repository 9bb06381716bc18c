"""For whom a message is, as far as somebody can tell who only passes it on (GBCS 7.2.4)."""

from emulator.gbcs.envelope import Message
from emulator.kernel.errors import WireError
from emulator.kernel.identity import Eui64


def recipient_of(octets: bytes) -> Eui64 | None:
    """Who a message is for; None when it is no message."""
    try:
        return Message.decode(octets).recipient
    except WireError:
        return None
