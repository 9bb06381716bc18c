"""Sensitive data inside a response or alert: AES-128-GCM for one reader (GBCS 6.2.3, 8.4).

An encrypted block is a security header (control octet 31, invocation counter 0), the ciphertext and
a tag of 12 octets. Only the control octet is authenticated beside the data.
"""

from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import GCM

from emulator.gbcs.envelope import Message
from emulator.gbcs.protection.agreement import KeyAgreement
from emulator.gbcs.protection.kdf import ENCRYPTION_PURPOSE, derive_key, initialisation_vector
from emulator.gbcs.protection.refusal import ProtectionError, Rule
from emulator.kernel.identity import Eui64

SECURITY_HEADER: Final = bytes.fromhex("31 00000000")
TAG_LENGTH: Final = 12
OVERHEAD: Final = len(SECURITY_HEADER) + TAG_LENGTH
_AUTHENTICATED: Final = SECURITY_HEADER[:1]


class SensitiveData:
    """Encrypts and decrypts the sensitive data of one message.

    Args:
        message: a response or alert of a device.
        agreement: who knows the secret that the device shares with the reader.

    Raises:
        MissingKeyError: when the agreement does not know the secret.
    """

    def __init__(self, message: Message, agreement: KeyAgreement) -> None:
        device = message.originator
        reader = reader_of(message)
        counter = message.other_information.supplementary_originator_counter
        self._key = derive_key(
            agreement.shared_secret(device, reader),
            device,
            ENCRYPTION_PURPOSE,
            message.counter if counter is None else counter,
            reader,
        )
        self._vector = initialisation_vector(device)

    def encrypt(self, plaintext: bytes) -> bytes:
        """The block that stands for `plaintext`: security header, ciphertext and tag."""
        sealed = AESGCM(self._key).encrypt(self._vector, plaintext, _AUTHENTICATED)
        return SECURITY_HEADER + sealed[: len(plaintext) + TAG_LENGTH]

    def decrypt(self, block: bytes, offset: int = 0) -> bytes:
        """What an encrypted block stands for.

        Args:
            block: security header, ciphertext and tag.
            offset: where the block starts, for the error.

        Raises:
            ProtectionError: when the block is no such block, or was not made with this key.
        """
        if len(block) < OVERHEAD or not block.startswith(SECURITY_HEADER):
            raise _refused(offset, "expected 31 00000000, data and 12 octets of tag")
        end = len(block) - TAG_LENGTH
        mode = GCM(self._vector, block[end:], min_tag_length=TAG_LENGTH)
        decryptor = Cipher(AES(self._key), mode).decryptor()
        decryptor.authenticate_additional_data(_AUTHENTICATED)
        try:
            return decryptor.update(block[len(SECURITY_HEADER) : end]) + decryptor.finalize()
        except InvalidTag:
            raise _refused(offset, "the tag is not that of the data and the parties") from None


def reader_of(message: Message) -> Eui64:
    """Who may read the sensitive data: the supplementary remote party, else the recipient."""
    party = message.other_information.supplementary_party
    return message.recipient if party is None else party


def _refused(offset: int, reason: str) -> ProtectionError:
    return ProtectionError(Rule.ENCRYPTION, "Message.payload", offset, reason)
