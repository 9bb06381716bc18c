"""Runs a campaign: each case once, also when it is stopped and goes on later, in several processes.

Results are appended case by case, so that whatever ends a run loses no more than what was under
way; going on repeats nothing that is there.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Final

from emulator.bench.campaigns.campaign import Campaign, Planned
from emulator.bench.campaigns.device_homes import Tell
from emulator.bench.campaigns.results import (
    REPORTS,
    RESULTS,
    CaseResult,
    Key,
    cut_torn_line,
    line_of,
    read_results,
)
from emulator.bench.campaigns.slices import run_slice, slices
from emulator.bench.campaigns.workers import run_in_processes
from emulator.kernel.errors import EnvironmentFault, UsageError
from emulator.kernel.text_files import read_text

COPY: Final = "campaign.toml"
"""What the results in a folder are of."""
Progress = Callable[[CaseResult, int, int], None]
"""Told the latest result, how many cases are done, and of how many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignRequest:
    """What a run of a campaign is asked for.

    Args:
        campaign: as its file says.
        text: of the file.
        out: folder of the results.
        jobs: how many processes.
        resume: whether to go on with what is in the folder.
        force: whether to begin anew, whatever is in the folder.
        tell: shows a line to a person who can be asked to do something; None where nobody can.
    """

    campaign: Campaign
    text: str
    out: Path
    jobs: int = 1
    resume: bool = False
    force: bool = False
    tell: Tell | None = None


def run_campaign(asked: CampaignRequest, progress: Progress) -> tuple[CaseResult, ...]:
    """Run what is not done yet, and give every result of the campaign.

    Raises:
        UsageError: when the folder has other results or files of others, or no case is selected.
        EnvironmentFault: when it cannot be written.
    """
    planned = tuple(asked.campaign.planned())
    if not planned:
        raise UsageError(f"{asked.campaign.source}: the selection leaves no case")
    done = _opened(asked)
    found: dict[Key, CaseResult] = {each.key: each for each in done}
    rest = [each for each in planned if each.key not in found]
    with (asked.out / RESULTS).open("a", encoding="utf-8") as file:
        for result in _results(asked, rest):
            found[result.key] = result
            file.write(line_of(result) + "\n")
            file.flush()
            progress(result, len(found), len(planned))
    return tuple(found[each.key] for each in planned)


def _opened(asked: CampaignRequest) -> Sequence[CaseResult]:
    """Make the folder, or see what is in it."""
    results, copy = asked.out / RESULTS, asked.out / COPY
    if asked.out.exists() and not asked.out.is_dir():
        raise UsageError(f"--out {asked.out}: is no folder")
    try:
        if not asked.force:
            _check_folder(asked, there=results.exists() or copy.exists())
        asked.out.mkdir(parents=True, exist_ok=True)
        for name in (*REPORTS, *(() if asked.resume else (RESULTS,))):
            (asked.out / name).unlink(missing_ok=True)
        copy.write_text(asked.text, "utf-8")
    except OSError as fault:
        raise EnvironmentFault(f"{asked.out}: {fault}") from fault
    cut_torn_line(results)
    return tuple(read_results(results))


def _check_folder(asked: CampaignRequest, *, there: bool) -> None:
    """Whether the folder may be written.

    Raises:
        UsageError: when it holds what must not be lost.
    """
    out, copy = asked.out, asked.out / COPY
    if there and not asked.resume:
        raise UsageError(
            f"{out} has results: go on with --resume, begin anew with --force, or name another "
            "folder"
        )
    told = _otherwise(copy, asked.text) if there else ""
    if told:
        raise UsageError(f"{out} has the results of another campaign than this file: {told}")
    found = sorted(each.name for each in out.iterdir()) if out.is_dir() and not there else []
    if found:
        raise UsageError(
            f"--out {out}: holds {found[0]}, not written by a campaign: expected an empty folder, "
            "that of an earlier campaign, or --force"
        )


def _otherwise(copy: Path, text: str) -> str:
    """In what a campaign differs from the copy that lies with its results; empty where in nothing.

    Raises:
        UsageError: when the copy is no text.
    """
    if not copy.exists():
        return f"no {COPY} is beside them"
    known = read_text(copy)
    if known == text:
        return ""
    pairs = enumerate(zip_longest(known.splitlines(), text.splitlines()), 1)
    return next((f"line {line} differs" for line, (a, b) in pairs if a != b), "its ends of lines")


def _results(asked: CampaignRequest, rest: Sequence[Planned]) -> Iterator[CaseResult]:
    """A device that is really there has one radio, and so one process."""
    if asked.jobs > 1 and not any(each.device.radio for each in rest):
        yield from run_in_processes(asked.campaign, rest, asked.jobs).results()
        return
    for part in slices(rest, max(1, len(rest))):
        yield from run_slice(asked.campaign, part, asked.tell)
