"""Ways to spoil a command, each of which a device must leave without an answer (GBCS 6.2.4)."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import Enum
from types import MappingProxyType
from typing import Final

from emulator.bench.cases.command_maker import CommandMaker
from emulator.gbcs.envelope import Message
from emulator.kernel.identity import Eui64


class Spoiling(Enum):
    """How a command is spoilt."""

    MAC = "one bit of its MAC is another"
    SIGNATURE = "one bit of its signature is another"
    RECIPIENT = "it is for another device"
    TRUNCATED = "its last octet is missing"
    OVER_LONG = "its payload has an octet too many"

    def __repr__(self) -> str:
        return f"Spoiling.{self.name}"


_ELSEWHERE: Final = 1
"""Added to an EUI-64, gives that of another device."""


def spoilt(maker: CommandMaker, bare: Message, how: Spoiling) -> bytes | None:
    """The octets of a spoilt command; None when it has nothing of the kind to spoil.

    Args:
        maker: protects commands for the device.
        bare: without protection.
        how: it is spoilt.
    """
    return _WAYS[how](maker, bare)


def _mac(maker: CommandMaker, bare: Message) -> bytes | None:
    good = maker.protected(bare)
    return None if good.mac is None else replace(good, mac=_flipped(good.mac)).encode()


def _signature(maker: CommandMaker, bare: Message) -> bytes | None:
    good = maker.protected(bare)
    if not good.signature:
        return None
    wrong = replace(good, signature=_flipped(good.signature), mac=None)
    if good.mac is not None:
        wrong = replace(wrong, mac=maker.protection.mac(wrong))
    return wrong.encode()


def _recipient(maker: CommandMaker, bare: Message) -> bytes | None:
    """Protected for the device all the same, but for the name on it."""
    good = maker.protected(bare)
    return replace(good, recipient=Eui64(bare.recipient ^ _ELSEWHERE)).encode()


def _truncated(maker: CommandMaker, bare: Message) -> bytes | None:
    return maker.protected(bare).encode()[:-1]


def _over_long(maker: CommandMaker, bare: Message) -> bytes | None:
    return maker.protected(replace(bare, payload=bare.payload + b"\x00")).encode()


def _flipped(octets: bytes) -> bytes:
    return octets[:-1] + bytes((octets[-1] ^ 1,))


_WAYS: Final[Mapping[Spoiling, Callable[[CommandMaker, Message], bytes | None]]] = MappingProxyType(
    {
        Spoiling.MAC: _mac,
        Spoiling.SIGNATURE: _signature,
        Spoiling.RECIPIENT: _recipient,
        Spoiling.TRUNCATED: _truncated,
        Spoiling.OVER_LONG: _over_long,
    }
)
