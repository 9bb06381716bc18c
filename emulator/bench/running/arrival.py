"""Devices that do not get into their home: for most cases trouble, for some what they ask.

A device that does not join cannot be tested, so that its cases are errors; but whether it joins,
and whether it agrees a key, is what two cases are about.
"""

from emulator.bench.cases.cases import Case
from emulator.bench.cases.checks import Check
from emulator.bench.running.benched_home import BenchedHome, DeviceUnderTest
from emulator.bench.running.defects import NotJoinedError
from emulator.bench.running.judgement import PASSED, Judged
from emulator.bench.running.runner import Runner
from emulator.bench.running.verdicts import departs, unclear
from emulator.kernel.errors import LabError
from emulator.lab.kept.result import Verdict


def trial(tested: DeviceUnderTest, case: Case) -> Judged:
    """What comes of one case on a device that is put into its home for it."""
    try:
        runner = Runner(BenchedHome(tested))
    except LabError as fault:
        return outside(case, fault)
    return runner.run(case)


def outside(case: Case, fault: LabError) -> Judged:
    """What comes of a case on a device that did not come up."""
    if isinstance(fault, NotJoinedError) and case.check is Check.JOINS:
        return PASSED if fault.joined else departs("join", str(fault))
    if isinstance(fault, NotJoinedError) and case.check is Check.AGREES_KEY:
        if fault.joined:
            return departs("link key", str(fault))
        return unclear("join", "it does not join, so that it agrees no key")
    reason = f"the device does not come up: {fault}"
    return Judged(verdict=Verdict.ERROR, field="bench", reason=reason)
