"""Decode and fully verify the reference messages, beside the bare cryptography it takes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from time import process_time

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDH,
    ECDSA,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
)
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import GCM
from cryptography.hazmat.primitives.hashes import SHA256

from emulator.gbcs.envelope import Message
from emulator.gbcs.meaning.sensitive import encrypted_blocks
from emulator.gbcs.payload import decode_payload
from emulator.gbcs.protection.agreement import StoredKeyAgreement
from emulator.gbcs.protection.encryption import SECURITY_HEADER, SensitiveData
from emulator.gbcs.protection.key_store import KeyStore, KeyUse
from emulator.gbcs.protection.message_protection import Protection
from emulator.kernel.identity import Eui64
from emulator.testing.judges.reference_data import reference_keys, reference_messages, shared_folder
from tests.benchmarks.figures import Figure, median_ratio

ROUNDS = 9


def measure() -> Iterator[Figure]:
    """Seconds of one core for all messages, and how many times the bare cryptography that is."""
    if not (shared_folder() / "rtds").is_dir():
        yield Figure(
            name="gbcs: reference messages",
            figure=None,
            unit="s",
            target=0.5,
            better="lower",
            detail="the Reference Test Data Set is not there",
        )
        return
    octets = [each.octets for each in reference_messages()]
    keys = reference_keys()
    bare = _bare_calls(octets, keys)
    verify = partial(_seconds, partial(verify_all, octets, keys))
    perform = partial(_seconds, bare.perform)
    ratio, bare_time, our_time = median_ratio(perform, verify, ROUNDS)
    detail = f"{len(octets)} messages, {ROUNDS} rounds in turn, median of processor time"
    yield Figure(
        name="gbcs: decode and verify the reference messages",
        figure=round(our_time, 3),
        unit="s",
        target=0.5,
        better="lower",
        detail=detail,
    )
    yield Figure(
        name="gbcs: decode and verify, ratio to bare cryptography",
        figure=round(ratio, 2),
        unit="x",
        target=2.0,
        better="lower",
        detail=f"{detail}: {our_time * 1e3:.0f} beside {bare_time * 1e3:.0f} ms for {bare.count}",
    )


def verify_all(messages: list[bytes], keys: KeyStore) -> int:
    """Decode every message and payload, verify signatures and MACs, decrypt sensitive data."""
    protection = Protection(keys=keys, agreement=StoredKeyAgreement(keys))
    decrypted = 0
    for octets in messages:
        message = Message.decode(octets)
        protection.verify(message)
        payload = decode_payload(message)
        if SECURITY_HEADER in message.payload:
            blocks = encrypted_blocks(payload)
            if blocks:
                data = SensitiveData(message, protection.agreement)
                decrypted += sum(len(data.decrypt(block)) > 0 for block in blocks)
    return decrypted


@dataclass(slots=True)
class _BareCalls:
    """The calls of `cryptography` and hashlib that the messages need, with their arguments."""

    agreements: list[tuple[EllipticCurvePrivateKey, EllipticCurvePublicKey]] = field(
        default_factory=list
    )
    signatures: list[tuple[EllipticCurvePublicKey, bytes, bytes]] = field(default_factory=list)
    macs: list[tuple[bytes, bytes, bytes]] = field(default_factory=list)
    keys: list[bytes] = field(default_factory=list)
    ciphers: list[tuple[bytes, bytes, bytes]] = field(default_factory=list)

    @property
    def count(self) -> str:
        """How many calls of each kind."""
        return (
            f"{len(self.agreements)} ECDH, {len(self.signatures)} ECDSA, {len(self.macs)} GMAC, "
            f"{len(self.ciphers)} GCM"
        )

    def perform(self) -> None:
        """Make every call once."""
        for private, public in self.agreements:
            private.exchange(ECDH(), public)
        for key, signature, signed in self.signatures:
            key.verify(signature, signed, ECDSA(SHA256()))
        for derived in self.keys:
            sha256(derived).digest()
        for mac_key, vector, covered in self.macs:
            AESGCM(mac_key).encrypt(vector, b"", covered)
        for cipher_key, vector, block in self.ciphers:
            mode = GCM(vector, block[-12:], min_tag_length=12)
            decryptor = Cipher(AES(cipher_key), mode).decryptor()
            decryptor.authenticate_additional_data(block[:1])
            decryptor.update(block[5:-12])
            _finish(decryptor.finalize)


def _finish(finalize: Callable[[], bytes]) -> None:
    """End a decryption; the keys are stand-ins, so the tag need not fit."""
    try:
        finalize()
    except InvalidTag:
        return


def _bare_calls(messages: list[bytes], keys: KeyStore) -> _BareCalls:
    calls = _BareCalls()
    protection = Protection(keys=keys, agreement=_Noted(keys, calls))
    for octets in messages:
        message = Message.decode(octets)
        protection.verify(message)
        vector = message.originator.to_bytes(8, "big") + bytes(4)
        if message.signature:
            signer = keys.find(message.originator, KeyUse.DIGITAL_SIGNATURE)
            assert signer is not None
            r, s = message.signature[:32], message.signature[32:]
            signature = encode_dss_signature(int.from_bytes(r, "big"), int.from_bytes(s, "big"))
            calls.signatures.append((signer.public_key, signature, message.signed_region))
        if message.mac is not None:
            calls.macs.append((bytes(16), vector, bytes(6) + message.maced_region))
            calls.keys.append(bytes(69))
        if SECURITY_HEADER in message.payload:
            for block in encrypted_blocks(decode_payload(message)):
                calls.ciphers.append((bytes(16), vector, block))
                calls.keys.append(bytes(69))
    return calls


class _Noted:
    """An agreement that notes each multiplication it takes."""

    def __init__(self, keys: KeyStore, calls: _BareCalls) -> None:
        self._keys = keys
        self._calls = calls
        self._agreement = StoredKeyAgreement(keys)
        self._seen: set[frozenset[Eui64]] = set()

    def shared_secret(self, own: Eui64, peer: Eui64) -> bytes:
        """The secret, with a note of the keys when the pair is new."""
        secret = self._agreement.shared_secret(own, peer)
        pair = frozenset((own, peer))
        if pair not in self._seen:
            self._seen.add(pair)
            mine = self._keys.find(own, KeyUse.KEY_AGREEMENT)
            theirs = self._keys.find(peer, KeyUse.KEY_AGREEMENT)
            assert mine is not None
            assert theirs is not None
            if mine.private_key is not None:
                self._calls.agreements.append((mine.private_key, theirs.public_key))
            elif theirs.private_key is not None:
                self._calls.agreements.append((theirs.private_key, mine.public_key))
        return secret


def _seconds(action: Callable[[], object]) -> float:
    """How long `action` takes of the processor."""
    start = process_time()
    action()
    return process_time() - start
