"""The page of devices that are broken on purpose, and of what catches each of them."""

from collections.abc import Iterator
from typing import Final

from emulator.bench.campaigns.campaign import known_cases
from emulator.bench.campaigns.profile import EMULATED, Profile
from emulator.bench.cases.cases import Case
from emulator.bench.cases.nature_cases import NETWORK_CHECKS
from emulator.bench.running.arrival import outside, trial
from emulator.bench.running.benched_home import BenchedHome, DeviceUnderTest, Reach
from emulator.bench.running.defects import says
from emulator.bench.running.runner import Runner
from emulator.kernel.errors import LabError
from emulator.kernel.extensions import load
from emulator.lab.kept.result import Verdict
from emulator.testing.scenes.bench_scene import case_named, on_test
from tests.devices.faulty.caught import CAUGHT, Caught, defects_in

THEMES: Final = {
    "protection": "Protection",
    "counters": "Counters",
    "answers": "Answers",
    "values": "Values",
    "memory": "Memory",
    "alerts": "Alerts",
    "timing": "Dates and clocks",
    "network": "The network",
}
"""The files under `devices/faulty` that hold defects, in the order of the page."""
SAMPLE: Final = frozenset((0x0013, 0x001A, 0x0026, 0x0027, 0x0045))
"""Message codes whose cases every defect is tried by: CS07, ECS02, ECS17a, ECS17b, ECS29a."""
_HEAD: Final = """\
# Devices that are broken on purpose

Written by `make reference`, which runs every one of them; a test compares.

Each device has one defect, and is as good as the others but for that. A campaign takes one with
`defect = "NAME"`. The case named fails on it, with the clause named, and passes on a good device.
Beside it stand the other checks that fail in a sample: the cases of CS07, ECS02, ECS17a, ECS17b and
ECS29a (of GCS13a on the gas meter), of the use case of the case named, and of the device's nature.

Here a device that has fallen silent stays so, and the cases after that say nothing of it; a
campaign puts it back.

The words of a clause after its comma are ours. `han` cases need `reach = "han"`.
"""
_TABLE: Final = """
| defect | what it does wrong | caught by | clause | other checks that fail |
|---|---|---|---|---|
"""


def faulty_page() -> str:
    """The page, every defect tried."""
    return _page(others=True)


def told_page() -> str:
    """The page without the column for which devices have to be run."""
    return _page(others=False)


def without_others(page: str) -> str:
    """A page without that column."""
    lines = (_row_without_others(line) for line in page.splitlines())
    return "\n".join(lines) + "\n"


def _row_without_others(line: str) -> str:
    if not line.startswith("| `"):
        return line
    return " | ".join((*line.split(" | ")[:-1], "|"))


def _page(*, others: bool) -> str:
    parts = [_HEAD]
    for theme, title in THEMES.items():
        parts += [f"\n## {title}\n", _TABLE]
        parts += [_row(defect, CAUGHT[defect], others=others) for defect in defects_in(theme)]
    return "".join(parts)


def _row(defect: str, caught: Caught, *, others: bool) -> str:
    what = " ".join(says(load("hanlab.defects", defect)).split()).partition(" (against")[0]
    case = case_named(caught.case)
    reach = " (`han`)" if caught.reach is Reach.HAN else ""
    clause = case.clauses[0]
    cells = [f"`{defect}`", what, f"`{case.name}`{reach}", clause]
    if not others:
        return "| " + " | ".join(cells) + " | |\n"
    checks = sorted({each.check.value for each in _failing(defect, caught)} - {case.check.value})
    return "| " + " | ".join((*cells, ", ".join(checks) or "none")) + " |\n"


def _failing(defect: str, caught: Caught) -> Iterator[Case]:
    """The cases of the sample that fail on a device with a defect."""
    named = case_named(caught.case)
    tested = on_test(named.kind, reach=caught.reach, defect=defect)
    cases = [each for each in known_cases(named.kind).values() if _sampled(each, named, caught)]
    judged = _apart if caught.reach is Reach.HAN else _together
    yield from judged(tested, cases)


def _sampled(case: Case, named: Case, caught: Caught) -> bool:
    if caught.reach is Reach.HAN:
        return case.check in NETWORK_CHECKS
    if case.check in NETWORK_CHECKS or EMULATED.get(case.kind, Profile()).excuse(case):
        return False
    return case.use_case.code in SAMPLE or case.use_case.code == named.use_case.code


def _together(tested: DeviceUnderTest, cases: list[Case]) -> Iterator[Case]:
    """Cases on one device, each as it was when it left the factory."""
    try:
        runner = Runner(BenchedHome(tested))
    except LabError as fault:
        yield from (each for each in cases if outside(each, fault).verdict is Verdict.FAIL)
        return
    for each in cases:
        if runner.run(each).verdict is Verdict.FAIL:
            yield each


def _apart(tested: DeviceUnderTest, cases: list[Case]) -> Iterator[Case]:
    """Cases on a device that is put into a home of its own for each."""
    yield from (each for each in cases if trial(tested, each).verdict is Verdict.FAIL)
