"""Signatures over manifests: Ed25519, or ECDSA with SHA-256 on P-256, keys in PEM.

A signature tells that the holder of a key made the bundle as it is. Whose key it is no bundle can
tell: compare the fingerprint, or give the public key to `hanlab evidence verify --trust`.
"""

import base64
import hashlib
import json
from pathlib import Path
from typing import Any, Final

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

from emulator.kernel.errors import EnvironmentFault, SecurityError, UsageError

ED25519: Final = "Ed25519"
ECDSA: Final = "ECDSA P-256 SHA-256"
PrivateKey = ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey
PublicKey = ed25519.Ed25519PublicKey | ec.EllipticCurvePublicKey
_KINDS: Final = "an Ed25519 key or one on P-256"


def read_private_key(path: Path) -> PrivateKey:
    """The key in a PEM file.

    Raises:
        UsageError: when there is none that signs, or a passphrase closes it.
    """
    octets = _octets(path)
    try:
        key = serialization.load_pem_private_key(octets, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as fault:
        raise UsageError(f"{path}: no private key in PEM without a passphrase: {fault}") from fault
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return key
    if isinstance(key, ec.EllipticCurvePrivateKey) and isinstance(key.curve, ec.SECP256R1):
        return key
    raise UsageError(f"{path}: expected {_KINDS}")


def read_public_key(path: Path) -> PublicKey:
    """The public key in a PEM file.

    Raises:
        UsageError: when there is none that verifies.
    """
    return _public_key(_octets(path), str(path))


def signed(manifest: bytes, key: PrivateKey) -> bytes:
    """The `signature.json` of a manifest."""
    public = key.public_key()
    if isinstance(key, ed25519.Ed25519PrivateKey):
        algorithm, signature = ED25519, key.sign(manifest)
    else:
        algorithm, signature = ECDSA, _ecdsa(key, manifest)
    pem = public.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    document = {
        "algorithm": algorithm,
        "over": "manifest.json",
        "public_key": pem.decode(),
        "fingerprint": fingerprint(public),
        "signature": base64.b64encode(signature).decode(),
    }
    return (json.dumps(document, indent=2) + "\n").encode()


def signing_key(manifest: bytes, document: dict[str, Any]) -> PublicKey:
    """The key that signed a manifest.

    Args:
        manifest: its octets.
        document: the `signature.json` beside it.

    Raises:
        SecurityError: when the signature is none, or is of other octets.
    """
    texts = [document.get(name) for name in ("algorithm", "public_key", "signature")]
    if not all(isinstance(each, str) for each in texts):
        raise SecurityError("signature.json: expected algorithm, public_key and signature")
    algorithm, pem, text = map(str, texts)
    try:
        key = _public_key(pem.encode(), "signature.json")
        signature = base64.b64decode(text, validate=True)
        _verify(key, algorithm, signature, manifest)
    except UsageError as fault:
        raise SecurityError(str(fault)) from fault
    except ValueError as fault:
        raise SecurityError(f"signature.json: the signature is no base64: {fault}") from fault
    except InvalidSignature as fault:
        raise SecurityError("the signature is not one of this manifest by this key") from fault
    return key


def fingerprint(key: PublicKey) -> str:
    """SHA-256 of the SubjectPublicKeyInfo of a key, as `SHA256:` and hexadecimal digits."""
    octets = key.public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return f"SHA256:{hashlib.sha256(octets).hexdigest()}"


def _verify(key: PublicKey, algorithm: str, signature: bytes, manifest: bytes) -> None:
    if isinstance(key, ed25519.Ed25519PublicKey):
        expected = ED25519
        key.verify(signature, manifest)
    else:
        expected = ECDSA
        key.verify(signature, manifest, ec.ECDSA(hashes.SHA256()))
    if algorithm != expected:
        raise SecurityError(f"signature.json: algorithm {algorithm!r}, expected {expected!r}")


def _ecdsa(key: ec.EllipticCurvePrivateKey, manifest: bytes) -> bytes:
    """A signature whose nonce comes from key and message (RFC 6979), so that bundles repeat."""
    try:
        return key.sign(manifest, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))
    except UnsupportedAlgorithm as fault:
        raise EnvironmentFault(
            "this OpenSSL makes no ECDSA signatures by RFC 6979 (3.2 does): take an Ed25519 key"
        ) from fault


def _public_key(pem: bytes, name: str) -> PublicKey:
    try:
        key = serialization.load_pem_public_key(pem)
    except (ValueError, UnsupportedAlgorithm) as fault:
        raise UsageError(f"{name}: no public key in PEM: {fault}") from fault
    if isinstance(key, ed25519.Ed25519PublicKey):
        return key
    if isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1):
        return key
    raise UsageError(f"{name}: expected {_KINDS}")


def _octets(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise UsageError(f"{path}: {fault.strerror}") from fault
