"""Client packages published by Smart DCC as judge of our DUIS and SMKI.

`make judges` installs them, with the script that drives them, in a folder of its own.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from emulator.testing.judges.judges import require

FOLDER_VARIABLE: Final = "HANLAB_DCC_CLIENT"
"""Environment variable: the folder with client.js and its node_modules."""
_DEFAULT_FOLDER: Final = Path(__file__).parents[3] / "build" / "judges" / "dcc-client"
_PACKAGES: Final = Path("node_modules") / "@smartdcc"
_LONGEST: Final = 90


@dataclass(frozen=True, slots=True)
class ClientRun:
    """What the client told.

    Args:
        status: 0 when acknowledgement, response and certificate were as they must be.
        told: the one object that it prints.
    """

    status: int
    told: Mapping[str, Any]


def dcc_client_folder() -> Path:
    """Where the client lies; the test that asks is skipped where it is absent."""
    named = os.environ.get(FOLDER_VARIABLE)
    folder = Path(named) if named else _DEFAULT_FOLDER
    programs = all(shutil.which(each) for each in ("node", "java"))
    there = programs and (folder / _PACKAGES).is_dir()
    require("Smart DCC's client packages", there, "Node 20, Java 17, then `make judges`")
    return folder


def key_store(folder: Path) -> Path:
    """The key store that the client signs with."""
    return folder / _PACKAGES / "dccboxed-keystore" / "keystore.json"


def run_dcc_client(target: str, *, duis: str, smki: str, listen: int, srv: str) -> ClientRun:
    """Let the client send one request and look a certificate up.

    Args:
        target: EUI-64 of the device.
        duis: URL of DUIS.
        smki: `host:port` of SMKI.
        listen: port on which the client waits for the response.
        srv: service reference variant, 4.1.1 or 11.2.
    """
    told = {"target": target, "duis": duis, "smki": smki, "listen": str(listen), "srv": srv}
    words = [word for name, value in told.items() for word in (f"--{name}", value)]
    ended = subprocess.run(  # noqa: S603 - the judge's own client
        ("node", "client.js", *words),  # noqa: S607 - found by `dcc_client_folder`
        cwd=dcc_client_folder(),
        capture_output=True,
        text=True,
        timeout=_LONGEST,
        check=False,
    )
    lines = [line for line in ended.stdout.splitlines() if line.startswith("{")]
    return ClientRun(ended.returncode, json.loads(lines[-1]) if lines else {"error": ended.stderr})
