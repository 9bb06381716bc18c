"""Blocks of messages too long for one piece: general block transfer (GBCS 7.2.11).

Each block travels behind a message routing header, general-ciphering that names the message, its
parties and its counter. No message in blocks has been published: what the security header of a
block and its acknowledgements say is unverified.
"""

from dataclasses import dataclass, replace
from struct import Struct as Layout
from typing import Final, Self

from emulator.dlms.lengths import encode_length, take_length
from emulator.gbcs.envelope import Cra, Message
from emulator.kernel.errors import LocalError, WireError
from emulator.kernel.identity import Eui64
from emulator.kernel.settings import setting
from emulator.kernel.units import Duration, seconds

GENERAL_CIPHERING: Final = 0xDD
GENERAL_BLOCK_TRANSFER: Final = 0xE0

_ROUTING: Final = Layout(">BBBQBQBQBBHB")
"""Tag, 09, CRA, counter, 08, originator, 08, recipient, 00, 02, message code, 00 for no key."""
ROUTING_LENGTH: Final = _ROUTING.size
"""Octets of a message routing header."""
_BLOCK: Final = Layout(">BBHH")
"""Tag, control, block number, acknowledged block number."""
_LAST: Final = 0x80
_STREAMING: Final = 0x40
_WINDOW: Final = 0x3F
_SECURITY_HEADER_LENGTH: Final = 5


@dataclass(frozen=True, slots=True)
class BlockTransferSettings:
    """Sizes, limits and timers of block transfer."""

    block_size: int = setting(1149, source="GBCS 7.2.11: octets of a message in one block")
    maximum_blocks: int = setting(63, source="GBCS 7.2.11: blocks of one message")
    window: int = setting(6, source="GBCS 7.2.11: blocks sent before one is acknowledged")
    security_header: bytes = setting(
        bytes.fromhex("11 00000000"),
        source="as in the MAC header of whole messages",
        verified=False,
    )
    answer_wait: Duration = setting(
        seconds(30), source="no published value for a lost acknowledgement", verified=False
    )
    attempts: int = setting(
        3, source="no published value for sending a window again", verified=False
    )


@dataclass(frozen=True, slots=True)
class Block:
    """One block (IEC 62056-5-3 8, general-block-transfer).

    Args:
        number: from 1 on.
        data: its piece of the message; empty in an acknowledgement.
        last: whether it is the last block.
        streaming: whether another block of the window follows at once.
        window: how many blocks its sender takes before it acknowledges.
        acknowledged: the block up to which everything has come.
    """

    number: int
    data: bytes
    last: bool = False
    streaming: bool = False
    window: int = 0
    acknowledged: int = 0

    @classmethod
    def decode(cls, octets: bytes) -> Self:
        """The block that `octets` are.

        Raises:
            WireError: when they are no block, or more than one.
        """
        if len(octets) < _BLOCK.size or octets[0] != GENERAL_BLOCK_TRANSFER:
            raise WireError("Block.tag", 0, "expected E0, control and block numbers")
        _, control, number, acknowledged = _BLOCK.unpack_from(octets)
        count, start = take_length(octets, _BLOCK.size, "Block.data")
        if start + count != len(octets):
            raise WireError(
                "Block.data", _BLOCK.size, f"length {count}, found {len(octets) - start} octets"
            )
        return cls(
            number,
            octets[start:],
            bool(control & _LAST),
            bool(control & _STREAMING),
            control & _WINDOW,
            acknowledged,
        )

    def encode(self) -> bytes:
        """The octets of the block.

        Raises:
            LocalError: when a number does not fit its field.
        """
        numbers = (self.number, self.acknowledged)
        if not all(0 <= each <= 0xFFFF for each in numbers) or not 0 <= self.window <= _WINDOW:
            raise LocalError(f"block {self.number}, window {self.window}: out of range")
        control = (_LAST if self.last else 0) | (_STREAMING if self.streaming else 0) | self.window
        head = _BLOCK.pack(GENERAL_BLOCK_TRANSFER, control, *numbers)
        return head + encode_length(len(self.data)) + self.data


@dataclass(frozen=True, slots=True)
class Route:
    """Which message a block belongs to: the message routing header."""

    cra: Cra
    counter: int
    originator: Eui64
    recipient: Eui64
    message_code: int


def route_of(message: Message) -> Route:
    """What the blocks of a message say of it."""
    return Route(
        message.cra,
        message.counter,
        message.originator,
        message.recipient,
        message.other_information.message_code,
    )


@dataclass(frozen=True, slots=True)
class RoutedBlock:
    """A block as it travels, behind its message routing header."""

    route: Route
    security_header: bytes
    block: Block

    @classmethod
    def decode(cls, octets: bytes) -> Self:
        """The routed block that `octets` are.

        Raises:
            WireError: when they are none, or more than one.
        """
        start = _ROUTING.size
        if len(octets) < start:
            raise WireError("RoutedBlock", len(octets), f"expected at least {start} octets")
        tag, transaction, cra, counter, own, originator, other, recipient, *rest = (
            _ROUTING.unpack_from(octets)
        )
        time, information, code, key = rest
        fixed = (tag, transaction, own, other, time, information, key)
        if fixed != (GENERAL_CIPHERING, 9, 8, 8, 0, 2, 0) or not 1 <= cra <= 3:
            raise WireError("RoutedBlock.route", 0, "expected a message routing header")
        count, at = take_length(octets, start, "RoutedBlock.length")
        block_at = at + _SECURITY_HEADER_LENGTH
        if at + count != len(octets) or block_at > len(octets):
            raise WireError(
                "RoutedBlock.length", start, f"length {count}, found {len(octets) - at} octets"
            )
        try:
            block = Block.decode(octets[block_at:])
        except WireError as error:
            raise WireError(error.path, block_at + error.offset, error.reason) from None
        route = Route(Cra(cra), counter, Eui64(originator), Eui64(recipient), code)
        return cls(route, octets[at:block_at], block)

    def encode(self) -> bytes:
        """The octets on the wire.

        Raises:
            LocalError: when a number does not fit, or the security header has another length.
        """
        if len(self.security_header) != _SECURITY_HEADER_LENGTH:
            raise LocalError(f"security header of {len(self.security_header)} octets, expected 5")
        route = self.route
        head = _ROUTING.pack(
            GENERAL_CIPHERING,
            9,
            route.cra,
            route.counter,
            8,
            route.originator,
            8,
            route.recipient,
            0,
            2,
            route.message_code,
            0,
        )
        body = self.security_header + self.block.encode()
        return head + encode_length(len(body)) + body


def split(octets: bytes, settings: BlockTransferSettings) -> tuple[Block, ...]:
    """The blocks of a message, none of them streaming yet.

    Raises:
        LocalError: when the message is empty, or longer than its blocks may be together.
    """
    size = settings.block_size
    pieces = [octets[at : at + size] for at in range(0, len(octets), size)]
    if not 1 <= len(pieces) <= settings.maximum_blocks:
        raise LocalError(
            f"{len(octets)} octets in {len(pieces)} blocks, at most {settings.maximum_blocks}"
        )
    blocks = [
        Block(number, piece, window=settings.window) for number, piece in enumerate(pieces, start=1)
    ]
    blocks[-1] = replace(blocks[-1], last=True)
    return tuple(blocks)
