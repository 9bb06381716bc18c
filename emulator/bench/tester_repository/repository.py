"""Makes a tester's own repository out of the files that lie beside this one."""

import re
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Final

from emulator.kernel.errors import EnvironmentFault, UsageError

FILES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "README.md": "readme.txt",
        "pyproject.toml": "pyproject.txt",
        "requirements.txt": "requirements.txt",
        ".gitignore": "gitignore.txt",
        "shipment.csv": "shipment.csv",
        "campaign.toml": "campaign.txt",
        "records/own.jsonl": "own.jsonl",
        "records/XCS01.py": "hook.txt",
        "tests/test_commissioning.py": "commissioning.txt",
        "tests/test_use_case.py": "use_case.txt",
        ".github/workflows/hanlab.yml": "workflow.txt",
    }
)
"""What is written, and out of what: no name here begins with a dot, or is that of a test."""
_NAME: Final = "NAME-OF-THE-REPOSITORY"


def make_repository(folder: Path) -> tuple[Path, ...]:
    """Write a repository, and give the paths of its files.

    Raises:
        UsageError: when the folder is there and not empty, or is no folder; nothing is written.
        EnvironmentFault: when it cannot be written.
    """
    try:
        _check(folder)
        return tuple(_write(folder, name, source) for name, source in FILES.items())
    except OSError as fault:
        raise EnvironmentFault(f"{folder}: {fault.strerror or fault}") from fault


def _check(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder}: not a folder: expected a new name, or an empty folder")
    found = sorted(each.name for each in folder.iterdir()) if folder.is_dir() else []
    if found:
        others = f" and {len(found) - 1} more" if len(found) > 1 else ""
        raise UsageError(
            f"{folder}: holds {found[0]}{others}: expected a new name, or an empty folder"
        )


def _write(folder: Path, name: str, source: str) -> Path:
    text = files("emulator.bench.tester_repository").joinpath("files", source).read_text("utf-8")
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text.replace(_NAME, _plain(folder)), "utf-8")
    return target


def _plain(folder: Path) -> str:
    """A name that a Python project can have."""
    name = re.sub(r"[^a-z0-9]+", "-", folder.absolute().name.lower()).strip("-")
    return name or "han-tests"
