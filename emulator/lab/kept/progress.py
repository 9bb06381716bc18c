"""The line that says what a run is doing: on a terminal only, and gone when the run is over."""

import shutil
import time
from collections.abc import Callable
from typing import Final, TextIO

from emulator.kernel.units import Instant

_INTERVAL: Final = 0.1
"""Seconds of wall clock between two pictures; more is flicker."""
_ERASE: Final = "\r\x1b[2K"


class ProgressLine:
    """One line that is written over and over.

    Args:
        stream: where; when it is no terminal, nothing is ever written.
        clock: seconds of a clock that only goes forward.
    """

    def __init__(self, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._clock = clock
        self._terminal = stream.isatty()
        self._next = 0.0
        self._shown = False

    def show(self, text: str, at: Instant) -> None:
        """Say what happens at an instant of virtual time, if it is time for a new picture."""
        if not self._terminal or self._clock() < self._next:
            return
        self._next = self._clock() + _INTERVAL
        width = shutil.get_terminal_size().columns - 1
        printable = "".join(each if each.isprintable() else "?" for each in text)
        self._stream.write(f"{_ERASE}{f'{at / 1e6:10.1f} s  {printable}'[:width]}")
        self._stream.flush()
        self._shown = True

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            self._stream.write(_ERASE)
            self._stream.flush()
            self._shown = False
