"""How far a campaign is, on a terminal: bar, counts by verdict, the latest case, the time left."""

from collections import Counter
from types import TracebackType
from typing import Self, TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from emulator.bench.campaigns.results import CaseResult


class CampaignProgress:
    """Shows progress while it is entered; writes nothing where there is no terminal.

    Args:
        stream: where.
    """

    def __init__(self, stream: TextIO) -> None:
        self._console = Console(file=stream, highlight=False)
        self._bar = Progress(
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TextColumn("{task.fields[verdicts]}"),
            TimeRemainingColumn(compact=True),
            TextColumn("{task.fields[latest]}"),
            console=self._console,
            transient=True,
            disable=not self._console.is_terminal,
        )
        self._task = self._bar.add_task("", total=None, verdicts="", latest="")
        self._counts = Counter[str]()
        self._entered = False

    def __enter__(self) -> Self:
        self._entered = True
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._entered = False
        self._bar.stop()

    def show(self, latest: CaseResult, done: int, planned: int) -> None:
        """Say which case is done, and how many are, of how many."""
        self._counts[latest.verdict] += 1
        told = ", ".join(f"{count} {verdict}" for verdict, count in sorted(self._counts.items()))
        self._bar.update(
            self._task,
            completed=done,
            total=planned,
            verdicts=told,
            latest=f"{latest.device}:{latest.case}",
        )
        if self._entered:
            self._bar.start()

    def tell(self, words: str) -> None:
        """Show a line to whoever is there.

        The bar is away until the next case is done: it would wipe what a person types.
        """
        self._bar.stop()
        self._console.print(words, markup=False)
