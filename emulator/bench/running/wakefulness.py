"""How the bench keeps a gas meter from sleeping half an hour between two cases.

The hub's mirror has a flag that asks its meter to stay awake (ZSE 1.4 Annex D.3, GBCS 10.2.2.2).
The bench lets the hub set it. A meter that does as it is asked fetches its messages within a minute
or so; one that does not sleeps as before, and is waited for as before. Cases about sleep are tried
on a meter that was not asked.
"""

from collections import deque
from typing import Final

from emulator.bench.cases.checks import AT_ITS_OWN_PACE, Check
from emulator.bench.running.settings import BenchSettings
from emulator.kernel.identity import Eui64
from emulator.kernel.trace import Record
from emulator.kernel.units import Instant, later
from emulator.lab.lab import Lab
from emulator.smart_energy.device import SmartEnergyDevice
from emulator.smart_energy.mirror.facts import MeterNotified
from emulator.smart_energy.mirror.primitives import FunctionalFlag, NotifyMeter

_BIT: Final = 1 << FunctionalFlag.STAY_AWAKE_WAN
_TWICE: Final = 2
"""A meter that was told, and came again soon, does as it is asked."""


class Wakefulness:
    """Whether one meter is asked to stay awake, and whether it does.

    Args:
        lab: with its home.
        hub: that keeps its mirror, and is ours.
        meter: which.
        settings: how soon a meter that stays awake comes again.
    """

    def __init__(
        self, lab: Lab, hub: SmartEnergyDevice, meter: Eui64, settings: BenchSettings
    ) -> None:
        self._scheduler = lab.scheduler
        self._hub = hub
        self._meter = meter
        self._settings = settings
        self._asked: deque[Instant] = deque(maxlen=_TWICE)
        lab.trace.listen(self._note)

    @property
    def awake(self) -> bool:
        """Whether the meter comes as soon again as one that stays awake."""
        if len(self._asked) < _TWICE:
            return False
        latest = Instant(self._asked[0] + _TWICE * self._settings.awake_report)
        return self._scheduler.now <= latest

    def came_twice(self, since: Instant) -> bool:
        """Whether the meter fetched its messages twice from an instant on."""
        return len(self._asked) == _TWICE and self._asked[0] >= since

    def prepare(self, check: Check) -> None:
        """Have the meter asked to stay awake or, for a check of its sleep, no longer asked.

        It then sleeps once it was told so; one that never comes is waited for as long as for an
        answer.
        """
        asked = check not in AT_ITS_OWN_PACE
        self._hub.post(NotifyMeter(self._meter, FunctionalFlag.STAY_AWAKE_WAN, pending=asked))
        if asked or not self._asked:
            return
        until = later(self._scheduler.now, self._settings.sleepy_answer)
        self._scheduler.run(until, stop=lambda: not self._asked)
        self._scheduler.run(later(self._scheduler.now, self._settings.silence))

    def _note(self, record: Record) -> None:
        """The hub tells the meter, which has just reported, what waits for it."""
        fact = record.fact
        if not isinstance(fact, MeterNotified) or fact.meter != self._meter:
            return
        if fact.flags[0] & _BIT:
            self._asked.append(record.at)
        else:
            self._asked.clear()
