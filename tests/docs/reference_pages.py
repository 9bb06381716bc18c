"""Writes the reference pages that come out of the program itself: `make reference`."""

import os
import sys
from collections.abc import Iterator
from dataclasses import MISSING, Field, fields
from enum import Enum
from pathlib import Path
from subprocess import run
from typing import Any, Final

from emulator.kernel.units import format_duration
from emulator.lab.lab import ROOMS
from tests.docs.inventory_page import inventory_page

REFERENCE: Final = Path(__file__).resolve().parents[2] / "docs/reference"
COMMANDS: Final = (
    (),
    ("run",),
    ("send",),
    ("up",),
    ("list",),
    ("install-code",),
    ("install-code", "check"),
    ("install-code", "derive"),
    ("doctor",),
    ("gbcs",),
    ("gbcs", "decode"),
    ("gbcs", "check"),
    ("gbcs", "encode"),
    ("gbcs", "replay"),
    ("gbcs", "utrn"),
    ("gbcs", "utrn", "build"),
    ("gbcs", "utrn", "check"),
    ("bench",),
    ("bench", "run"),
    ("bench", "new"),
    ("bench", "compare"),
    ("rf",),
    ("rf", "plan"),
    ("pki",),
    ("pki", "make"),
    ("pki", "import"),
    ("pki", "show"),
)

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


def command_line_page() -> str:
    """The page of commands, each with its help."""
    return _COMMANDS_HEAD + "".join(_helps())


def settings_page() -> str:
    """The page of settings, a table a room."""
    return _SETTINGS_HEAD + "".join(_tables())


def _helps() -> Iterator[str]:
    program = Path(sys.executable).with_name("hanlab")
    plain = os.environ | {"COLUMNS": "80", "TERM": "dumb", "NO_COLOR": "1"}
    for words in COMMANDS:
        shown = run(
            [program, *words, "--help"], env=plain, capture_output=True, text=True, check=True
        ).stdout
        title = " ".join(("hanlab", *words))
        text = "\n".join(line.rstrip() for line in shown.strip().splitlines())
        yield f"\n## {title}\n\n```text\n{text}\n```\n"


def _tables() -> Iterator[str]:
    for name, kind in ROOMS.items():
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


def main() -> None:
    """Write every page."""
    for name, page in PAGES.items():
        (REFERENCE / name).write_text(page())


if __name__ == "__main__":
    main()
