"""Cases of a campaign, run one after the other on their device."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from emulator.bench.campaigns.campaign import Campaign, Planned
from emulator.bench.campaigns.case_story import not_applicable, result_of, untested
from emulator.bench.campaigns.device_homes import Tell, home_of, keep_counter
from emulator.bench.campaigns.results import CaseResult
from emulator.bench.running.arrival import outside
from emulator.bench.running.runner import Runner
from emulator.kernel.errors import LabError


def slices(rest: Iterable[Planned], size: int) -> Iterator[tuple[Planned, ...]]:
    """What is to be done on one device in one repeat, at most so much at once."""
    for _, group in groupby(rest, key=lambda each: (each.repeat, each.device.name)):
        cases = tuple(group)
        for start in range(0, len(cases), size):
            yield cases[start : start + size]


def run_slice(
    campaign: Campaign, part: Sequence[Planned], tell: Tell | None = None
) -> Iterator[CaseResult]:
    """The results of cases on one device, which is put into its home for them.

    A device that cannot be tested at all is an error of each of its cases; others go on. An
    emulated one that falls silent is taken away, and a new one tried from the next case on: what
    silenced it must not hide the rest. One that is really there may come back.
    """
    runner: Runner | None = None
    trouble: LabError | None = None
    for each in part:
        excuse = campaign.excuse(each)
        if excuse:
            yield not_applicable(campaign, each, excuse)
            continue
        if runner is None and trouble is None:
            try:
                runner = Runner(home_of(campaign, each, tell))
            except LabError as fault:
                trouble = fault
        if runner is None:
            yield untested(campaign, each, outside(each.case, trouble or LabError()))
            continue
        run = runner.record(each.case)
        keep_counter(campaign, each.device, runner.counter)
        yield result_of(campaign, each, run)
        if runner.silent and not each.device.radio:
            runner = None
