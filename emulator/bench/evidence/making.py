"""Makes a bundle out of the folder of a campaign: the same folder gives the same octets."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from emulator.bench.campaigns.campaign_run import COPY
from emulator.bench.campaigns.results import RESULTS, line_of
from emulator.bench.evidence.anonymous import (
    TEXTS_KEPT,
    TEXTS_WITHHELD,
    WHAT,
    anonymous_document,
    anonymous_result,
)
from emulator.bench.evidence.bundle import Bundle, manifest_of, zipped
from emulator.bench.evidence.declaration import declaration, declaration_page
from emulator.bench.evidence.folder import CampaignFolder, read_folder
from emulator.bench.evidence.identities import Identities, identities_of
from emulator.bench.evidence.opening import NAME
from emulator.bench.evidence.signature import PrivateKey, read_private_key, signed
from emulator.bench.report.files import json_text
from emulator.bench.report.html import render_campaign
from emulator.bench.report.junit import junit_document
from emulator.kernel.errors import EnvironmentFault, UsageError
from emulator.lab.kept.output_directory import JUNIT, REPORT_HTML, REPORT_JSON

CAPTURES: Final = "captures"


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleRequest:
    """What a bundle is asked for.

    Args:
        folder: of a campaign that ended.
        out: file of the bundle.
        key: file of the private key that signs it; None where nobody does.
        anonymise: whether it must not tell whose it is.
        keep_texts: whether reasons that people wrote stay in an anonymous one.
    """

    folder: Path
    out: Path
    key: Path | None = None
    anonymise: bool = False
    keep_texts: bool = False


def make_bundle(asked: BundleRequest) -> Bundle:
    """Make a bundle and write it.

    Raises:
        UsageError: when folder, key or file are not as they must be; nothing is written.
        EnvironmentFault: when a file cannot be read or written.
    """
    if asked.out.exists():
        raise UsageError(f"{asked.out} is there already")
    key = read_private_key(asked.key) if asked.key else None
    bundle = bundle_of(read_folder(asked.folder), asked, key)
    try:
        asked.out.write_bytes(zipped(bundle))
    except OSError as fault:
        raise EnvironmentFault(f"{asked.out}: {fault.strerror}") from fault
    return bundle


def bundle_of(folder: CampaignFolder, asked: BundleRequest, key: PrivateKey | None) -> Bundle:
    """The bundle of a campaign, without writing it."""
    known = identities_of(folder.document) if asked.anonymise else None
    made = folder if known is None else _anonymous(folder, known, keep_texts=asked.keep_texts)
    notes = (WHAT, TEXTS_KEPT if asked.keep_texts else TEXTS_WITHHELD) if known else ()
    files = _files(made, notes)
    if known is not None:
        _check(files, known)
    facts = {
        "clause": "SEC Appendix J (ETAD) 6.5(a)",
        "campaign": made.document["campaign"],
        "verdict": made.document["verdict"],
        "service_mode": made.document["service_mode"],
        "keys": made.document["keys"],
        "anonymised": list(notes),
        "tools": made.document["tools"],
    }
    manifest = manifest_of(files, facts)
    return Bundle(manifest, files, signed(manifest, key) if key else b"")


def _anonymous(folder: CampaignFolder, known: Identities, *, keep_texts: bool) -> CampaignFolder:
    results = tuple(anonymous_result(each, known, keep_texts=keep_texts) for each in folder.results)
    document = anonymous_document(folder.document, results, known, keep_texts=keep_texts)
    return CampaignFolder(document, results, b"", {})


def _files(made: CampaignFolder, notes: tuple[str, ...]) -> Mapping[str, bytes]:
    """Every file of the bundle but its manifest; reports are written anew from the results."""
    told = declaration(made.document, made.results)
    texts = {
        "declaration.html": declaration_page(told, notes),
        "declaration.json": json_text(told),
        JUNIT: junit_document(made.document, made.results),
        REPORT_HTML: render_campaign(made.document, made.results),
        REPORT_JSON: json_text(made.document),
        RESULTS: "".join(f"{line_of(each)}\n" for each in made.results),
    }
    files = {name: text.encode("utf-8", "backslashreplace") for name, text in texts.items()}
    if made.campaign:
        files[COPY] = made.campaign
    for name, octets in made.captures.items():
        files[_name(f"{CAPTURES}/{name}")] = octets
    return files


def _name(name: str) -> str:
    """A name that every system can unpack."""
    if not NAME.fullmatch(name):
        raise UsageError(f"{name}: expected a name of letters, digits, dots, dashes and slashes")
    return name


def _check(files: Mapping[str, bytes], known: Identities) -> None:
    """Look once more for what must not be there: what anonymising overlooks must not go out.

    Raises:
        EnvironmentFault: when a known identity stands in a file.
    """
    for name, octets in files.items():
        word = known.found_in(octets.decode("utf-8", "replace"))
        if word:
            raise EnvironmentFault(
                f"{name} still tells {word!r} after anonymising: no bundle was written; where the "
                "reports use that word, too, call the device, file or campaign otherwise"
            )


def summary(bundle: Bundle, told: Mapping[str, Any]) -> str:
    """A bundle in a line, for who made it.

    Args:
        bundle: that was made.
        told: its declaration.
    """
    aspects = [each for device in told["devices"] for each in device["aspects"]]
    agreed = sum(bool(each["agreed"]) for each in aspects)
    return (
        f"{len(bundle.files)} files, {len(aspects)} non-compliant aspects, {agreed} of them agreed"
    )
