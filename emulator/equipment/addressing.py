"""For whom a message is, as far as somebody can tell who only passes it on (GBCS 7.2.4)."""

from emulator.gbcs.block_exchange import is_block
from emulator.gbcs.block_transfer import RoutedBlock
from emulator.gbcs.envelope import Message
from emulator.kernel.errors import WireError
from emulator.kernel.identity import Eui64


def recipient_of(octets: bytes) -> Eui64 | None:
    """Who a message, or a block of one, is for; None when it is neither."""
    try:
        if is_block(octets):
            return RoutedBlock.decode(octets).route.recipient
        return Message.decode(octets).recipient
    except WireError:
        return None
