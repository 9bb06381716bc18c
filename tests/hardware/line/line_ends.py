"""Waiting for a line in tests, as the scheduler does."""

import select

from hardware.line.byte_line import ByteLine


def take(line: ByteLine, count: int, seconds: float = 5.0) -> bytes:
    """The next `count` octets; fewer when nothing comes."""
    found = b""
    while len(found) < count:
        ready, _, _ = select.select((line.fileno(),), (), (), seconds)
        if not ready:
            break
        found += line.read()
    return found
