"""Keeps the laboratories of a test, and tells of them when it fails."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pytest

from emulator.kernel.errors import EnvironmentFault, UsageError

if TYPE_CHECKING:
    from emulator.lab.lab import Lab


@dataclass(frozen=True, slots=True)
class Watched:
    """A laboratory, and where the files of a failure go."""

    lab: "Lab"
    folders: pytest.TempPathFactory


_WATCHED: Final = pytest.StashKey[list[Watched]]()


def watch(node: pytest.Item, lab: "Lab", folders: pytest.TempPathFactory) -> None:
    """Tell of this laboratory when the test fails."""
    node.stash.setdefault(_WATCHED, []).append(Watched(lab, folders))


def tell_story(item: pytest.Item, report: pytest.TestReport) -> None:
    """Add to a failure's report what happened in its homes, and where the files of it are."""
    for watched in item.stash.get(_WATCHED, []):
        from emulator.testing.plugin.evidence import keep_files  # noqa: PLC0415 - only failures pay
        from emulator.testing.plugin.story import note_failure, story  # noqa: PLC0415 - the same

        note_failure(watched.lab, item.name, report)
        report.sections.append(("the HAN's story", story(watched.lab)))
        report.sections.append(("the HAN's files", keep_files(item, watched.lab, watched.folders)))


@contextmanager
def refusals_in_words() -> Iterator[None]:
    """While inside, what hanlab refuses fails the test in words, without a traceback."""
    from emulator.lab.steps.unmet import StepFailed  # noqa: PLC0415 - only who asks pays

    try:
        yield
    except (UsageError, EnvironmentFault, StepFailed) as refusal:
        pytest.fail(f"{type(refusal).__name__}: {refusal}", pytrace=False)
