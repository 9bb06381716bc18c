"""A tester's own use cases, records with their hooks, known while their tests run."""

from contextlib import ExitStack
from pathlib import Path

import pytest

from emulator.bench.cases.own_records import own_records
from emulator.kernel.errors import UsageError


def take_in(config: pytest.Config, folder: Path) -> None:
    """Know the records of a folder until pytest ends.

    Raises:
        pytest.UsageError: with every mistake of records and hooks, with file and line.
    """
    kept = ExitStack()
    try:
        kept.enter_context(own_records(folder))
    except UsageError as refusal:
        raise pytest.UsageError(str(refusal)) from refusal
    config.add_cleanup(kept.close)
