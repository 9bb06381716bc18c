"""What is wrong with a file, collected while it is read: file, row and rule, all at once."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from emulator.kernel.errors import UsageError

_SHOWN: Final = 5
"""Rows that are told of one rule; a file of ten thousand bad rows has one mistake, not as many."""


@dataclass(slots=True)
class Mistakes:
    """The mistakes of one file.

    Args:
        path: as the user named it.
    """

    path: str
    _told: list[str] = field(default_factory=list)
    _counts: Counter[str] = field(default_factory=Counter)

    def refuse(self, row: int, reason: str, rule: str = "") -> None:
        """Note a mistake.

        Args:
            row: 1 for the first line of the file.
            reason: what is there and what was expected.
            rule: rows that break the same rule are told five times and then counted; empty for
                a mistake that is told always.
        """
        if rule:
            self._counts[rule] += 1
            if self._counts[rule] > _SHOWN:
                return
        self._told.append(f"{self.path}:{row}: {reason}")

    @property
    def problems(self) -> tuple[str, ...]:
        """Every mistake, one line each."""
        more = [
            f"{self.path}: {count - _SHOWN} more rows: {rule}"
            for rule, count in self._counts.items()
            if count > _SHOWN
        ]
        return (*self._told, *more)

    def check(self) -> None:
        """Go on only without a mistake.

        Raises:
            UsageError: with every mistake.
        """
        if self._told:
            raise UsageError(*self.problems)
