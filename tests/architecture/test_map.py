"""The map in docs/architecture.md is the tree."""

import re
from pathlib import Path

ROOMS = ("emulator", "devices", "hardware", "scenarios", "tests")


def test_the_map_shows_every_folder_and_no_other(root: Path) -> None:
    text = (root / "docs/architecture.md").read_text()
    block = re.search(r"```tree\n(.*?)```", text, re.DOTALL)
    assert block is not None

    on_the_map = _folders(block[1])

    assert on_the_map == {
        str(path.relative_to(root))
        for room in ROOMS
        for path in [root / room, *(root / room).rglob("*")]
        if path.is_dir() and _holds_files(path)
    }


def _folders(block: str) -> set[str]:
    """Folder paths in an indented list: two spaces a level, a slash after each name."""
    found: set[str] = set()
    above: list[str] = []
    for line in block.splitlines():
        match = re.match(r"((?:  )*)(\S+)/(?:\s|$)", line)
        if match is not None:
            above = [*above[: len(match[1]) // 2], match[2]]
            found.add("/".join(above))
    return found


def _holds_files(folder: Path) -> bool:
    return "__pycache__" not in folder.parts and any(
        path.is_file() and "__pycache__" not in path.parts for path in folder.rglob("*")
    )
