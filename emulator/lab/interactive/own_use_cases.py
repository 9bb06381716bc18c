"""A user's own records of use cases: every `*.jsonl` of a folder, each written as the package's."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from emulator.gbcs.commands.build import value_names
from emulator.gbcs.use_cases.catalogue import also_known
from emulator.gbcs.use_cases.reader import read_use_cases
from emulator.gbcs.use_cases.record import UseCase
from emulator.kernel.errors import UsageError
from emulator.lab.interactive.given_values import check_values, example_value


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
            problems += _without_command(each, path)
            found.setdefault(each.code, (each, path))
    if problems:
        raise UsageError(*problems)
    return tuple(each for each, _ in found.values())


def _without_command(use_case: UseCase, path: Path) -> Iterator[str]:
    """Why no command can be made as a record says; nothing where it says nothing of it."""
    if use_case.command is None:
        return
    try:
        needed = (hole for hole in value_names(use_case) if hole.required)
        check_values(use_case, {hole.name: example_value(hole) for hole in needed})
    except UsageError as refusal:
        code = f'"{use_case.code:04X}"'.lower()
        rows = path.read_text("utf-8").lower().splitlines()
        line = next((number for number, row in enumerate(rows, 1) if code in row), 1)
        yield f"{path}:{line}: {refusal}"
