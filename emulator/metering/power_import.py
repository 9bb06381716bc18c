"""Active power import of a meter as a whole, whatever number of elements it has.

A twin element meter has an Active Power Import beside a Primary Active Power Import (SMETS2
5.13.2.1 and 5.13.2.5, as GBCS ECS17c cites them). The former is what a load limit and power
thresholds compare (SMETS2 5.5.7.2). That it is the sum of both elements follows from the registers
of ECS17c, 1-0:1.7.0 of the meter and 1-10:1.7.0 of the primary element; that the clause says so is
unverified, as its text is not at hand.
"""

from collections.abc import Sequence
from typing import Final

from emulator.kernel.units import NEVER, Instant
from emulator.metering.meter import Meter
from emulator.metering.quantities import Channel

ELEMENTS: Final = (Channel.ACTIVE_IMPORT, Channel.SECONDARY_IMPORT)
_LOOKED_AT: Final = 48
"""Steps at which somebody looks for a crossing at once; half hours of a day."""


def power_import(meter: Meter, now: Instant) -> int:
    """Milliwatts that are imported through all elements."""
    return sum(meter.rate(each, now) for each in _elements(meter))


def next_crossing(meter: Meter, after: Instant, milliwatts: int) -> Instant:
    """When, later than `after`, a home may come to take more than this, or less; `NEVER` for not.

    It may be earlier, after so many steps that do not cross it, and is never later.
    """
    demands = [meter.demand(each) for each in _elements(meter)]
    if len(demands) == 1:
        return demands[0].next_crossing(after, milliwatts)

    def above(at: Instant) -> bool:
        return sum(each.rate(at) for each in demands) > milliwatts

    before, at = above(after), after
    for _ in range(_LOOKED_AT):
        at = min(each.next_change(at) for each in demands)
        if at == NEVER or above(at) is not before:
            break
    return at


def _elements(meter: Meter) -> Sequence[Channel]:
    return [each for each in ELEMENTS if each in meter.channels]
