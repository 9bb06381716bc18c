"""`hanlab serve` as a process of its own, for tests that come to it from outside."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

_LONGEST: Final = 60


@dataclass(frozen=True, slots=True)
class ServedDcc:
    """What serves.

    Args:
        events: what it told until it was ready.
    """

    events: tuple[Mapping[str, Any], ...]

    def url(self, service: str) -> str:
        """Where `duis`, `smki` or `workbench` is."""
        return next(
            str(each["url"])
            for each in self.events
            if each["event"] == "serving" and each["service"] == service
        )


@contextmanager
def served_dcc(words: Sequence[str] = ()) -> Iterator[ServedDcc]:
    """Serve a home on free ports until the block ends, then end it as Ctrl-C does."""
    command = (sys.executable, "-c", "from emulator.lab.cli import main; main()", "serve")
    ports = ("--duis-port", "0", "--smki-port", "0", "--port", "0", "--json")
    with subprocess.Popen(  # noqa: S603 - our own command
        (*command, *ports, *words), stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield ServedDcc(tuple(_until_ready(process)))
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(_LONGEST)


def _until_ready(process: "subprocess.Popen[str]") -> Iterator[Mapping[str, Any]]:
    for line in process.stdout or ():
        event: dict[str, Any] = json.loads(line)
        yield event
        if event["event"] == "ready":
            return
    raise AssertionError("hanlab serve ended before it was ready")
