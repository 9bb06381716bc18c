"""Signatures over manifests."""

import base64
import json
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from emulator.bench.evidence.signature import (
    PrivateKey,
    fingerprint,
    read_private_key,
    read_public_key,
    signed,
    signing_key,
)
from emulator.kernel.errors import SecurityError, UsageError
from emulator.testing.scenes.evidence_scene import (
    ecdsa_key,
    ed25519_key,
    write_key,
    write_public_key,
)

MANIFEST = b'{"files": []}'
KEYS = [pytest.param(ed25519_key(), id="Ed25519"), pytest.param(ecdsa_key(), id="P-256")]


@pytest.mark.parametrize("key", KEYS)
def test_a_signature_names_its_key_and_is_the_same_each_time(key: PrivateKey) -> None:
    signature = signed(MANIFEST, key)

    assert signature == signed(MANIFEST, key)
    assert signing_key(MANIFEST, json.loads(signature)) == key.public_key()


@pytest.mark.parametrize("key", KEYS)
def test_openssl_verifies_it(key: PrivateKey, tmp_path: Path) -> None:
    document = json.loads(signed(MANIFEST, key))
    (tmp_path / "m").write_bytes(MANIFEST)
    (tmp_path / "s").write_bytes(base64.b64decode(document["signature"]))
    (tmp_path / "p").write_text(document["public_key"])
    digest = [] if document["algorithm"] == "Ed25519" else ["-digest", "sha256"]
    where = ["-inkey", "p", "-in", "m", "-sigfile", "s"]

    told = subprocess.run(
        ["openssl", "pkeyutl", "-verify", "-pubin", "-rawin", *where, *digest],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert "Verified Successfully" in told.stdout, told.stderr


@pytest.mark.parametrize("key", KEYS)
def test_another_manifest_does_not_verify(key: PrivateKey) -> None:
    with pytest.raises(SecurityError, match="not one of this manifest"):
        signing_key(MANIFEST + b" ", json.loads(signed(MANIFEST, key)))


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("algorithm", "none", "algorithm 'none'"),
        ("public_key", "x", "no public key in PEM"),
        ("signature", "!", "no base64"),
        ("signature", "AAAA", "not one of this manifest"),
        ("signature", 5, "expected algorithm, public_key and signature"),
    ],
)
def test_a_signature_that_is_none_does_not_verify(name: str, value: object, reason: str) -> None:
    document = json.loads(signed(MANIFEST, ed25519_key())) | {name: value}

    with pytest.raises(SecurityError, match=reason):
        signing_key(MANIFEST, document)


def test_a_public_key_has_the_fingerprint_of_its_private_one(tmp_path: Path) -> None:
    private = read_private_key(write_key(tmp_path / "k", ed25519_key()))
    public = read_public_key(write_public_key(tmp_path / "p", ed25519_key()))

    assert fingerprint(public) == fingerprint(private.public_key())
    assert fingerprint(public) != fingerprint(ed25519_key(2).public_key())


def test_keys_that_do_not_sign_are_refused(tmp_path: Path) -> None:
    pem = serialization.Encoding.PEM
    plain = serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    closed = serialization.BestAvailableEncryption(b"secret")
    files = {
        "rsa": rsa.generate_private_key(65537, 2048).private_bytes(pem, form, plain),
        "p384": ec.derive_private_key(1, ec.SECP384R1()).private_bytes(pem, form, plain),
        "closed": ecdsa_key().private_bytes(pem, form, closed),
        "no": b"hello",
    }
    for name, octets in files.items():
        (tmp_path / name).write_bytes(octets)

    for name in (*files, "none"):
        with pytest.raises(UsageError, match=name):
            read_private_key(tmp_path / name)
    with pytest.raises(UsageError, match="no public key"):
        read_public_key(tmp_path / "rsa")
