"""Strategies for schedules: what befalls a home, and when; and what does it to one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from hypothesis import strategies as st

from emulator.kernel.units import Duration, later, minutes, seconds
from emulator.lab.lab import Lab


class Happening(Enum):
    """What can befall a device."""

    POWER_OFF = "power off"
    POWER_ON = "power on"
    OUT_OF_REACH = "out of reach"
    IN_REACH = "in reach"


@dataclass(frozen=True, slots=True)
class Appointment:
    """One thing that happens.

    Args:
        after: since the one before.
        what: happens.
        device: to whom, by the name of its type.
    """

    after: Duration
    what: Happening
    device: str


Schedule = Sequence[Appointment]
_ENDS: Final = {
    Happening.POWER_OFF: Happening.POWER_ON,
    Happening.OUT_OF_REACH: Happening.IN_REACH,
}


def schedules(
    devices: Iterable[str],
    *,
    longest: Duration = minutes(30),
    most: int = 6,
    mended: bool = True,
) -> st.SearchStrategy[tuple[Appointment, ...]]:
    """Schedules of a home.

    Args:
        devices: to whom something may happen; the hub as `CHF`, to which only power is lost.
        longest: between two things that happen.
        most: things that happen, not counting what mends them.
        mended: whether everybody has power and is in reach in the end.
    """
    names = tuple(devices)
    appointments = st.builds(
        Appointment,
        after=st.integers(0, longest // seconds(1)).map(lambda n: Duration(n * seconds(1))),
        what=st.sampled_from(Happening),
        device=st.sampled_from(names),
    ).filter(_possible)
    drawn = st.lists(appointments, max_size=most).map(tuple)
    return drawn.map(_mended) if mended else drawn


def perform(lab: Lab, schedule: Schedule) -> None:
    """Let a schedule happen to the home of a laboratory, one step each.

    Raises:
        UsageError: when the home has no such device.
    """
    home = lab.home()
    for each in schedule:
        device = home.device(each.device)
        lab.scheduler.run(later(lab.scheduler.now, each.after))
        match each.what:
            case Happening.POWER_OFF:
                device.power_off()
            case Happening.POWER_ON:
                device.power_on()
            case Happening.OUT_OF_REACH:
                lab.out_of_reach(home.hub, device)
            case Happening.IN_REACH:
                lab.in_reach(home.hub, device)
        lab.step(f"{device.name}: {each.what.value}").done()


def _possible(each: Appointment) -> bool:
    return each.device != "CHF" or each.what in (Happening.POWER_OFF, Happening.POWER_ON)


def _mended(schedule: tuple[Appointment, ...]) -> tuple[Appointment, ...]:
    """The schedule, and what takes back whatever it left amiss."""
    amiss: dict[tuple[str, Happening], None] = {}
    for each in schedule:
        for begin, end in _ENDS.items():
            if each.what is begin:
                amiss[each.device, end] = None
            elif each.what is end:
                amiss.pop((each.device, end), None)
    mending = (Appointment(seconds(1), end, device) for device, end in amiss)
    return (*schedule, *mending)
