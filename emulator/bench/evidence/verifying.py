"""Tells whether a bundle is as it was made, and by which key it was signed."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from emulator.bench.evidence.bundle import MANIFEST, SIGNATURE, Bundle
from emulator.bench.evidence.opening import manifest_document, open_bundle, read_json
from emulator.bench.evidence.signature import (
    PublicKey,
    fingerprint,
    read_public_key,
    signing_key,
)
from emulator.kernel.errors import SecurityError, UsageError

_NEEDED: Final = (
    "declaration.html",
    "declaration.json",
    "report.html",
    "report.json",
    "results.jsonl",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What is to be said of a bundle.

    Args:
        problems: what is not as it was made; none where it is whole.
        signer: fingerprint of the key that signed it; empty where nobody did.
        trusted: whether that is the key that was named; None where none was.
        manifest: of the bundle.
    """

    problems: tuple[str, ...]
    signer: str
    trusted: bool | None
    manifest: Mapping[str, Any]

    @property
    def whole(self) -> bool:
        """Whether everything is as it was made, and signed by whom it should be."""
        return not self.problems


def verify_bundle(path: Path, trust: Path | None = None) -> Verified:
    """What is to be said of a file.

    Args:
        path: of the bundle.
        trust: file of the public key that must have signed it; any key, or none, where None.

    Raises:
        UsageError: when it is no bundle at all, or no key.
    """
    key = read_public_key(trust) if trust else None
    bundle = open_bundle(path)
    return verified(bundle, manifest_document(bundle, str(path)), key)


def verified(bundle: Bundle, manifest: Mapping[str, Any], trust: PublicKey | None) -> Verified:
    """What is to be said of a bundle that was opened."""
    problems = list(_file_problems(bundle, manifest))
    signer, trusted = "", None if trust is None else False
    try:
        key = _signer(bundle)
    except SecurityError as fault:
        problems.append(str(fault))
    else:
        signer = fingerprint(key) if key else ""
        if trust is not None:
            trusted = signer == fingerprint(trust)
            if not trusted:
                by = signer or "nobody"
                problems.append(f"signed by {by}, expected {fingerprint(trust)}")
    return Verified(
        problems=tuple(problems), signer=signer, trusted=trusted, manifest=dict(manifest)
    )


def _signer(bundle: Bundle) -> PublicKey | None:
    if not bundle.signature:
        return None
    try:
        document = read_json(bundle.signature, SIGNATURE)
    except UsageError as fault:
        raise SecurityError(str(fault)) from fault
    return signing_key(bundle.manifest, document)


def _file_problems(bundle: Bundle, manifest: Mapping[str, Any]) -> Iterator[str]:
    """What of the files is not as the manifest says."""
    listed = {each["path"]: each for each in manifest["files"]}
    if len(listed) != len(manifest["files"]):
        yield f"{MANIFEST} names a file twice"
    for name in (each for each in _NEEDED if each not in listed):
        yield f"{MANIFEST} does not name {name}"
    for name in sorted(bundle.files.keys() - listed.keys()):
        yield f"{name} is in the bundle, and not in {MANIFEST}"
    for name, entry in sorted(listed.items()):
        octets = bundle.files.get(name)
        if octets is None:
            yield f"{name} is missing"
        elif len(octets) != entry["bytes"]:
            yield f"{name} has {len(octets)} octets, {MANIFEST} says {entry['bytes']}"
        elif hashlib.sha256(octets).hexdigest() != entry["sha256"]:
            yield f"{name} is not what was bundled: its SHA-256 is another"
