"""Runs a campaign: each case once, also when it is stopped and goes on later, in several processes.

Results are appended case by case, so that whatever ends a run loses no more than what was under
way; going on repeats nothing that is there.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from itertools import groupby
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from emulator.bench.campaigns.campaign import Campaign, Planned
from emulator.bench.campaigns.case_story import not_applicable, result_of, untested
from emulator.bench.campaigns.results import (
    RESULTS,
    CaseResult,
    Key,
    cut_torn_line,
    line_of,
    read_results,
)
from emulator.bench.running.arrival import outside
from emulator.bench.running.benched_home import BenchedHome, DeviceUnderTest
from emulator.bench.running.runner import Runner
from emulator.kernel.errors import EnvironmentFault, LabError, UsageError
from emulator.kernel.extensions import load

COPY: Final = "campaign.toml"
"""What the results in a folder are of."""
_SLICE: Final = 100
"""Cases that one process runs on one device before it hands in what came of them."""
Progress = Callable[[int, int], None]
"""Told how many cases are done, and of how many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignRequest:
    """What a run of a campaign is asked for.

    Args:
        campaign: as its file says.
        text: of the file.
        out: folder of the results.
        jobs: how many processes.
        resume: whether to go on with what is in the folder.
    """

    campaign: Campaign
    text: str
    out: Path
    jobs: int = 1
    resume: bool = False


def run_campaign(asked: CampaignRequest, progress: Progress) -> tuple[CaseResult, ...]:
    """Run what is not done yet, and give every result of the campaign.

    Raises:
        UsageError: when the folder has other results, or no case is selected.
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
            progress(len(found), len(planned))
    return tuple(found[each.key] for each in planned)


def _opened(asked: CampaignRequest) -> Sequence[CaseResult]:
    """Make the folder, or see what is in it."""
    results, copy = asked.out / RESULTS, asked.out / COPY
    there = results.exists() or copy.exists()
    if there and not asked.resume:
        raise UsageError(f"{asked.out} has results: go on with --resume, or name another folder")
    if there and (not copy.exists() or copy.read_text("utf-8") != asked.text):
        raise UsageError(f"{asked.out} has the results of another campaign than this file")
    try:
        asked.out.mkdir(parents=True, exist_ok=True)
        copy.write_text(asked.text, "utf-8")
    except OSError as fault:
        raise EnvironmentFault(f"{asked.out}: {fault}") from fault
    cut_torn_line(results)
    return tuple(read_results(results))


def _results(asked: CampaignRequest, rest: Sequence[Planned]) -> Iterator[CaseResult]:
    if asked.jobs == 1:
        for part in _slices(rest, len(rest)):
            yield from run_slice(asked.campaign, part)
        return
    with ProcessPoolExecutor(asked.jobs, mp_context=get_context("spawn")) as pool:
        parts = [pool.submit(_in_a_process, asked.campaign, part) for part in _slices(rest, _SLICE)]
        for each in as_completed(parts):
            yield from each.result()


def _slices(rest: Iterable[Planned], size: int) -> Iterator[tuple[Planned, ...]]:
    """What is to be done on one device in one repeat, at most so much at once."""
    for _, group in groupby(rest, key=lambda each: (each.repeat, each.device.name)):
        cases = tuple(group)
        for start in range(0, len(cases), max(1, size)):
            yield cases[start : start + size]


def _in_a_process(campaign: Campaign, part: Sequence[Planned]) -> tuple[CaseResult, ...]:
    return tuple(run_slice(campaign, part))


def run_slice(campaign: Campaign, part: Sequence[Planned]) -> Iterator[CaseResult]:
    """The results of cases on one device, which is put into its home for them.

    A device that cannot be tested at all is an error of each of its cases; others go on.
    """
    runner: Runner | None = None
    trouble = LabError()
    try:
        runner = Runner(_home(campaign, part[0]))
    except LabError as fault:
        trouble = fault
    for each in part:
        excuse = each.device.profile.excuse(each.case)
        if excuse:
            yield not_applicable(campaign, each, excuse)
        elif runner is None:
            yield untested(campaign, each, outside(each.case, trouble))
        else:
            yield result_of(campaign, each, runner.record(each.case))


def _home(campaign: Campaign, first: Planned) -> BenchedHome:
    device = first.device
    tested = DeviceUnderTest(
        kind=device.kind,
        shipment=campaign.shipment,
        reach=campaign.reach,
        seed=campaign.seed + first.repeat,
        defect=load("hanlab.defects", device.defect) if device.defect else None,
    )
    return BenchedHome(tested)
