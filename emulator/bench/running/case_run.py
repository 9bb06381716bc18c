"""What running one case left behind: the judgement, every message, the last frames."""

from dataclasses import dataclass

from emulator.bench.running.judgement import Judged
from emulator.bench.running.passage import Passage
from emulator.kernel.units import Instant
from emulator.lab.kept.result import ChartRow


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRun:
    """One case, run once.

    Args:
        judged: what came of it.
        passages: what passed between bench and device, in order.
        frames: the last on the air, where there is one and the case is no pass.
        began: in virtual time; also `ended`.
    """

    judged: Judged
    passages: tuple[Passage, ...] = ()
    frames: tuple[ChartRow, ...] = ()
    began: Instant
    ended: Instant
