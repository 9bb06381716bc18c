"""A virtual dongle in a process of its own, as `hanlab radio serve` serves it."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_PROGRAM = "from emulator.lab.cli import main; main()"


@dataclass(slots=True)
class ServedDongle:
    """The process, and what it told.

    Args:
        port: where host stacks find it.
    """

    process: subprocess.Popen[str]
    port: str
    events: list[Mapping[str, Any]]

    def stop(self) -> int:
        """End it as Ctrl-C does, take what it told, and give its exit status."""
        self.process.send_signal(signal.SIGINT)
        told, _ = self.process.communicate(timeout=20)
        self.events += [json.loads(line) for line in told.splitlines() if line.startswith("{")]
        return self.process.returncode

    def of(self, event: str) -> list[Mapping[str, Any]]:
        """The events of one name, once it was stopped."""
        return [each for each in self.events if each["event"] == event]


@contextmanager
def served_dongle(port: Path | str, options: Sequence[str]) -> Iterator[ServedDongle]:
    """A dongle that is served while the block runs."""
    words = ("radio", "serve", "--port", str(port), "--json", *options)
    process = subprocess.Popen(  # noqa: S603 - our own program
        (sys.executable, "-c", _PROGRAM, *words),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None  # noqa: S101 - a pipe was asked for
        first = process.stdout.readline()
        if not first:
            _, told = process.communicate(timeout=20)
            raise AssertionError(f"nothing is served: {told}")
        begun = json.loads(first)
        yield ServedDongle(process, begun["port"], [begun])
    finally:
        process.kill()
        process.wait(timeout=20)
        for pipe in (process.stdout, process.stderr):
            if pipe is not None:
                pipe.close()
