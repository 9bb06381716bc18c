"""When supply is not interrupted for want of credit: nights, weekends, special days.

SMETS2 5.7.4.28, non-disablement calendar; ZSE calls it friendly credit. It is a calendar like that
of tariffs, whose register says whether the period is one.
"""

from typing import Protocol


class Switched(Protocol):
    """A calendar that says whether a time is protected."""

    def register(self, own: int) -> int:
        """`PROTECTED` or any other."""
        ...

    def next_switch(self, own: int) -> int:
        """Own time after `own` at which that may change."""
        ...


PROTECTED = 1
"""The register of a calendar while supply is not interrupted."""


class NonDisablementCalendar:
    """Says whether supply may be interrupted.

    Args:
        calendar: `PROTECTED` or any other register; None for a meter that always may.
    """

    def __init__(self, calendar: Switched | None = None) -> None:
        self._calendar = calendar

    def protects(self, own: int) -> bool:
        """Whether supply must go on at an own time."""
        return self._calendar is not None and self._calendar.register(own) == PROTECTED

    def next_change(self, own: int) -> int | None:
        """Own time at which that may change; None when it never does."""
        return None if self._calendar is None else self._calendar.next_switch(own)
