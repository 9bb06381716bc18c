"""The report of `hanlab gbcs replay`: counts by class, and every answer that differs."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from emulator.gbcs_device.replay.comparison import Match
from emulator.gbcs_device.replay.known_differences import KNOWN_DIFFERENCES
from emulator.gbcs_device.replay.replay import PairClass, ReplayedPair


@dataclass(slots=True)
class ReplayReport:
    """What came of replaying pairs, one after the other."""

    counts: Counter[tuple[PairClass, Match]] = field(default_factory=Counter)
    different: list[tuple[str, str]] = field(default_factory=list)
    unreadable: int = 0

    def add(self, replayed: ReplayedPair) -> None:
        """Count one pair."""
        self.counts[replayed.kind, replayed.match] += 1
        if replayed.match is Match.DIFFERENT:
            self.different.append((replayed.name, replayed.reason))

    def refuse(self, name: str, reason: str) -> None:
        """Count a pair whose files hold no messages."""
        self.unreadable += 1
        self.different.append((name, reason))

    @property
    def passed(self) -> bool:
        """Whether every answer came out right that can be given at all."""
        return all(name in KNOWN_DIFFERENCES for name, _ in self.different)

    def matched(self, match: Match) -> int:
        """How many answers compare like that."""
        return sum(count for (_, each), count in self.counts.items() if each is match)

    def of_class(self, kind: PairClass) -> int:
        """How many pairs of a class came out right."""
        right = (Match.IDENTICAL, Match.IDENTICAL_BUT_SIGNATURE)
        return sum(self.counts[kind, each] for each in right)

    def document(self) -> dict[str, Any]:
        """The report as one JSON document."""
        return {
            "pairs": self.counts.total() + self.unreadable,
            "identical": self.matched(Match.IDENTICAL),
            "identical_but_signature": self.matched(Match.IDENTICAL_BUT_SIGNATURE),
            "different": [
                {"file": name, "reason": reason, "known": KNOWN_DIFFERENCES.get(name)}
                for name, reason in sorted(self.different)
            ],
            "classes": {kind.value: self.of_class(kind) for kind in PairClass},
        }

    def print(self, console: Console) -> None:
        """Tell a person: a table of classes, and a line for each answer that differs."""
        pairs = self.counts.total() + self.unreadable
        table = Table("", "identical", "but for the signature", "different", title=f"{pairs} pairs")
        for kind in PairClass:
            cells = (str(self.counts[kind, match] or "") for match in Match)
            table.add_row(kind.value.replace("_", " "), *cells)
        table.add_section()
        totals = (str(self.matched(match)) for match in Match)
        table.add_row("all", *totals)
        console.print(table)
        for name, reason in sorted(self.different):
            why = KNOWN_DIFFERENCES.get(name)
            mark = "[yellow]known[/]" if why else "[red]different[/]"
            console.print(f"{mark} {escape(name)}: {escape(why or reason)}", soft_wrap=True)
