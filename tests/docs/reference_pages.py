"""Writes the reference pages that come out of the program itself: `make reference`."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stdout, suppress
from dataclasses import MISSING, Field, fields
from enum import Enum
from io import StringIO
from pathlib import Path
from typing import Any, Final

import typer
from typer.core import TyperGroup

from emulator.kernel.units import format_duration
from emulator.lab.cli import application, main
from emulator.lab.lab import ROOMS
from emulator.rf_noise.settings import rooms as rf_noise_rooms
from tests.docs.faulty_page import faulty_page
from tests.docs.inventory_page import inventory_page
from tests.docs.services_page import services_page

REFERENCE: Final = Path(__file__).resolve().parents[2] / "docs/reference"
_COMMANDS_HEAD: Final = """\
# The command line

Written by `make reference` from what the commands say of themselves.

Everything a program might read takes `--json`: one document on stdout, talk on stderr. Progress
goes to stderr, and only to a terminal.

| exit status | means |
|---|---|
| 0 | pass |
| 1 | a verdict of fail |
| 2 | bad input or usage, found before anything started; nothing is written |
| 3 | the surroundings failed, or hanlab did |
| 4 | inconclusive |
| 130 | stopped by Ctrl-C; what there was until then is written |

When several hold: 2 before the start, then 3, 1, 4, 0.
"""
_SETTINGS_HEAD: Final = """\
# Settings

Written by `make reference`. Every timer, count and policy that a run can change with
`--set ROOM.SETTING=VALUE`. Durations are written with their unit: `--set joiner.retry="30 s"`.

A setting marked **unverified** is proved by no source. Runs that rely on it list it under
`unverified` in `report.json`.
"""

_RF_HEAD: Final = """
# Settings of `hanlab rf check`

`hanlab rf check --set ROOM.SETTING=VALUE`; they are of that command alone.
"""


def command_line_page() -> str:
    """The page of commands, each with its help."""
    return _COMMANDS_HEAD + "".join(_helps())


def settings_page() -> str:
    """The page of settings, a table a room."""
    runs, checks = "".join(_tables(ROOMS)), "".join(_tables(rf_noise_rooms()))
    return _SETTINGS_HEAD + runs + _RF_HEAD + checks


def _helps() -> Iterator[str]:
    with _plain_terminal():
        for words in _below((), typer.main.get_group(application(()))):
            text = "\n".join(line.rstrip() for line in _help(words).strip().splitlines())
            yield f"\n## {' '.join(('hanlab', *words))}\n\n```text\n{text}\n```\n"


def _below(words: tuple[str, ...], command: object) -> Iterator[tuple[str, ...]]:
    yield words
    if isinstance(command, TyperGroup):
        for name, each in sorted(command.commands.items()):
            yield from _below((*words, name), each)


def _help(words: tuple[str, ...]) -> str:
    shown = StringIO()
    with redirect_stdout(shown), suppress(SystemExit):
        main([*words, "--help"])
    return shown.getvalue()


@contextmanager
def _plain_terminal() -> Iterator[None]:
    """Have help written for a page, whatever terminal this is."""
    before = dict(os.environ)
    os.environ.update(COLUMNS="80", TERM="dumb", NO_COLOR="1")
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _tables(rooms: Mapping[str, type]) -> Iterator[str]:
    for name, kind in rooms.items():
        yield f"\n## {name}\n\n{_first_sentence(kind)}\n\n"
        yield "| setting | default | source |\n|---|---|---|\n"
        for each in fields(kind):
            yield f"| `{name}.{each.name}` | {_shown(each)} | {_source(each)} |\n"


def _first_sentence(kind: type) -> str:
    return " ".join((kind.__doc__ or "").strip().split("\n\n")[0].split())


def _source(each: Field[Any]) -> str:
    source = str(each.metadata.get("source", "")).replace("|", "\\|")
    return source + (" **unverified**" if each.metadata.get("verified") is False else "")


def _shown(each: Field[Any]) -> str:
    value = each.default
    if value is MISSING:
        return ""
    if getattr(each.type, "__name__", "") == "Duration":
        return format_duration(value)
    return _plain(value)


def _plain(value: object) -> str:
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, tuple):
        return ", ".join(_plain(item) for item in value) or "none"
    return getattr(value, "__name__", str(value))


PAGES: Final = {
    "command-line.md": command_line_page,
    "inventory.md": inventory_page,
    "settings.md": settings_page,
}


SLOW_PAGES: Final = {"faulty-devices.md": faulty_page, "service-requests.md": services_page}
"""Pages for which devices are run; compared by the slow tests."""


def write_pages() -> None:
    """Write every page."""
    for name, page in (PAGES | SLOW_PAGES).items():
        (REFERENCE / name).write_text(page())


if __name__ == "__main__":
    write_pages()
