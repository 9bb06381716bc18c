"""A user's folder for the bench: records of use cases, and hooks in Python beside them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from emulator.bench.cases.hooks import hooked, read_hooks
from emulator.lab.interactive.own_use_cases import own_use_cases


@contextmanager
def own_records(folder: Path | None) -> Iterator[None]:
    """While inside, the records of a folder are known and its hooks count; without one, neither.

    Raises:
        UsageError: with every mistake of the records, or else of the hooks, with file and line.
    """
    if folder is None:
        yield
        return
    with own_use_cases(folder), hooked(read_hooks(folder)):
        yield
