"""The alert that pushes an electricity meter's billing data to its supplier (GBCS ECS68, 8.4)."""

from collections.abc import Callable
from typing import Final

from emulator.dlms.data import array, enumerated, octet_string, structure
from emulator.dlms.data_coding import encode_data
from emulator.gbcs.envelope import Message

_KEY_AGREEMENT: Final = 2
_STATIC_UNIFIED_MODEL: Final = b"\x02"
_ENCRYPTION_COUNTER: Final = b"\x04"
"""The transaction names the counter of the message, marked as that of encryption (GBCS 8.4)."""


def sealed_content(message: Message, plain: bytes, encrypt: Callable[[bytes], bytes]) -> bytes:
    """How the data is protected, and the data; as reading it through class 30 would give it.

    Args:
        message: the alert, for its parties and counter.
        plain: structure of the values, encoded.
        encrypt: encrypts for whoever the message is for.
    """
    options = structure(
        octet_string(_ENCRYPTION_COUNTER + message.counter.to_bytes(8, "big")),
        octet_string(message.originator.to_bytes(8, "big")),
        octet_string(message.recipient.to_bytes(8, "big")),
        octet_string(b""),
        structure(
            enumerated(_KEY_AGREEMENT),
            structure(octet_string(_STATIC_UNIFIED_MODEL), octet_string(b"")),
        ),
    )
    protection = array(structure(enumerated(_KEY_AGREEMENT), options))
    return encode_data(protection) + encode_data(octet_string(encrypt(plain)))
