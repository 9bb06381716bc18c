"""Another implementation's host stack as judge of a virtual dongle: bellows with zigpy.

`make judges` installs them, with the client that drives them, in an environment of their own.
"""

import json
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from emulator.testing.judges.judges import require
from emulator.testing.judges.zigbee_host import HostRun

FOLDER_VARIABLE: Final = "HANLAB_ZIGBEE_NCP"
"""Environment variable: the folder with client.py and its environment, .venv."""
_DEFAULT_FOLDER: Final = Path(__file__).parents[3] / "build" / "judges" / "zigbee-ncp"
_GRACE: Final = 40
"""Seconds to form a network and to end, besides those the client was given."""


def zigbee_ncp_folder() -> Path:
    """Where the client lies; the test that asks is skipped where it is absent."""
    named = os.environ.get(FOLDER_VARIABLE)
    folder = Path(named) if named else _DEFAULT_FOLDER
    there = (folder / ".venv" / "bin" / "bellows").is_file()
    require("bellows", there, "`make judges`")
    return folder


def run_zigbee_ncp(port: str, arguments: Sequence[str], *, seconds: int) -> HostRun:
    """Let the host stack work on a dongle for at most `seconds` once its network is formed."""
    folder = zigbee_ncp_folder()
    python = folder / ".venv" / "bin" / "python"
    command = (str(python), "client.py", port, *arguments, "--seconds", str(seconds))
    ended = subprocess.run(  # noqa: S603 - the judge's own client
        command,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=seconds + _GRACE,
        check=False,
    )
    lines = (line for line in ended.stdout.splitlines() if line.startswith("{"))
    return HostRun(ended.returncode, tuple(json.loads(line) for line in lines))
