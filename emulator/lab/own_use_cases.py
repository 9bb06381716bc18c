"""A user's own records of use cases: every `*.jsonl` of a folder, each written as the package's."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from emulator.gbcs.use_cases.catalogue import also_known
from emulator.gbcs.use_cases.reader import read_use_cases
from emulator.gbcs.use_cases.record import UseCase
from emulator.kernel.errors import UsageError


@contextmanager
def own_use_cases(folder: Path | None) -> Iterator[None]:
    """While inside, the records of a folder are known; without a folder, those of the package.

    Raises:
        UsageError: when there are none, or one is wrong; names file and line.
    """
    if folder is None:
        yield
        return
    with also_known(read_folder(folder)):
        yield


def read_folder(folder: Path) -> tuple[UseCase, ...]:
    """Every use case in the files of a folder.

    Raises:
        UsageError: when there are no files, a line is no use case, or two have the same code; it
            tells all that are wrong.
    """
    paths = sorted(folder.glob("*.jsonl")) if folder.is_dir() else []
    if not paths:
        raise UsageError(f"{folder}: no folder with records of use cases, files *.jsonl")
    found: dict[int, tuple[UseCase, Path]] = {}
    problems: list[str] = []
    for path in paths:
        try:
            records = read_use_cases(path.read_text("utf-8"), str(path))
        except UsageError as refusal:
            problems += refusal.problems
            continue
        except (OSError, UnicodeDecodeError) as fault:
            problems.append(f"{path}: cannot be read: {fault}")
            continue
        for each in records:
            if each.code in found:
                problems.append(f"{path}: {each.code:04X} is in {found[each.code][1]}, too")
            found.setdefault(each.code, (each, path))
    if problems:
        raise UsageError(*problems)
    return tuple(each for each, _ in found.values())
