"""The text of the tree: nothing left for later, nothing about one person's machine."""

import re
from pathlib import Path

import pytest

TEXT = {".css", ".html", ".j2", ".js", ".json", ".md", ".py", ".toml", ".yml"}
ROOMS = ("emulator", "devices", "hardware", "scenarios", "tests", "docs", ".ci")
TOP = ("Makefile", "README.md", "CHANGELOG.md", "pyproject.toml")

LEFT_FOR_LATER = re.compile("TODO|FIXME|XXX")
ONE_MACHINE = re.compile(r"/(root|home|work|tmp|Users)/")
UNEXPLAINED = re.compile(r"# (noqa(: [A-Z0-9, ]+)?|type: ignore(\[[a-z, -]+\])?)$", re.MULTILINE)


def _texts(root: Path) -> list[Path]:
    inside = [path for room in ROOMS for path in (root / room).rglob("*")]
    return [
        path
        for path in [*inside, *(root / name for name in TOP)]
        if path.is_file() and path.suffix in TEXT | {""} and path != Path(__file__).resolve()
    ]


@pytest.mark.parametrize("pattern", [LEFT_FOR_LATER, ONE_MACHINE], ids=["later", "machine"])
def test_no_text_holds_the_words(root: Path, pattern: re.Pattern[str]) -> None:
    found = [
        f"{path.relative_to(root)}:{number}: {line.strip()}"
        for path in _texts(root)
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1)
        if pattern.search(line)
    ]

    assert not found, "\n".join(found)


def test_every_exception_to_a_rule_gives_its_reason(
    root: Path, python_files: tuple[Path, ...]
) -> None:
    bare = [
        f"{path.relative_to(root)}: {match[0]}"
        for path in python_files
        if path != Path(__file__).resolve()
        for match in UNEXPLAINED.finditer(path.read_text())
    ]

    assert not bare, "\n".join(bare)
