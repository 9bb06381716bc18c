"""What `hanlab bench run` does once its words are read."""

import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import typer

from emulator.bench.campaigns.campaign import Campaign, Selection
from emulator.bench.campaigns.campaign_file import parse_campaign, read_text
from emulator.bench.campaigns.campaign_run import CampaignRequest, run_campaign, run_slice
from emulator.bench.campaigns.results import CaseResult, counts, overall
from emulator.bench.report.files import write_reports
from emulator.bench.running.difference import document_lines
from emulator.kernel.errors import UsageError
from emulator.lab.result import Verdict
from emulator.lab.run import EXIT_STATUS

_SHOWN: Final = 20
"""Failures that a person is told of; the others are in the files."""


def run_file(  # noqa: PLR0913 - one for each word of the command line
    file: Path,
    out: Path,
    *,
    jobs: int,
    resume: bool,
    as_json: bool,
    allure: Path | None = None,
) -> int:
    """Run a campaign, write its files, and give the exit status.

    Raises:
        UsageError: with every mistake of the file; then nothing was written.
        EnvironmentFault: when the folder cannot be written.
    """
    text = read_text(file)
    campaign = parse_campaign(file, text)
    asked = CampaignRequest(campaign=campaign, text=text, out=out, jobs=jobs, resume=resume)
    results = run_campaign(asked, _shown)
    report = write_reports(out, campaign, results, allure)
    if as_json:
        typer.echo(report, nl=False)
    _tell(results, err=as_json)
    return EXIT_STATUS[overall(results)]


def repeat_case(file: Path, wanted: str) -> int:
    """Run one case of a campaign, tell all there is to tell of it, and give the exit status.

    Args:
        file: of the campaign.
        wanted: device and case, with a colon between them.

    Raises:
        UsageError: when the campaign has no such case.
    """
    campaign = parse_campaign(file, read_text(file))
    device, _, name = wanted.partition(":")
    everything: Campaign = replace(campaign, selection=Selection(), repeats=1)
    planned = [each for each in everything.planned() if each.key == (device, name, 0)]
    if not planned:
        raise UsageError(f"{file} has no case {wanted!r}: expected DEVICE:CASE")
    (result,) = run_slice(campaign, planned)
    for part in _story(result):
        typer.echo(part)
    return EXIT_STATUS[overall((result,))]


def _story(result: CaseResult) -> list[str]:
    """Everything of one result, in the order in which a person reads it."""
    parts = [f"{result.verdict}: {result.device}:{result.case}", f"clause: {result.clause}"]
    if result.field:
        parts.append(f"{result.field}: {result.reason}")
    for name, tree in (("expected", result.expected), ("seen", result.seen)):
        if tree is not None:
            parts += [f"{name}:", *document_lines(tree)]
    if result.triage:
        parts.append(f"looked at (SEC H14.43): {result.triage}")
    for name, text in (("not applicable", result.profile), ("agreed", result.waiver)):
        if text:
            parts.append(f"{name}: {text}")
    if result.hexdump:
        parts += ["octets:", result.hexdump]
    parts += [f"{_time(each)} to {each['to']}: {each['says']}" for each in result.messages]
    parts += [
        f"{_time(each)} {each['from']} > {each['to']}: {each['label']}" for each in result.frames
    ]
    return parts


def _time(row: Mapping[str, Any]) -> str:
    return f"{row['at'] / 1_000_000:.6f} s"


def _shown(done: int, planned: int) -> None:
    """Say on a terminal how far a campaign is."""
    if sys.stderr.isatty():
        typer.echo(f"\r{done} of {planned} cases", nl=done == planned, err=True)


def _tell(results: tuple[CaseResult, ...], *, err: bool) -> None:
    """The counts, and the first cases that are neither passes nor agreed."""
    pass_or_none = (Verdict.PASS.value, Verdict.NOT_APPLICABLE.value)
    bad = [each for each in results if each.verdict not in pass_or_none]
    for each in bad[:_SHOWN]:
        agreed = f" (agreed: {each.waiver})" if each.waiver else ""
        typer.echo(
            f"{each.verdict} {each.device}:{each.case}: {each.field}: {each.reason}{agreed}\n"
            f"  {each.clause}\n  {each.again}",
            err=err,
        )
    if len(bad) > _SHOWN:
        typer.echo(f"and {len(bad) - _SHOWN} more", err=err)
    told = ", ".join(f"{count} {verdict}" for verdict, count in counts(results).items() if count)
    typer.echo(f"{overall(results).value}: {len(results)} cases: {told}", err=err)
