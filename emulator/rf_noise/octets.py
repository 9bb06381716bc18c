"""The octets of a file that a user named."""

from pathlib import Path
from typing import Final

from emulator.kernel.errors import UsageError

_MOST_OCTETS: Final = 64 * 1024 * 1024
"""A sweep of a million points has less than half of this."""


def read_octets(path: Path) -> bytes:
    """The octets of a file.

    Raises:
        UsageError: when it cannot be read, or is far too long.
    """
    try:
        size = path.stat().st_size
        if size > _MOST_OCTETS:
            raise UsageError(f"{path}: {size} octets: expected {_MOST_OCTETS} or less")
        return path.read_bytes()
    except (OSError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or str(fault)
        raise UsageError(f"{path}: {reason}") from fault
