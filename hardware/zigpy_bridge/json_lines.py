"""Lines of JSON in whatever pieces: what the bridge's two processes say to each other."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from emulator.kernel.errors import PeerError
from emulator.kernel.json_text import parse_json

LONGEST: Final = 65_536
"""Octets of a line; more is no line."""


def line(**fields: Any) -> bytes:
    """One line out."""
    return json.dumps(fields).encode() + b"\n"


class LineReader:
    """Finds the lines that the other process wrote."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, octets: bytes) -> Iterator[Mapping[str, Any]]:
        """The events that end within `octets`.

        Raises:
            PeerError: when a line is no event.
        """
        *lines, self._rest = (self._rest + octets).split(b"\n")
        if len(self._rest) > LONGEST:
            raise PeerError("a line without end from the zigpy process")
        for each in lines:
            yield _event(each)


def _event(octets: bytes) -> Mapping[str, Any]:
    try:
        event = parse_json(octets)
    except ValueError as fault:
        raise PeerError(f"no JSON from the zigpy process: {octets[:60]!r}") from fault
    if not isinstance(event, dict) or not isinstance(event.get("event"), str):
        raise PeerError(f"no event from the zigpy process: {octets[:60]!r}")
    return event
