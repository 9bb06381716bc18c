"""Encrypted blocks in DLMS data: what data protection hands out (GBCS 8.5; class 30 method 1).

The value is a structure of protection parameters and one octet string: security header 31 00000000,
ciphertext and tag.
"""

from collections.abc import Iterator

from emulator.dlms.access import AccessResponse
from emulator.dlms.data import CompactArray, Data
from emulator.dlms.notification import DataNotification
from emulator.gbcs.gbz import GbzPayload
from emulator.gbcs.gbz_component import GbzComponent
from emulator.gbcs.payload import Payload
from emulator.gbcs.protection.encryption import OVERHEAD, SECURITY_HEADER


def encrypted_blocks(payload: Payload) -> tuple[bytes, ...]:
    """Every encrypted block of a payload, in order; none where nothing is sensitive."""
    match payload:
        case GbzPayload():
            components: list[GbzComponent] = list(payload.components)
            if payload.alert is not None and isinstance(payload.alert.content, GbzComponent):
                components.append(payload.alert.content)
            return tuple(each.payload for each in components if each.encrypted)
        case AccessResponse():
            return tuple(block for data in payload.data for block in blocks_in(data))
        case DataNotification():
            return tuple(blocks_in(payload.body))
        case _:
            return ()


def blocks_in(data: Data) -> Iterator[bytes]:
    """Every octet string in a value that is an encrypted block."""
    value = data.value
    if isinstance(value, bytes):
        if value.startswith(SECURITY_HEADER) and len(value) >= OVERHEAD:
            yield value
    elif isinstance(value, tuple) and not isinstance(value, CompactArray):
        for part in value:
            if isinstance(part, Data):
                yield from blocks_in(part)
