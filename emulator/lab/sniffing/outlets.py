"""Where a capture goes while it grows: a file, a named pipe, standard output, or Wireshark.

Every packet is handed on as a whole and at once, so that a capture can be read whenever its writer
ends. A reader of a pipe that is slow, or gone, never holds up the capture.
"""

import errno
import os
import shutil
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import Final, Protocol

from emulator.kernel.errors import EnvironmentFault, UsageError

STDOUT: Final = "-"
WIRESHARK: Final = ("wireshark", "-k", "-i", "-")
"""Reads a capture from its standard input and shows packets as they come."""
_LIMIT: Final = 16 << 20
"""Octets that may wait for a slow reader."""
_LOOK: Final = 0.1
"""Seconds between two looks whether somebody reads a named pipe."""
_LAST: Final = 2.0
"""Seconds that a reader has for the rest when the capture ends."""


class Outlet(Protocol):
    """Takes a capture, piece by piece."""

    name: str

    def write(self, octets: bytes) -> bool:
        """Hand on a whole block; False when nobody takes it any more.

        Raises:
            EnvironmentFault: when it cannot be kept.
        """
        ...

    def close(self) -> None:
        """End it."""
        ...


class FileOutlet:
    """A file, unbuffered.

    Args:
        path: is begun anew.

    Raises:
        EnvironmentFault: when it cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self.name = str(path)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = path.open("wb", buffering=0)
        except OSError as fault:
            raise EnvironmentFault(f"{path}: cannot be written: {fault.strerror}") from fault

    def write(self, octets: bytes) -> bool:
        """Keep a block.

        Raises:
            EnvironmentFault: when the disk is full, or the like.
        """
        try:
            self._file.write(octets)
        except OSError as fault:
            raise EnvironmentFault(f"{self.name}: cannot be written: {fault.strerror}") from fault
        return True

    def close(self) -> None:
        """Close the file."""
        self._file.close()


class PipeOutlet:
    """A pipe, of which somebody reads the other end.

    Args:
        descriptor: the writing end; closed at the end.
        name: for messages.
        ours: whether it is closed at the end; standard output stays open.
    """

    def __init__(self, descriptor: int, name: str, *, ours: bool = True) -> None:
        self.name = name
        self.lost = 0
        """Blocks that a slow reader did not get."""
        self.reader: subprocess.Popen[bytes] | None = None
        """The program that was started to read; it stays when the capture has ended."""
        self._descriptor = descriptor
        self._ours = ours
        self._waiting = bytearray()
        self._gone = False
        os.set_blocking(descriptor, False)

    def write(self, octets: bytes) -> bool:
        """Hand on a block, or let it wait for a slow reader; False when the reader is gone."""
        if len(self._waiting) + len(octets) > _LIMIT:
            self.lost += 1
        else:
            self._waiting += octets
        self._flush()
        return not self._gone

    def close(self) -> None:
        """Give the reader a moment for the rest, and end it."""
        end = time.monotonic() + _LAST
        while self._waiting and not self._gone and time.monotonic() < end:
            self._flush()
            time.sleep(0.01)
        os.set_blocking(self._descriptor, True)
        if self._ours:
            os.close(self._descriptor)

    def _flush(self) -> None:
        while self._waiting and not self._gone:
            try:
                sent = os.write(self._descriptor, self._waiting)
            except BlockingIOError:
                return
            except OSError:
                self._gone = True  # EPIPE: the reader has ended
                return
            del self._waiting[:sent]


def check_outlet(text: str, *, force: bool) -> None:
    """Whether a capture can go there.

    Raises:
        UsageError: when something is there that is no capture of an earlier call, unless `force`.
    """
    path = Path(text)
    if text == STDOUT:
        if sys.stdout.isatty():
            raise UsageError("--out -: a terminal shows no capture: expected a pipe or a file")
    elif path.is_dir():
        raise UsageError(f"--out {text}: is a folder: expected a file or a named pipe")
    elif path.is_file() and path.stat().st_size and not force:
        raise UsageError(f"--out {text}: is there already: expected a new name, or --force")


def outlet(text: str) -> Outlet:
    """The outlet of that name; a named pipe is waited for until somebody reads it.

    Raises:
        EnvironmentFault: when it cannot be opened.
    """
    if text == STDOUT:
        return PipeOutlet(sys.stdout.fileno(), "standard output", ours=False)
    path = Path(text)
    try:
        piped = stat.S_ISFIFO(path.stat().st_mode)
    except OSError:
        piped = False
    return _named_pipe(path) if piped else FileOutlet(path)


def make_pipe(path: Path) -> None:
    """A named pipe; one that is there already stays.

    Raises:
        EnvironmentFault: when this system has none, or not there.
    """
    try:
        os.mkfifo(path)
    except AttributeError as fault:
        raise EnvironmentFault(f"{path}: this system has no named pipes: use --out -") from fault
    except FileExistsError as fault:
        if not stat.S_ISFIFO(path.stat().st_mode):
            raise EnvironmentFault(f"{path}: is there already, and no named pipe") from fault
    except OSError as fault:
        raise EnvironmentFault(f"{path}: no named pipe: {fault.strerror}") from fault


def wireshark() -> PipeOutlet:
    """A Wireshark that shows frames as they come.

    Raises:
        EnvironmentFault: when it is not installed.
    """
    program = shutil.which(WIRESHARK[0])
    if program is None:
        raise EnvironmentFault(
            "wireshark: not found: install it, or write to a pipe that it reads (--pipe PATH)"
        )
    reading, writing = os.pipe()
    # In a session of its own, so that Ctrl-C ends the capture and leaves what it shows.
    reader = subprocess.Popen(  # noqa: S603 - the program that the user asked for
        (program, *WIRESHARK[1:]), stdin=reading, start_new_session=True
    )
    os.close(reading)
    shown = PipeOutlet(writing, "wireshark")
    shown.reader = reader
    return shown


def _named_pipe(path: Path) -> PipeOutlet:
    while True:
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_NONBLOCK)
        except OSError as fault:
            if fault.errno != errno.ENXIO:
                raise EnvironmentFault(f"{path}: does not open: {fault.strerror}") from fault
            time.sleep(_LOOK)
            continue
        return PipeOutlet(descriptor, str(path))
