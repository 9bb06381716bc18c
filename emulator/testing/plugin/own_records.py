"""A tester's own use-case records, known while their tests run."""

from contextlib import ExitStack
from pathlib import Path

import pytest

from emulator.kernel.errors import UsageError
from emulator.lab.own_use_cases import own_use_cases


def take_in(config: pytest.Config, folder: Path) -> None:
    """Know the records of a folder until pytest ends.

    Raises:
        pytest.UsageError: with every mistake of the records, with file and line.
    """
    kept = ExitStack()
    try:
        kept.enter_context(own_use_cases(folder))
    except UsageError as refusal:
        raise pytest.UsageError(str(refusal)) from refusal
    config.add_cleanup(kept.close)
