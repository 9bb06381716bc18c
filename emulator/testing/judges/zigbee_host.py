"""Another implementation's host stack as judge of a virtual dongle: zigbee-herdsman.

`make judges` installs it, with the client that drives it, in a folder of its own.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from emulator.testing.judges.judges import require

FOLDER_VARIABLE: Final = "HANLAB_ZIGBEE_HOST"
"""Environment variable: the folder with client.js and its node_modules."""
_DEFAULT_FOLDER: Final = Path(__file__).parents[3] / "build" / "judges" / "zigbee-host"
_GRACE: Final = 30


@dataclass(frozen=True, slots=True)
class HostRun:
    """What a host stack told while it ran.

    Args:
        status: 0 when everything that was expected happened.
        events: in order, each as the client prints it.
    """

    status: int
    events: tuple[Mapping[str, Any], ...]

    def of(self, event: str) -> list[Mapping[str, Any]]:
        """The events of one name."""
        return [each for each in self.events if each["event"] == event]


def zigbee_host_folder() -> Path:
    """Where the client lies; the test that asks is skipped where it is absent."""
    named = os.environ.get(FOLDER_VARIABLE)
    folder = Path(named) if named else _DEFAULT_FOLDER
    there = shutil.which("node") is not None and (folder / "node_modules").is_dir()
    require("zigbee-herdsman", there, "Node 20 or later, then `make judges`")
    return folder


def run_zigbee_host(port: str, arguments: Sequence[str], *, seconds: int) -> HostRun:
    """Let the host stack work on a dongle for at most `seconds`."""
    folder = zigbee_host_folder()
    command = ("node", "client.js", port, *arguments, "--seconds", str(seconds))
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
