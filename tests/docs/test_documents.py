"""The commands in the documents are executed, and their links lead somewhere.

In a document, a fence `console` holds commands after `$ ` and, below each, what it prints, where
`...` stands for anything. A fence `python NAME` is a file of that name, beside the commands.
"""

import doctest
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from emulator.testing.judges.judges import require

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
FENCE = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Command:
    """A command line and what it should print; None where the document shows nothing."""

    line: str
    output: str | None


def _commands(block: str) -> Iterator[Command]:
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        line, _, output = part.replace("\\\n", "").partition("\n")
        yield Command(line, output or None)


def _name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


QUICK = ("README.md", "docs/tutorial.md")
"""Pages whose commands are among the quick tests; the others' are among the slow ones."""
WITH_COMMANDS = [
    pytest.param(page, id=_name(page), marks=[pytest.mark.slow] * (_name(page) not in QUICK))
    for page in PAGES
    if "```console" in page.read_text()
]


LIMIT = 600.0
"""Seconds that one command line may take before it counts as stuck."""


@pytest.fixture(scope="module")
def bytecode(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of compiled modules, so that each command does not compile them anew."""
    return tmp_path_factory.mktemp("bytecode")


@pytest.mark.parametrize("page", WITH_COMMANDS)
def test_the_commands_do_what_the_page_shows(page: Path, tmp_path: Path, bytecode: Path) -> None:
    started: list[int] = []
    try:
        for language, name, body in FENCE.findall(page.read_text()):
            if language == "console":
                for command in _commands(body):
                    _execute(command, tmp_path, bytecode, started)
            elif name:
                target = tmp_path / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(body)
    finally:
        for group in started:
            with suppress(ProcessLookupError):
                os.killpg(group, signal.SIGKILL)


def _execute(command: Command, where: Path, bytecode: Path, started: list[int]) -> None:
    if command.line.startswith("tshark "):
        require("tshark", shutil.which("tshark") is not None, "apt-get install tshark")
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    compiled = {"PYTHONPYCACHEPREFIX": str(bytecode), "PYTHONDONTWRITEBYTECODE": ""}
    # To a file: what a line leaves running in the background would hold a pipe open.
    told = where.parent / f"{where.name}.told"
    with told.open("w") as stream:
        shell = subprocess.Popen(
            ["bash", "-c", command.line],
            cwd=where,
            env=os.environ | compiled | {"PATH": programs, "COLUMNS": "100", "NO_COLOR": "1"},
            stdout=stream,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        started.append(shell.pid)
        try:
            status = shell.wait(timeout=LIMIT)
        except subprocess.TimeoutExpired:
            pytest.fail(f"not done after {LIMIT:.0f} s: {command.line}\n{told.read_text()}")
    printed = told.read_text()
    if command.output is None:
        assert status == 0, f"{command.line}\n{printed}"
    else:
        matches = doctest.OutputChecker().check_output
        flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
        assert matches(command.output, printed, flags), f"{command.line}\n{printed}"


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_the_links_of_the_page_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text())

    assert [link for link in links if not (page.parent / link).exists()] == []
