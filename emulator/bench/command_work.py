"""What `hanlab bench run` does once its words are read."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Final

import typer

from emulator.bench.campaigns.campaign import Campaign, Planned, Selection
from emulator.bench.campaigns.campaign_file import parse_campaign, records_folder
from emulator.bench.campaigns.campaign_run import CampaignRequest, run_campaign
from emulator.bench.campaigns.progress import CampaignProgress
from emulator.bench.campaigns.results import CaseResult, counts, overall
from emulator.bench.campaigns.slices import run_slice
from emulator.bench.campaigns.story_text import story
from emulator.bench.cases.own_records import own_records
from emulator.bench.cases.tags import DESTRUCTIVE
from emulator.bench.report.allure_results import allure_model
from emulator.bench.report.files import write_reports
from emulator.kernel.errors import UsageError
from emulator.kernel.text_files import read_text
from emulator.lab.interactive.operator_steps import confirmed
from emulator.lab.kept.result import Verdict
from emulator.lab.runs.run import EXIT_STATUS, INTERRUPTED

_ALIKE: Final = 3
"""Cases that are told where one is named that there is not."""
_WORST_FIRST: Final = (Verdict.FAIL.value, Verdict.ERROR.value, Verdict.INCONCLUSIVE.value)
_SHOWN: Final = 20
"""Failures that a person is told of; the others are in the files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOrder:
    """A campaign as somebody asks for it.

    Args:
        file: of the campaign.
        use_cases: folder of own records; None for what the campaign names.
        yes: whether nobody needs to be asked before destructive cases.
        allure: folder for Allure results; None where nobody wants them.
        resume: whether to go on with what is in the folder of results.
        force: whether to begin anew, whatever is in it.
    """

    file: Path
    use_cases: Path | None = None
    yes: bool = False
    allure: Path | None = None
    resume: bool = False
    force: bool = False


def run_file(order: RunOrder, out: Path, *, jobs: int = 1, as_json: bool = False) -> int:
    """Run a campaign, write its files, and give the exit status.

    Raises:
        UsageError: with every mistake of the file; then nothing was written.
        EnvironmentFault: when the folder cannot be written.
    """
    if order.resume and order.force:
        raise UsageError("--resume goes on, --force begins anew: expected one of them")
    if order.allure is not None:
        allure_model()
        if order.allure.exists() and not order.allure.is_dir():
            raise UsageError(f"--allure {order.allure}: is no folder")
    with _read(order) as (campaign, text):
        if not _agreed(order, tuple(campaign.planned())):
            return INTERRUPTED
        progress = CampaignProgress(sys.stderr)
        asked = CampaignRequest(
            campaign=campaign,
            text=text,
            out=out,
            jobs=jobs,
            resume=order.resume,
            force=order.force,
            tell=progress.tell,
        )
        try:
            with progress:
                results = run_campaign(asked, progress.show)
            report = write_reports(out, campaign, results, order.allure)
        except KeyboardInterrupt:
            kept = f"; go on with --resume: {out} has what was done" if out.is_dir() else ""
            typer.echo(f"stopped{kept}", err=True)
            return INTERRUPTED
    if as_json:
        typer.echo(report, nl=False)
    _tell(results, err=as_json)
    return EXIT_STATUS[overall(results)]


def repeat_case(order: RunOrder, wanted: str, repeat: int = 0) -> int:
    """Run one case of a campaign, tell all there is to tell of it, and give the exit status.

    Args:
        order: of the campaign.
        wanted: device and case, with a colon between them.
        repeat: which repeat of it: each has a seed of its own.

    Raises:
        UsageError: when the campaign has no such case.
    """
    with _read(order) as (campaign, _):
        everything: Campaign = replace(campaign, selection=Selection(), repeats=1)
        there = {f"{each.device.name}:{each.case.name}": each for each in everything.planned()}
        if wanted not in there:
            near = get_close_matches(wanted, there, _ALIKE)
            like = f"perhaps {', '.join(near)}" if near else "expected DEVICE:CASE"
            raise UsageError(f"{order.file} has no case {wanted!r}: {like}")
        planned = [replace(there[wanted], repeat=repeat)]
        if not _agreed(order, planned):
            return INTERRUPTED
        (result,) = run_slice(campaign, planned, lambda words: typer.echo(words, err=True))
    for part in story(result):
        typer.echo(part)
    return EXIT_STATUS[overall((result,))]


@contextmanager
def _read(order: RunOrder) -> Iterator[tuple[Campaign, str]]:
    """The campaign of a file and its text; while inside, its own use cases are known.

    Raises:
        UsageError: with the mistakes of records, hooks and campaign.
    """
    text = read_text(order.file)
    folder = order.use_cases or records_folder(order.file, text)
    with ExitStack() as known:
        try:
            known.enter_context(own_records(folder))
        except UsageError as refusal:
            raise UsageError(*refusal.problems, *_other_mistakes(order.file, text)) from refusal
        yield parse_campaign(order.file, text, folder), text


def _other_mistakes(file: Path, text: str) -> tuple[str, ...]:
    """What is wrong with a campaign beside its records; what they could have named is left out."""
    try:
        parse_campaign(file, text)
    except UsageError as refusal:
        about_records = ("no use case", "no tag", "no clause", "no case", "no record")
        return tuple(
            each for each in refusal.problems if not any(word in each for word in about_records)
        )
    return ()


def _agreed(order: RunOrder, planned: tuple[Planned, ...] | list[Planned]) -> bool:
    """Whether cases may be run that a device really there may not come back from."""
    risky = [each for each in planned if each.device.radio and DESTRUCTIVE in each.case.tags]
    if not risky:
        return True
    devices = ", ".join(dict.fromkeys(each.device.name for each in risky))
    cases = dict.fromkeys(str(each.case.use_case) for each in risky)
    question = f"{len(risky)} destructive cases on {devices}, which is really there; go on?"
    return confirmed(question, yes=order.yes, source=sys.stdin, lines=tuple(cases))


def _tell(results: tuple[CaseResult, ...], *, err: bool) -> None:
    """The counts, and cases that are no passes, failures first and what was agreed to last."""
    bad = [each for each in results if each.verdict in _WORST_FIRST]
    bad.sort(key=lambda each: (bool(each.waiver), _WORST_FIRST.index(each.verdict)))
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
