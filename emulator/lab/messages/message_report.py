"""The report of `hanlab gbcs check`: counts, and everything that is wrong by file and field."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from emulator.gbcs.message_check import CheckedMessage, Finding
from emulator.gbcs.protection.message_protection import Check

_CHECKED = (Check.VALID, Check.INVALID, Check.UNCHECKED)


@dataclass(slots=True)
class CheckReport:
    """What came of checking messages, one after the other."""

    messages: int = 0
    decoded: int = 0
    identical: int = 0
    decrypted: int = 0
    undecrypted: int = 0
    signatures: Counter[Check] = field(default_factory=Counter)
    macs: Counter[Check] = field(default_factory=Counter)
    failures: list[tuple[str, Finding]] = field(default_factory=list)

    def add(self, name: str, checked: CheckedMessage) -> None:
        """Count one message."""
        self.messages += 1
        self.decoded += checked.payload is not None
        self.identical += checked.identical
        self.decrypted += checked.decrypted
        self.undecrypted += checked.undecrypted
        self.signatures[checked.signature] += 1
        self.macs[checked.mac] += 1
        self._fail(name, checked.findings)

    def refuse(self, name: str, reason: str) -> None:
        """Count a file that holds no message at all."""
        self.messages += 1
        self._fail(name, (Finding("file", 0, reason),))

    @property
    def passed(self) -> bool:
        """Whether nothing was wrong."""
        return not self.failures

    def document(self) -> dict[str, Any]:
        """The report as one JSON document."""
        return {
            "messages": self.messages,
            "decoded": self.decoded,
            "identical": self.identical,
            "signatures": {each.value: self.signatures[each] for each in _CHECKED},
            "macs": {each.value: self.macs[each] for each in _CHECKED},
            "decrypted": {"ok": self.decrypted, "failed": self.undecrypted},
            "failures": [
                {
                    "file": name,
                    "field": finding.field,
                    "offset": finding.offset,
                    "reason": finding.reason,
                }
                for name, finding in self.failures
            ],
        }

    def print(self, console: Console) -> None:
        """Tell a person: a table of counts, and a line for each failure."""
        table = Table("", "ok", "failed", "unchecked", title=f"{self.messages} messages")
        table.add_row("decoded", str(self.decoded), _bad(self.messages - self.decoded), "")
        table.add_row("identical", str(self.identical), _bad(self.messages - self.identical), "")
        for name, counts in (("signatures", self.signatures), ("MACs", self.macs)):
            table.add_row(
                name,
                str(counts[Check.VALID]),
                _bad(counts[Check.INVALID]),
                str(counts[Check.UNCHECKED]),
            )
        table.add_row("encrypted blocks", str(self.decrypted), _bad(self.undecrypted), "")
        console.print(table)
        for name, finding in self.failures:
            console.print(
                f"[red]failed[/red] {escape(name)}: {escape(finding.field)} "
                f"at byte {finding.offset}: {escape(finding.reason)}",
                soft_wrap=True,
            )

    def _fail(self, name: str, findings: Iterable[Finding]) -> None:
        self.failures += [(name, finding) for finding in findings]


def _bad(count: int) -> str:
    return f"[red]{count}[/red]" if count else "0"
