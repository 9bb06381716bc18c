"""What comes from a specification says from which clause."""

import importlib
import pydoc
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from emulator.wire.struct import Struct

SOURCE = re.compile(
    r"\b(R2\d|ZCL ?\d?|ZSE|IEEE 802\.15\.4|GBCS|CHTS|SMETS2|SEC ?\d|BDB|FIPS|RFC|SP 800|ISO|EN|"
    r"X9\.63|pcapng|Spinel|EZSP)\b.*\d",
    re.DOTALL,
)

ZIGPY_PROCESS = "host_process.py"
"""Imported in a process of its own only, because zigpy is GPL, as scapy is."""


@pytest.fixture(scope="session")
def modules(root: Path, product: tuple[Path, ...]) -> tuple[ModuleType, ...]:
    """Every importable module of the product."""
    return tuple(_import(root, product))


def _import(root: Path, product: tuple[Path, ...]) -> Iterator[ModuleType]:
    for path in product:
        place = path.relative_to(root).with_suffix("")
        if place.parts[0] != "scenarios" and path.name != ZIGPY_PROCESS:
            parts = place.parts[:-1] if place.name == "__init__" else place.parts
            yield importlib.import_module(".".join(parts))


def test_every_wire_format_names_its_clause(modules: tuple[ModuleType, ...]) -> None:
    formats = {
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Struct) and value is not Struct
    }

    without = sorted(
        f"{each.__module__}.{each.__name__}"
        for each in formats
        if SOURCE.search(each.__doc__ or "") is None
    )

    assert not without, "\n".join(without)


def test_every_cluster_file_names_its_clause(root: Path) -> None:
    files = sorted((root / "emulator/zcl/clusters").glob("*.py"))

    without = [
        path.name
        for path in files
        if path.name != "__init__.py" and SOURCE.search(path.read_text()) is None
    ]

    assert not without, "\n".join(without)


def test_every_module_can_be_read_with_pydoc(modules: tuple[ModuleType, ...]) -> None:
    silent = [
        module.__name__
        for module in modules
        if not module.__doc__ or module.__doc__.splitlines()[0] not in pydoc.render_doc(module)
    ]

    assert not silent, "\n".join(silent)
