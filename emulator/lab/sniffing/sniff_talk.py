"""What one who listens is told: where, every frame, and what came of it."""

import json
import sys
from collections.abc import Sequence
from typing import Any, Final, TextIO

from emulator.lab.captures.telling import TellingRow
from emulator.lab.sniffing.claims import told
from emulator.lab.sniffing.outlets import Outlet, PipeOutlet
from emulator.lab.sniffing.own_network import OwnNetwork
from emulator.lab.sniffing.sniff import Listening, Sniff

_SECOND: Final = 1_000_000


class SniffTalk:
    """Tells a person, or a program one JSON object a line.

    Args:
        stream: where to; standard error where the capture goes to standard output.
        as_json: whether a program reads it.
    """

    def __init__(self, stream: TextIO, *, as_json: bool) -> None:
        self._stream = stream
        self._as_json = as_json

    def say(self, event: str, text: str, fields: dict[str, Any]) -> None:
        """Tell an event."""
        line = json.dumps({"event": event, **fields}, ensure_ascii=False) if self._as_json else text
        try:
            print(line, file=self._stream, flush=True)
        except OSError:
            self._stream = sys.stderr  # whoever read it has ended; the capture goes on

    def begun(
        self, firmware: str, listening: Listening, own: OwnNetwork, *, everybody: bool
    ) -> None:
        """Tell where it listens, and to whom."""
        channels = [channel.number for channel in listening.channels]
        whose = "every network" if everybody else f"own network: {told(own.pans)}"
        where = ", ".join(map(str, channels))
        self.say(
            "listening",
            f"{firmware} at {listening.port} listens on channel {where}; {whose}",
            {
                "firmware": firmware,
                "port": listening.port,
                "channels": channels,
                "pans": sorted(own.pans),
                "all_pans": everybody,
            },
        )

    def row(self, row: TellingRow, began: int) -> None:
        """Tell a frame."""
        frame = row.frame
        channel = "" if frame.channel is None else frame.channel.number
        opened = f"  [{row.row.security}]" if row.row.security else ""
        self.say(
            "frame",
            f"{frame.number:>6} {(frame.at - began) / _SECOND:11.6f} {channel:>3}  "
            f"{row.row.source} > {row.row.destination}  {row.row.label}{opened}",
            row.document(began),
        )

    def ended(self, sniff: Sniff, untold: int, outlets: Sequence[Outlet]) -> None:
        """Tell what came of it."""
        slow = sum(each.lost for each in outlets if isinstance(each, PipeOutlet))
        kept_in = ", ".join(each.name for each in outlets) or "nothing"
        parts = [
            f"{sniff.kept} frames kept in {kept_in}",
            f"{sniff.passed_over} of other networks passed over" if sniff.passed_over else "",
            f"own PAN: {told(sniff.own.pans)}" if sniff.own.pans else "",
            f"{untold} not told" if untold else "",
            f"{slow} lost by a slow reader" if slow else "",
            sniff.troubles,
        ]
        self.say(
            "ended",
            "; ".join(part for part in parts if part),
            {
                "kept": sniff.kept,
                "passed_over": sniff.passed_over,
                "pans": sorted(sniff.own.pans),
                "untold": untold,
                "lost_by_slow_reader": slow,
                "troubles": sniff.troubles,
                "outlets": [each.name for each in outlets],
            },
        )
