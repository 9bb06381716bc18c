"""Wireshark as judge of a whole capture.

The script that asks it is one of the shared oracles; it needs nothing but tshark.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from shutil import which

from emulator.testing.judges.judges import require
from emulator.testing.judges.reference_data import SHARED_VARIABLE, shared_folder


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the judge says of a capture; frames by number."""

    ok: bool
    frames: int
    malformed: tuple[int, ...]
    unknown: tuple[int, ...]
    undecrypted: tuple[int, ...]
    bad_fcs: tuple[int, ...]


def judge_capture(folder: Path, capture: bytes, keys: str, least: int = 1) -> Judgement:
    """What Wireshark makes of a capture with these keys.

    Args:
        folder: where files may be written.
        capture: a pcapng document.
        keys: the text of a `zigbee_pc_keys` file.
        least: how many frames there must be.
    """
    script = shared_folder() / "oracles" / "tshark_check.py"
    require("tshark", which("tshark") is not None, "apt-get install tshark")
    require("tshark_check.py", script.exists(), f"set {SHARED_VARIABLE}")
    capture_file, key_file = folder / "judged.pcapng", folder / "judged.keys"
    capture_file.write_bytes(capture)
    key_file.write_text(keys)
    files = (str(script), str(capture_file), "--keys", str(key_file))
    command = [sys.executable, *files, "--min-frames", str(least)]
    said = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    document = json.loads(said.stdout)
    return Judgement(
        ok=document["ok"] and said.returncode == 0,
        frames=document["frames"],
        malformed=tuple(document["malformed"]),
        unknown=tuple(document["unknown"]),
        undecrypted=tuple(document["undecrypted"]),
        bad_fcs=tuple(document["bad_fcs"]),
    )
