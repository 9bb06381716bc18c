"""Runs of `hanlab run`, and what they left."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Ended:
    """What a run left."""

    status: int
    report: dict[str, Any]
    capture: bytes
    keys: str


def elsewhere(out: Path, scenario: str, *words: str, hash_seed: int) -> Ended:
    """A run in a process of its own."""
    command = [str(Path(sys.executable).with_name("hanlab")), "run", scenario, "--out", str(out)]
    environment = os.environ | {"PYTHONHASHSEED": str(hash_seed)}
    done = subprocess.run([*command, *words], capture_output=True, env=environment, check=False)
    return ended(out, done.returncode)


def ended(out: Path, status: int) -> Ended:
    return Ended(
        status,
        json.loads((out / "report.json").read_bytes()),
        (out / "han.pcapng").read_bytes(),
        (out / "zigbee_pc_keys").read_text(),
    )
