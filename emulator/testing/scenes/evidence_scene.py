"""A finished campaign in a folder, bundles of it, and keys, for tests of evidence."""

import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

from emulator.bench.evidence.bundle import Bundle
from emulator.bench.evidence.folder import CampaignFolder, read_folder
from emulator.bench.evidence.making import BundleRequest, bundle_of
from emulator.bench.evidence.signature import PrivateKey
from emulator.testing.scenes.bench_results import campaign_run

CAPTURE: Final = bytes.fromhex("0a0d0d0a 00db1234567890a0")
"""No whole capture: octets that hold the EUI-64 of the meter."""


@cache
def finished_folder() -> CampaignFolder:
    """What is in the folder of a campaign that ended, with a capture beside its results."""
    folder = Path(mkdtemp(prefix="hanlab-evidence-"))
    try:
        campaign_run(folder)
        (folder / "results" / "han.pcapng").write_bytes(CAPTURE)
        return read_folder(folder / "results")
    finally:
        shutil.rmtree(folder)


@cache
def bundle(*, anonymise: bool = False, keep_texts: bool = False, sign: bool = False) -> Bundle:
    """The bundle of that campaign."""
    asked = BundleRequest(
        folder=Path("results"), out=Path("x.zip"), anonymise=anonymise, keep_texts=keep_texts
    )
    return bundle_of(finished_folder(), asked, ed25519_key() if sign else None)


@cache
def ed25519_key(seed: int = 1) -> ed25519.Ed25519PrivateKey:
    """A key for tests: the same in every run."""
    return ed25519.Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)


@cache
def ecdsa_key(seed: int = 1) -> ec.EllipticCurvePrivateKey:
    """A key on P-256 for tests: the same in every run."""
    return ec.derive_private_key(seed, ec.SECP256R1())


def write_key(path: Path, key: PrivateKey) -> Path:
    """Put a private key in PEM into a file."""
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return path


def write_public_key(path: Path, key: PrivateKey) -> Path:
    """Put the public half of a key in PEM into a file."""
    path.write_bytes(
        key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
    )
    return path
