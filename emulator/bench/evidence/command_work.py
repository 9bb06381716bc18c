"""What `hanlab evidence` does once its words are read."""

import json
from pathlib import Path
from typing import Final

import typer

from emulator.bench.evidence.making import BundleRequest, make_bundle, summary
from emulator.bench.evidence.signature import fingerprint, read_private_key
from emulator.bench.evidence.verifying import Verified, verify_bundle
from emulator.kernel.errors import UsageError

WHOLE: Final = 0
CHANGED: Final = 1


def make_and_tell(asked: BundleRequest) -> int:
    """Make a bundle, say what is in it, and give the exit status.

    Raises:
        UsageError: when folder, key or words are not as they must be.
        EnvironmentFault: when a file cannot be read or written.
    """
    if asked.keep_texts and not asked.anonymise:
        raise UsageError("--keep-texts goes with --anonymise: without it every text is kept")
    bundle = make_bundle(asked)
    told = summary(bundle, json.loads(bundle.files["declaration.json"]))
    signer = "not signed"
    if asked.key:
        signer = f"signed by {fingerprint(read_private_key(asked.key).public_key())}"
    name = "anonymised" if asked.anonymise else "not anonymised"
    typer.echo(f"{asked.out}: {told}; {name}; {signer}")
    return WHOLE


def verify_and_tell(file: Path, trust: Path | None, *, as_json: bool) -> int:
    """Verify a bundle, say what there is to say of it, and give the exit status.

    Raises:
        UsageError: when it is no bundle, or one that is not safe to open.
    """
    found = verify_bundle(file, trust)
    if as_json:
        typer.echo(json.dumps(_document(found), indent=2, ensure_ascii=False))
    else:
        for line in _lines(file, found):
            typer.echo(line)
    return WHOLE if found.whole else CHANGED


def _document(found: Verified) -> dict[str, object]:
    return {
        "whole": found.whole,
        "problems": list(found.problems),
        "signer": found.signer or None,
        "trusted": found.trusted,
        "manifest": found.manifest,
    }


def _lines(file: Path, found: Verified) -> list[str]:
    files = len(found.manifest["files"])
    state = f"whole: {files} files as bundled" if found.whole else "NOT to be relied on"
    signer = f"signed by {found.signer}" if found.signer else "not signed: anybody can have made it"
    if found.signer and found.trusted is None:
        signer += " (whose key that is, --trust can tell)"
    return [f"{file}: {state}", *(f"  {each}" for each in found.problems), signer]
