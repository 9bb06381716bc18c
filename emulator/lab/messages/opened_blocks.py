"""The sensitive data of a message, as far as keys open it (GBCS 8.5)."""

from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.meaning.sensitive import encrypted_blocks
from emulator.gbcs.payload import Payload
from emulator.gbcs.protection.encryption import SensitiveData
from emulator.gbcs.protection.message_protection import Protection
from emulator.gbcs.protection.refusal import MissingKeyError, ProtectionError


def opened_blocks(
    message: Message, payload: Payload, keys: Protection | None
) -> dict[bytes, bytes]:
    """The plaintext of every encrypted block that the keys open, by block.

    Args:
        message: a response or alert; a command has no such blocks.
        payload: its decoded payload.
        keys: to decrypt with; None opens nothing.
    """
    opened: dict[bytes, bytes] = {}
    if keys is None or message.cra is Cra.COMMAND:
        return opened
    for block in encrypted_blocks(payload):
        try:
            opened[block] = SensitiveData(message, keys.agreement).decrypt(block)
        except (ProtectionError, MissingKeyError):
            continue
    return opened
