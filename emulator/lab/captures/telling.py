"""Frames of a capture as rows: who to whom, what, protected how, and every field."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from emulator.kernel.errors import WireError
from emulator.kernel.identity import Eui64, format_eui64
from emulator.kernel.units import Duration, Instant
from emulator.lab.captures.frame import CapturedFrame
from emulator.lab.dissector.dissector import Dissector
from emulator.lab.dissector.key_ring import KeyRing
from emulator.lab.dissector.names import NOBODY, NameBook
from emulator.lab.kept.result import ChartRow
from emulator.radio.air import Transmission
from emulator.radio.fcs import fcs_right, with_fcs
from emulator.radio.port import Channel
from emulator.zigbee.mac.frames import MacFrame

_SOMEWHERE = Channel(0, 11)


@dataclass(frozen=True, slots=True)
class TellingRow:
    """One frame, told.

    Args:
        frame: as captured.
        row: what it says.
        fcs: whether its FCS is right; None where the capture has none.
    """

    frame: CapturedFrame
    row: ChartRow
    fcs: bool | None

    def document(self, begin: int) -> dict[str, Any]:
        """The row as JSON knows it; `begin` is the moment that times are counted from."""
        channel = self.frame.channel
        return {
            "number": self.frame.number,
            "at_us": self.frame.at - begin,
            "channel": None if channel is None else channel.number,
            "page": None if channel is None else channel.page,
            "rss_dbm": self.frame.rss,
            "fcs": self.fcs,
            "source": self.row.source,
            "destination": self.row.destination,
            "layer": self.row.layer,
            "label": self.row.label,
            "security": self.row.security,
            "detail": list(self.row.detail),
            "psdu": self.frame.psdu.hex(),
        }


def tell(frames: Iterable[CapturedFrame], keys: KeyRing) -> Iterator[TellingRow]:
    """Every frame, told with what the frames before it have taught."""
    speakers = _Speakers()
    dissector = Dissector(NameBook({}), keys)
    for frame in frames:
        sender = speakers.of(frame.psdu)
        octets = frame.psdu + frame.fcs if frame.fcs else with_fcs(frame.psdu)
        transmission = Transmission(
            Instant(0), Duration(0), frame.channel or _SOMEWHERE, sender, octets
        )
        fcs = fcs_right(octets) if frame.fcs else None
        yield TellingRow(frame, speakers.named(dissector.row(transmission), frame.psdu), fcs)


class _Speakers:
    """Addresses as the names of those who have no other."""

    def of(self, psdu: bytes) -> str:
        """Who a frame says it is from."""
        frame = _mac(psdu)
        if frame is None:
            return NOBODY
        return _address(frame.source_short, frame.source_extended)

    def named(self, row: ChartRow, psdu: bytes) -> ChartRow:
        """The row with addresses where it knows no name."""
        frame = _mac(psdu)
        if frame is None or row.destination != NOBODY:
            return row
        destination = _address(frame.destination_short, frame.destination_extended)
        return ChartRow(
            at=row.at,
            source=row.source,
            destination=destination,
            label=row.label,
            layer=row.layer,
            security=row.security,
            detail=row.detail,
            psdu=row.psdu,
        )


def _mac(psdu: bytes) -> MacFrame | None:
    try:
        return MacFrame.decode(psdu)
    except WireError:
        return None


def _address(short: int | None, extended: Eui64 | None) -> str:
    if extended is not None:
        return format_eui64(extended)
    return NOBODY if short is None else f"0x{short:04X}"
