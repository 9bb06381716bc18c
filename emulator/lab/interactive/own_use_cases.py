"""A user's own records of use cases: every `*.jsonl` of a folder, each written as the package's."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from emulator.gbcs.commands.build import value_names
from emulator.gbcs.commands.values import sample
from emulator.gbcs.use_cases.catalogue import also_known
from emulator.gbcs.use_cases.reader import read_numbered
from emulator.gbcs.use_cases.record import UseCase
from emulator.gbcs_device.authority import ROLE_WORDS, answered_by
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.kernel.errors import UsageError
from emulator.kernel.text_files import read_text
from emulator.lab.interactive.given_values import check_values

_NAME: Final = re.compile(r"[A-Za-z0-9][\w.-]*(/[A-Za-z0-9][\w.-]*)*", re.ASCII)
_KINDS: Final = tuple(each.value for each in DeviceKind)


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
    found: dict[int, tuple[UseCase, str]] = {}
    problems: list[str] = []
    for path in paths:
        try:
            records = read_numbered(read_text(path), str(path))
        except UsageError as refusal:
            problems += refusal.problems
            continue
        for line, each in records:
            place = f"{path}:{line}"
            if each.code in found:
                problems.append(f"{place}: {each.code:04X} is in {found[each.code][1]}, too")
            problems += [f"{place}: {problem}" for problem in _mistakes(each)]
            found.setdefault(each.code, (each, place))
    if problems:
        raise UsageError(*problems)
    return tuple(each for each, _ in found.values())


def _mistakes(use_case: UseCase) -> Iterator[str]:
    """What a record says and cannot mean; nothing where it can."""
    if use_case.name is not None and not _NAME.fullmatch(use_case.name):
        yield f"field 'name': {use_case.name!r}, expected letters, digits, dots, dashes, slashes"
    for field, words, known in (
        ("roles", use_case.roles, ROLE_WORDS),
        ("devices", use_case.devices, _KINDS),
    ):
        for word in words:
            if word not in known:
                yield f"field {field!r}: {word!r}, expected some of {', '.join(known)}"
    if use_case.command is None:
        return
    try:
        needed = (hole for hole in value_names(use_case) if hole.required)
        check_values(use_case, {hole.name: sample(hole) for hole in needed})
    except UsageError as refusal:
        yield from (each for each in refusal.problems if not each.startswith("for example"))
    if not any(answered_by(use_case, kind) for kind in DeviceKind):
        yield f"field 'target': no device is named, expected some of {', '.join(_KINDS)}"
