"""The tree under inspection."""

from pathlib import Path

import pytest

PRODUCT = ("emulator", "devices", "hardware", "scenarios")


@pytest.fixture(scope="session")
def root() -> Path:
    """The top folder of the project."""
    return Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def product(root: Path) -> tuple[Path, ...]:
    """Every Python file that is installed."""
    return tuple(sorted(path for room in PRODUCT for path in (root / room).rglob("*.py")))


@pytest.fixture(scope="session")
def python_files(root: Path, product: tuple[Path, ...]) -> tuple[Path, ...]:
    """Every Python file, tests included."""
    return (*product, *sorted((root / "tests").rglob("*.py")))
