"""A user's folder for the bench: records of use cases, and hooks in Python beside them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from emulator.bench.cases.hooks import NAMELESS, hooked, read_hooks
from emulator.gbcs.use_cases.catalogue import also_known
from emulator.kernel.errors import UsageError
from emulator.lab.interactive.own_use_cases import read_folder


@contextmanager
def own_records(folder: Path | None) -> Iterator[None]:
    """While inside, the records of a folder are known and its hooks count; without one, neither.

    Raises:
        UsageError: with every mistake of records and hooks, with file and line.
    """
    if folder is None:
        yield
        return
    try:
        own = read_folder(folder)
    except UsageError as refusal:
        raise UsageError(*refusal.problems, *_mistakes_of_hooks(folder)) from refusal
    with also_known(own), hooked(read_hooks(folder)):
        yield


def _mistakes_of_hooks(folder: Path) -> Sequence[str]:
    """What is wrong with hooks whatever the records would be called."""
    try:
        read_hooks(folder)
    except UsageError as refusal:
        return tuple(each for each in refusal.problems if NAMELESS not in each)
    return ()
