"""What `hanlab doctor` looks at: versions, shadowed packages, tools, entry points, the folder."""

import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final, Literal

import typer

import emulator
from emulator.crypto.accelerator import describe
from emulator.kernel.errors import EnvironmentFault
from emulator.kernel.extensions import GROUPS, load, names
from emulator.lab.inputs.scenario_files import INSTALLED, installed_names
from emulator.lab.runs.run_inputs import DEFAULT_OUT

PACKAGES: Final = ("emulator", "devices", "hardware", "scenarios")
"""Our top-level names, which are ordinary words that others use too."""
_LIBRARIES: Final = (
    "cryptography",
    "holidays",
    "jinja2",
    "pyserial",
    "rich",
    "sqlalchemy",
    "typer",
)
_BROKEN: Final = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `missing` is what only some uses need."""

    name: str
    state: Literal["ok", "missing", "broken"]
    detail: str


def examine(path: Sequence[str], home: Path, folder: Path) -> tuple[Finding, ...]:
    """Everything worth knowing of an installation.

    Args:
        path: where Python looks for packages, in order.
        home: the folder our packages are in.
        folder: where a run would write.
    """
    return (
        *_versions(),
        *(shadow(name, path, home) for name in PACKAGES),
        _scenarios(),
        *_entry_points(),
        Finding("accelerator", "ok", describe()),
        _tshark(),
        _writable(folder),
    )


def print_examination(*, as_json: bool) -> int:
    """Examine this installation, print it, and give the exit status."""
    home = Path(emulator.__file__).resolve().parent.parent
    findings = examine(sys.path, home, Path.cwd())
    if as_json:
        typer.echo(json.dumps([asdict(finding) for finding in findings], indent=2))
    else:
        for finding in findings:
            typer.echo(f"{finding.state:8}{finding.name}: {finding.detail}")
    broken = any(finding.state == "broken" for finding in findings)
    return _BROKEN if broken else 0


def shadow(name: str, path: Sequence[str], home: Path) -> Finding:
    """Whether another package hides ours of that name, by standing earlier on the path."""
    for entry in path:
        place = Path(entry or ".").absolute()
        found = place / name
        if place.resolve() == home:
            return Finding(f"package {name}", "ok", str(found))
        # Where ours has no __init__.py, a folder without one is no rival: it is found by path.
        if (found / "__init__.py").is_file() or found.with_suffix(".py").is_file():
            return Finding(f"package {name}", "broken", f"{found} hides {home / name}")
    return Finding(f"package {name}", "broken", f"{home} is not on the path of Python")


def _versions() -> Iterator[Finding]:
    yield Finding("hanlab", "ok", version("hanlab"))
    yield Finding("python", "ok", f"{platform.python_version()} ({sys.executable})")
    for library in _LIBRARIES:
        try:
            yield Finding(library, "ok", version(library))
        except PackageNotFoundError:
            yield Finding(library, "broken", "not installed: expected what pyproject.toml names")


def _scenarios() -> Finding:
    count = len(installed_names())
    return Finding("scenarios", "ok" if count else "broken", f"{count} in {INSTALLED}")


def _entry_points() -> Iterator[Finding]:
    for group in GROUPS:
        faults = []
        for name in names(group):
            try:
                load(group, name)
            except EnvironmentFault as fault:
                faults.append(str(fault))
        told = "; ".join(faults) or ", ".join(names(group)) or "none"
        yield Finding(f"entry points {group}", "broken" if faults else "ok", told)


def _tshark() -> Finding:
    program = shutil.which("tshark")
    if program is None:
        return Finding("tshark", "missing", "not found: it only reads captures (package tshark)")
    try:
        told = subprocess.run(  # noqa: S603 - a program the user installed, with fixed arguments
            [program, "--version"], capture_output=True, text=True, timeout=20, check=True
        ).stdout
    except (OSError, subprocess.SubprocessError) as fault:
        return Finding("tshark", "missing", f"{program} does not run: {fault}")
    return Finding("tshark", "ok", told.partition("\n")[0])


def _writable(folder: Path) -> Finding:
    told = f"{folder / DEFAULT_OUT}"
    if os.access(folder, os.W_OK | os.X_OK):
        return Finding("output folder", "ok", told)
    return Finding("output folder", "broken", f"{told} cannot be made: give --out")
