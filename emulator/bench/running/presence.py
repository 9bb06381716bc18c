"""Whether the device under test is still there: one that vanishes fails no case by its silence."""

from dataclasses import dataclass
from typing import Final

from emulator.bench.cases.cases import Case, cases_of
from emulator.bench.cases.nature_cases import plain_read
from emulator.bench.running.conversation import Conversation
from emulator.bench.running.judgement import Judged
from emulator.bench.running.passage import sender_of
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.kernel.errors import LabError
from emulator.lab.kept.result import Verdict

_TRIES: Final = 3
"""Cases before which a device that is gone is looked for; after them nobody looks any more."""
_SILENT: Final = frozenset({Verdict.FAIL, Verdict.INCONCLUSIVE})


@dataclass(slots=True)
class Presence:
    """What is known of where a device is.

    Args:
        talk: with the device.
        heard: whether it ever answered.
        gone_since: the case in which it fell silent; empty while it is there.
        tries: how often it was looked for since.
    """

    talk: Conversation
    heard: bool = False
    gone_since: str = ""
    tries: int = 0

    def missing(self, case: Case) -> Judged | None:
        """Why a case cannot be run; None where the device is there, or is back."""
        if not self.gone_since:
            return None
        if self.tries < _TRIES:
            self.tries += 1
            if self._answers(case.kind):
                self.gone_since, self.tries = "", 0
                return None
        self.talk.home.passages.clear()
        return self._gone()

    def after(self, case: Case, judged: Judged) -> Judged:
        """What a case is worth, once it is known whether the device was there at all."""
        if self._said_something():
            self.heard = True
            return judged
        if judged.verdict not in _SILENT or not self.heard:
            return judged
        said = tuple(self.talk.home.passages)
        if self._answers(case.kind):
            self.talk.home.passages[:] = said
            return judged
        self.talk.home.passages[:] = said
        self.gone_since = case.name
        return self._gone()

    def _said_something(self) -> bool:
        """Whether anything came that is not the hub's own."""
        home = self.talk.home
        return any(
            not each.to_device and sender_of(each.octets) in (None, home.eui64)
            for each in home.passages
        )

    def _gone(self) -> Judged:
        reason = f"it answers nothing any more, not even a plain read, since {self.gone_since}"
        return Judged(verdict=Verdict.INCONCLUSIVE, field="device", reason=reason)

    def _answers(self, kind: DeviceKind) -> bool:
        """Whether the device answers a read that changes nothing."""
        probe = plain_read(cases_of(kind))
        self.talk.begin()
        try:
            return bool(self.talk.say(self.talk.command(probe)).responses)
        except LabError:
            return False
