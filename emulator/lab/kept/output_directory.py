"""The folder a run writes into: only ours, and each file whole or not at all."""

import os
import tempfile
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Final

from emulator.kernel.errors import EnvironmentFault, UsageError
from emulator.kernel.json_text import parse_json
from emulator.lab.kept.result import SCHEMA_VERSION

REPORT_JSON: Final = "report.json"
REPORT_HTML: Final = "report.html"
JUNIT: Final = "junit.xml"
TRACE: Final = "trace.jsonl"
CAPTURE: Final = "han.pcapng"
SECOND_CAPTURE: Final = "han-868.pcapng"
"""What was sent below 1 GHz, where there are such radios."""
KEYS: Final = "zigbee_pc_keys"
INPUTS: Final = "inputs.jsonl"
"""Written only when something came in from outside."""
TRACEBACK: Final = "traceback.txt"
"""Written only when a run ends by a mistake of ours."""

KNOWN: Final = frozenset(
    {
        REPORT_JSON,
        REPORT_HTML,
        JUNIT,
        TRACE,
        CAPTURE,
        SECOND_CAPTURE,
        KEYS,
        INPUTS,
        TRACEBACK,
    }
)
"""Every name that a run may leave in its folder."""
_PARTIAL: Final = ".hanlab-"
"""How the names of files that are still being written begin."""


class OutputDirectory:
    """The folder of one run.

    Args:
        path: where; it need not exist yet.
        force: write there whatever else is in it.
    """

    def __init__(self, path: Path, *, force: bool = False) -> None:
        self.path = path
        self._force = force

    def check_kind(self) -> None:
        """Find out, without touching anything, whether a run may use this folder.

        Raises:
            UsageError: when it is no folder, or holds something that is not ours.
        """
        if any(each.exists() and not each.is_dir() for each in (self.path, *self.path.parents)):
            raise UsageError(f"--out {self.path}: not a folder: expected one, or a new name")
        if self.path.is_dir() and not self._force:
            self._check_ours()

    def check_writable(self) -> None:
        """Find out, without touching anything, whether it takes new files.

        Raises:
            EnvironmentFault: when it, or the folder it will be made in, does not.
        """
        nearest = next(each for each in (self.path, *self.path.absolute().parents) if each.exists())
        if not os.access(nearest, os.R_OK | os.W_OK | os.X_OK):
            raise EnvironmentFault(f"--out {self.path}: {nearest} cannot be written")

    def create(self) -> None:
        """Make the folder, with its parents.

        Raises:
            EnvironmentFault: when that fails.
        """
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except (OSError, ValueError) as fault:
            raise EnvironmentFault(f"--out {self.path}: {fault}") from fault

    def write(self, name: str, content: bytes) -> Path:
        """Put a file there, whole; a reader sees the old one or the new one.

        Raises:
            EnvironmentFault: when that fails; what was there before stays.
        """
        target = self.path / name
        try:
            descriptor, partial = tempfile.mkstemp(dir=self.path, prefix=_PARTIAL)
            try:
                with os.fdopen(descriptor, "wb") as file:
                    file.write(content)
                # mkstemp makes files for their owner alone; reports are for all who see the folder.
                Path(partial).chmod(0o666 & ~_umask())
                Path(partial).replace(target)
            except BaseException:
                Path(partial).unlink(missing_ok=True)
                raise
        except OSError as fault:
            raise EnvironmentFault(f"{target}: {fault}") from fault
        return target

    def forget_others(self, written: AbstractSet[str]) -> None:
        """Remove what an earlier run left that this one did not write."""
        try:
            for name in KNOWN - written:
                (self.path / name).unlink(missing_ok=True)
            for partial in self.path.glob(f"{_PARTIAL}*"):
                partial.unlink(missing_ok=True)
        except OSError as fault:
            raise EnvironmentFault(f"--out {self.path}: {fault}") from fault

    def _check_ours(self) -> None:
        try:
            found = sorted(entry.name for entry in self.path.iterdir())
        except OSError:
            return  # a folder that cannot be looked at is no mistake of the command line
        strange = [name for name in found if name not in KNOWN and not name.startswith(_PARTIAL)]
        if not strange and found and not _is_report(self.path / REPORT_JSON):
            strange = found
        if strange:
            others = f" and {len(strange) - 1} more" if len(strange) > 1 else ""
            raise UsageError(
                f"--out {self.path}: holds {strange[0]}{others}, not written by hanlab: expected "
                "an empty folder, that of an earlier run, or --force"
            )


def _is_report(path: Path) -> bool:
    """Whether a file is a report of this or an earlier version."""
    try:
        document = parse_json(path.read_bytes())
    except (OSError, ValueError):
        return False
    if not isinstance(document, dict) or "hanlab_version" not in document:
        return False
    version = document.get("schema_version")
    return isinstance(version, int) and 1 <= version <= SCHEMA_VERSION


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
