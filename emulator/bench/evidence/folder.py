"""The folder of a campaign, read again: its document, its results, and what was captured."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from emulator.bench.campaigns.campaign_run import COPY
from emulator.bench.campaigns.results import RESULTS, CaseResult, read_results
from emulator.bench.report.campaign_document import SCHEMA_VERSION, results_digest, told_of
from emulator.bench.report.files import json_text
from emulator.kernel.errors import EnvironmentFault, UsageError
from emulator.kernel.json_text import parse_json
from emulator.lab.kept.output_directory import REPORT_JSON

_CAPTURES: Final = (".pcap", ".pcapng")
_TRACE: Final = "trace.jsonl"
MOST_CAPTURED: Final = 256 << 20
"""Octets of one capture that go into a bundle."""


@dataclass(frozen=True, slots=True)
class CampaignFolder:
    """What is in the folder of a campaign.

    Args:
        document: report.json.
        results: of every case, in the order of the folder.
        campaign: octets of the campaign's file.
        captures: captures and traces, by their names below the folder.
    """

    document: dict[str, Any]
    results: tuple[CaseResult, ...]
    campaign: bytes
    captures: dict[str, bytes]


def read_folder(folder: Path) -> CampaignFolder:
    """What is in a folder.

    Raises:
        UsageError: when it is none of a campaign that ended, or its files are of different runs.
        EnvironmentFault: when a file cannot be read.
    """
    missing = [name for name in (REPORT_JSON, RESULTS, COPY) if not (folder / name).is_file()]
    if missing:
        raise UsageError(
            f"{folder}: no {', no '.join(missing)}: expected the folder of a campaign that ended"
        )
    document = _document(folder / REPORT_JSON)
    results = tuple(read_results(folder / RESULTS))
    if results_digest(results) != document["results_sha256"]:
        raise UsageError(f"{folder}: {RESULTS} is not what {REPORT_JSON} was written from")
    told = parse_json(json_text(told_of(results)))
    changed = next((name for name, value in told.items() if document.get(name) != value), "")
    if changed:
        raise UsageError(f"{folder}: {changed} in {REPORT_JSON} is not that of {RESULTS}")
    captures = dict(_captures(folder))
    return CampaignFolder(document, results, _octets(folder / COPY), captures)


def _document(path: Path) -> dict[str, Any]:
    try:
        document = parse_json(_octets(path))
    except ValueError as fault:
        raise UsageError(f"{path}: no JSON: {fault}") from fault
    known = isinstance(document, dict) and "campaign" in document and "results_sha256" in document
    if not known or document.get("schema_version") != SCHEMA_VERSION:
        raise UsageError(f"{path}: no report of a campaign by this version of hanlab")
    return dict(document)


def _captures(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Captures and traces, also in folders below; links are not followed."""
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.is_file():
            continue
        if path.suffix in _CAPTURES or path.name == _TRACE:
            if path.stat().st_size > MOST_CAPTURED:
                raise UsageError(f"{path}: expected a capture of at most {MOST_CAPTURED} octets")
            yield path.relative_to(folder).as_posix(), _octets(path)


def _octets(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise EnvironmentFault(f"{path}: {fault.strerror}") from fault
