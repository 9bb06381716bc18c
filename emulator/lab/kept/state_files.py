"""What stays between runs, in the folder of `--state`: one JSON file a device, one of the DCC.

The files hold test keys and counters in the clear; each says so.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from emulator.kernel.errors import EnvironmentFault, UsageError
from emulator.kernel.identity import Eui64
from emulator.kernel.json_text import parse_json

FORMAT: Final = 5
"""Raised whenever what devices or the DCC keep changes its shape."""
LABEL: Final = "state of an emulated device; its keys are test keys"


def load_state(folder: Path, eui64: Eui64) -> Mapping[str, Any] | None:
    """What a device kept, None when the folder holds nothing of it.

    Raises:
        UsageError: when the file is no state file of this version.
        EnvironmentFault: when it cannot be read.
    """
    return load_document(_path(folder, eui64))


def save_state(folder: Path, eui64: Eui64, memory: Mapping[str, Any]) -> None:
    """Keep what a device would keep without power.

    Raises:
        EnvironmentFault: when the folder or the file cannot be written.
    """
    save_document(_path(folder, eui64), memory, LABEL)


def load_document(path: Path) -> Mapping[str, Any] | None:
    """What a state file holds, None when there is none.

    Raises:
        UsageError: when it is no state file of this version.
        EnvironmentFault: when it cannot be read.
    """
    try:
        document = parse_json(path.read_text())
    except FileNotFoundError:
        return None
    except OSError as fault:
        raise EnvironmentFault(f"{path}: cannot be read: {fault.strerror}") from fault
    except ValueError as fault:
        raise UsageError(f"{path}: no state file of hanlab: {fault}") from fault
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise UsageError(
            f"{path}: expected a state file of format {FORMAT}; another version of hanlab keeps "
            "other things, so begin with an empty folder"
        )
    memory = document.get("memory")
    if not isinstance(memory, dict):
        raise UsageError(f"{path}: expected what was kept under `memory`")
    return memory


def save_document(path: Path, memory: Mapping[str, Any], label: str) -> None:
    """Write a state file, whole or not at all.

    Raises:
        EnvironmentFault: when the folder or the file cannot be written.
    """
    document = {"label": label, "format": FORMAT, "memory": memory}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".unfinished")
        unfinished.write_text(json.dumps(document, indent=1) + "\n")
        unfinished.replace(path)
    except OSError as fault:
        raise EnvironmentFault(f"{path}: cannot be written: {fault.strerror}") from fault


def _path(folder: Path, eui64: Eui64) -> Path:
    return folder / f"{eui64:016x}.json"
