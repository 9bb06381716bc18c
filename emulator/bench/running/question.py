"""What only somebody who stands before the device can tell: a user's hook asks it after a case."""

from emulator.bench.cases.cases import Case
from emulator.bench.cases.checks import Check
from emulator.bench.cases.hooks import hook_of
from emulator.bench.running.benched_home import BenchedHome
from emulator.bench.running.judgement import Judged, Triage
from emulator.bench.running.operator import NOBODY_TOLD, agreed
from emulator.gbcs.meaning.tree import Tree
from emulator.lab.kept.result import Verdict

_ACTION = "read-display"


def asked_of_operator(home: BenchedHome, case: Case, judged: Judged) -> Judged:
    """What a successful case is worth once the operator has looked, where a hook wants that."""
    hook = hook_of(case.use_case)
    if hook is None or case.check is not Check.SUCCESS or judged.verdict is not Verdict.PASS:
        return judged
    words = hook.question(case)
    if not words:
        return judged
    answer = home.operate(_ACTION, words)
    if answer is None:
        reason = f"{words} {NOBODY_TOLD}"
        return Judged(verdict=Verdict.INCONCLUSIVE, field="operator", reason=reason)
    if agreed(answer):
        return judged
    return Judged(
        verdict=Verdict.FAIL,
        field="operator",
        reason=f"{words} The operator says: {answer}",
        expected=Tree("operator", "", (Tree(words, "yes"),)),
        seen=Tree("operator", "", (Tree(words, answer),)),
        triage=Triage.DEVICE,
    )
