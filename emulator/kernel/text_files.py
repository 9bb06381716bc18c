"""Text files that a user named."""

from pathlib import Path

from emulator.kernel.errors import UsageError


def read_text(path: Path) -> str:
    """The text of a file, without the mark that some editors put before it.

    Raises:
        UsageError: when it cannot be read, or is no UTF-8.
    """
    try:
        return path.read_text("utf-8-sig")
    except (OSError, ValueError) as fault:
        told = "no UTF-8 text" if isinstance(fault, UnicodeDecodeError) else str(fault)
        raise UsageError(f"{path}: {getattr(fault, 'strerror', None) or told}") from fault
