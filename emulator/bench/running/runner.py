"""Runs cases against one device, each on the device as it was when it had joined."""

from emulator.bench.cases.cases import Case
from emulator.bench.cases.command_maker import CommandMaker
from emulator.bench.cases.hooks import HookError
from emulator.bench.running.benched_home import BenchedHome
from emulator.bench.running.case_run import CaseRun
from emulator.bench.running.conversation import Conversation
from emulator.bench.running.judgement import Judge, Judged, Triage
from emulator.bench.running.presence import Presence
from emulator.bench.running.question import asked_of_operator
from emulator.bench.running.script_table import EVERY_SCRIPT
from emulator.bench.running.scripts import Stage
from emulator.kernel.errors import LabError
from emulator.lab.kept.result import Verdict


class Runner:
    """Runs cases.

    Args:
        home: with the device under test.
    """

    def __init__(self, home: BenchedHome) -> None:
        maker = CommandMaker(home.keys, home.eui64)
        self._home = home
        self._talk = Conversation(home, maker)
        self._judge = Judge(maker.protection)
        self._presence = Presence(self._talk)

    @property
    def counter(self) -> int:
        """The counter of the last command: a device that is really there takes none below it."""
        return self._talk.counter

    @property
    def silent(self) -> bool:
        """Whether the device answered once, and now answers nothing any more."""
        return bool(self._presence.gone_since)

    def run(self, case: Case) -> Judged:
        """What comes of a case; a fault of the bench is its own and never the device's."""
        return self.record(case).judged

    def record(self, case: Case) -> CaseRun:
        """What comes of a case, with every message, and the last frames where it is no pass.

        A device that answered before and now is silent, whatever is sent, is not blamed for the
        cases that it cannot hear.
        """
        home = self._home
        began = home.lab.scheduler.now
        judged = self._presence.missing(case) or self._presence.after(case, self._judged(case))
        return CaseRun(
            judged=judged,
            passages=tuple(home.passages),
            frames=() if judged.verdict is Verdict.PASS else home.lab.chart(),
            began=began,
            ended=home.lab.scheduler.now,
        )

    def _judged(self, case: Case) -> Judged:
        try:
            self._home.prepare(case.check)
            self._home.reset()
            self._talk.begin()
            judged = EVERY_SCRIPT[case.check](Stage(self._talk, self._judge, case))
            return asked_of_operator(self._home, case, judged)
        except HookError as fault:
            return Judged(
                verdict=Verdict.ERROR,
                field="hook",
                reason=str(fault),
                triage=Triage.USER_SYSTEMS,
            )
        except LabError as fault:
            return _own_fault(fault)
        except Exception as fault:  # noqa: BLE001 - a mistake of ours must not end a campaign
            return _own_fault(fault)


def _own_fault(fault: Exception) -> Judged:
    reason = f"{type(fault).__name__}: {fault}"
    return Judged(verdict=Verdict.ERROR, field="bench", reason=reason)
