"""Bench cases as tests: one for each that a use case's record asks of a device."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from difflib import get_close_matches
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest

from emulator.bench.campaigns.campaign import known_cases
from emulator.bench.campaigns.profile import EMULATED, Profile, names_of
from emulator.bench.cases.cases import Case
from emulator.bench.running.benched_home import BenchedHome, DeviceUnderTest, Reach
from emulator.bench.running.judgement import Judged
from emulator.bench.running.runner import Runner
from emulator.gbcs.meaning.tree import lines
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.kernel.errors import UsageError
from emulator.kernel.extensions import load
from emulator.lab.kept.result import Verdict
from emulator.testing.plugin.laboratory import shipment_of
from emulator.testing.plugin.marks import use_cases
from emulator.testing.plugin.options import choice_of

MARKER: Final = "bench"
_KNOWN: Final = ("kind", "checks", "cases", "defect", "reach")


@dataclass(frozen=True, slots=True)
class Bench:
    """A device on the bench.

    Args:
        runner: runs cases on it.
        kind: of device.
        profile: what it does without.
    """

    runner: Runner
    kind: DeviceKind
    profile: Profile

    def run(self, case: Case | str) -> Judged:
        """What comes of a case, given as itself or by its name.

        Raises:
            UsageError: when there is no such case.
        """
        return self.runner.run(self._found(case))

    def check(self, case: Case | str) -> None:
        """Run a case; a departure fails the test, what the profile excuses skips it."""
        found = self._found(case)
        excuse = self.profile.excuse(found)
        if excuse:
            pytest.skip(f"not applicable: {excuse}")
        judged = self.run(found)
        if judged.verdict is Verdict.NOT_APPLICABLE:
            pytest.skip(f"not applicable: {judged.reason}")
        if judged.verdict is not Verdict.PASS:
            pytest.fail("\n".join(_told(found, judged)), pytrace=False)

    def _found(self, case: Case | str) -> Case:
        if isinstance(case, Case):
            return case
        known = known_cases(self.kind)
        if case not in known:
            alike = ", ".join(get_close_matches(case, known)) or "KIND/CODE/USE-CASE/CHECK"
            raise UsageError(f"no case {case!r} of {self.kind.value}: expected one like {alike}")
        return known[case]


def parametrize(metafunc: pytest.Metafunc) -> None:
    """One test for each case of the use cases and checks that the markers name.

    Raises:
        UsageError: when the markers are wrong, or no case fits them.
    """
    definition = metafunc.definition
    told = _told_of(definition)
    named = {each.upper() for each in use_cases(definition)}
    known = tuple(known_cases(_kind(definition, told)).values())
    cases = [
        pytest.param(case, id=case.name, marks=pytest.mark.clause(case.clause))
        for case in known
        if _wanted(case, named, told)
    ]
    problems = [*_idle(known, named, told), *(() if cases else ("no bench case fits its markers",))]
    if problems:
        raise UsageError(*(f"{definition.nodeid}: {each}" for each in problems))
    metafunc.parametrize("bench_case", cases)


def bench_of(node: pytest.Item) -> Bench:
    """The device that the markers of a test name; the same one for every test that means it.

    Raises:
        UsageError: when the markers are wrong, or the shipment or the defect is not there.
    """
    told = _told_of(node)
    kind, choice = _kind(node, told), choice_of(node)
    wanted = (kind, choice.shipment, choice.seed, str(told.get("defect", "")), _reach(node, told))
    runner = _runner(*wanted)
    if runner.silent:  # what silenced it in one test is nothing to the next
        _runner.cache_clear()
        runner = _runner(*wanted)
    return Bench(runner, kind, EMULATED.get(kind, Profile()))


@cache
def _runner(kind: DeviceKind, path: Path | None, seed: int, defect: str, reach: Reach) -> Runner:
    """A device that has joined; each case puts it back to how it was then."""
    tested = DeviceUnderTest(
        kind=kind,
        shipment=shipment_of(path),
        reach=reach,
        seed=seed,
        defect=load("hanlab.defects", defect) if defect else None,
    )
    return Runner(BenchedHome(tested))


def _told_of(node: pytest.Item) -> Mapping[str, Any]:
    """What the markers `bench` say, the nearest first."""
    told: dict[str, Any] = {}
    for mark in node.iter_markers(MARKER):
        unknown = [name for name in mark.kwargs if name not in _KNOWN]
        if unknown or len(mark.args) > 1:
            wrong = ", ".join((*map(repr, mark.args[1:]), *unknown))
            known = ", ".join(_KNOWN)
            raise UsageError(f"{node.nodeid}: marker bench: {wrong}: expected {known}")
        positional = {"kind": mark.args[0]} if mark.args else {}
        told = {**positional, **mark.kwargs, **told}
    return told


def _kind(node: pytest.Item, told: Mapping[str, Any]) -> DeviceKind:
    try:
        return DeviceKind(str(told.get("kind", "")))
    except ValueError:
        known = ", ".join(each.value for each in DeviceKind)
        what = f"kind {told['kind']!r}" if "kind" in told else "no kind"
        raise UsageError(f"{node.nodeid}: marker bench: {what}: expected one of {known}") from None


def _reach(node: pytest.Item, told: Mapping[str, Any]) -> Reach:
    text = told.get("reach", Reach.DEVICE.value)
    try:
        return Reach(text)
    except ValueError:
        known = ", ".join(each.value for each in Reach)
        raise UsageError(f"{node.nodeid}: marker bench: reach {text!r}: expected {known}") from None


def _wanted(case: Case, named: AbstractSet[str], told: Mapping[str, Any]) -> bool:
    checks, patterns = _texts(told.get("checks", ())), _texts(told.get("cases", ()))
    return (
        (not named or any(each.upper() in named for each in names_of(case.use_case)))
        and (not checks or case.check.value in checks)
        and (not patterns or any(fnmatchcase(case.name, each) for each in patterns))
    )


def _idle(known: Sequence[Case], named: AbstractSet[str], told: Mapping[str, Any]) -> Iterator[str]:
    """What markers name and no case of the kind has: slips of the pen, which would test nothing."""
    there = {each.upper() for case in known for each in names_of(case.use_case)}
    yield from (f"no case of use case {each}" for each in sorted(named - there))
    checks = {case.check.value for case in known}
    for each in _texts(told.get("checks", ())):
        if each not in checks:
            near = ", ".join(get_close_matches(each, checks)) or ", ".join(sorted(checks))
            yield f"no check {each!r}: expected {near}"
    for each in _texts(told.get("cases", ())):
        if not any(fnmatchcase(case.name, each) for case in known):
            yield f"no case is called {each!r}"


def _texts(told: str | Iterable[str]) -> tuple[str, ...]:
    return (told,) if isinstance(told, str) else tuple(told)


def _told(case: Case, judged: Judged) -> Iterator[str]:
    """A departure as a person reads it."""
    yield f"{judged.verdict.value}: {case.name}"
    yield f"clause: {case.clause}"
    yield f"{judged.field}: {judged.reason}"
    for name, tree in (("expected", judged.expected), ("seen", judged.seen)):
        if tree is not None:
            yield f"{name}:"
            yield from (f"  {line}" for line in lines(tree))
    if judged.dump:
        yield judged.dump
