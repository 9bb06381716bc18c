"""A program of its own as a line: what it writes comes in, what is sent it reads."""

import os
import subprocess
from collections.abc import Sequence
from typing import Final

from hardware.line.byte_line import LineFault
from hardware.line.out_buffer import OutBuffer

_READ: Final = 65_536
_PATIENCE: Final = 1
"""Seconds a program is given to end by itself; one that is still starting would take longer."""


class ChildLine:
    """Implements `emulator.lab.radios.lines.HostedLine` over the pipes of a program.

    Args:
        name: of the line, for messages.
        command: the program and its arguments.
    """

    def __init__(self, name: str, command: Sequence[str]) -> None:
        self.name = name
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        assert self._process.stdin is not None  # noqa: S101 - a pipe was asked for
        assert self._process.stdout is not None  # noqa: S101 - a pipe was asked for
        self._in, self._out = self._process.stdout, self._process.stdin
        for pipe in (self._in, self._out):
            os.set_blocking(pipe.fileno(), False)
        self._buffer = OutBuffer(name, self._send)

    def fileno(self) -> int:
        """What to wait on; -1 once it is closed."""
        return -1 if self._in.closed else self._in.fileno()

    def read(self) -> bytes:
        """What has come in.

        Raises:
            LineFault: when the program ended.
        """
        try:
            octets = os.read(self._in.fileno(), _READ)
        except BlockingIOError:
            return b""
        except (OSError, ValueError) as fault:
            raise LineFault(f"{self.name}: closed") from fault
        if not octets:
            self.close()
            raise LineFault(f"{self.name}: ended")
        return octets

    def write(self, octets: bytes) -> None:
        """Send octets; raises `LineFault` when the program ended."""
        self._buffer.write(octets)

    @property
    def unsent(self) -> bool:
        """Whether octets wait for the program to read."""
        return self._buffer.unsent

    def flush(self) -> None:
        """Send what waits."""
        self._buffer.flush()

    def close(self) -> None:
        """Let the program end, or end it."""
        for pipe in (self._out, self._in):
            if not pipe.closed:
                pipe.close()
        try:
            self._process.wait(timeout=_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _send(self, octets: bytes) -> int:
        try:
            return os.write(self._out.fileno(), octets)
        except BlockingIOError:
            return 0
        except (OSError, ValueError) as fault:
            raise LineFault(f"{self.name}: ended") from fault
