"""Key agreement: the secret that two parties share (ECDH on P-256, GBCS 4.3.3.2).

The secret is the same from either side. So a device whose private key nobody has can be played,
and its messages checked, with the private key of the remote party it talks to.
"""

from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.ec import ECDH

from emulator.gbcs.protection.key_store import KeyStore, KeyUse
from emulator.gbcs.protection.refusal import MissingKeyError
from emulator.kernel.identity import Eui64, format_eui64


class KeyAgreement(Protocol):
    """Who can say what secret two parties share."""

    def shared_secret(self, own: Eui64, peer: Eui64) -> bytes:
        """32 octets: the x-coordinate of the agreed point.

        Raises:
            MissingKeyError: when the keys for it are not at hand.
        """


class StoredKeyAgreement:
    """Agreement from the private key of either side; one multiplication for each pair.

    Args:
        keys: where the keys are.
        own_use: which key of `own` is meant: its prepayment key for top-up tokens.
    """

    def __init__(self, keys: KeyStore, own_use: KeyUse = KeyUse.KEY_AGREEMENT) -> None:
        self._keys = keys
        self._own_use = own_use
        self._secrets: dict[tuple[Eui64, Eui64], bytes] = {}

    def shared_secret(self, own: Eui64, peer: Eui64) -> bytes:
        """32 octets: the x-coordinate of the agreed point.

        Raises:
            MissingKeyError: when neither private key is in the store, or a public key is not.
        """
        secret = self._secrets.get((own, peer))
        if secret is None:
            secret = self._agree(own, peer)
            self._secrets[own, peer] = secret
            if self._own_use is KeyUse.KEY_AGREEMENT:
                self._secrets[peer, own] = secret
        return secret

    def _agree(self, own: Eui64, peer: Eui64) -> bytes:
        mine = self._keys.find(own, self._own_use)
        theirs = self._keys.find(peer, KeyUse.KEY_AGREEMENT)
        if mine is not None and theirs is not None:
            if mine.private_key is not None:
                return mine.private_key.exchange(ECDH(), theirs.public_key)
            if theirs.private_key is not None:
                return theirs.private_key.exchange(ECDH(), mine.public_key)
        raise MissingKeyError(
            f"no private key of {format_eui64(own)} or {format_eui64(peer)} to agree with"
        )
