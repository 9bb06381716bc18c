"""What the bench hears of a device on the air, as the hub beside it would."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from emulator.bench.running.benched_home import BenchedHome
from emulator.kernel.errors import WireError
from emulator.kernel.units import Duration, Instant, minutes
from emulator.lab.kept.result import ChartRow
from emulator.radio.air import Transmission
from emulator.radio.fcs import FCS_SIZE
from emulator.zigbee.mac.commands import CommandId
from emulator.zigbee.mac.frames import FrameType, MacFrame, decode_frame
from emulator.zigbee.nwk.frames import NwkHeader
from emulator.zigbee.security.frames import AuxiliaryHeader

_LOOK: Duration = minutes(1)
"""How often the last frames are looked at, while they are collected."""


@dataclass(slots=True)
class Heard:
    """What one device transmitted.

    Args:
        sender: name of the device.
        polls: how often it asked its parent for data.
        counters: of its NWK frames, with the number of the network key and when each was sent.
    """

    sender: str
    polls: int = 0
    counters: list[tuple[int, int, Instant]] = field(default_factory=list)

    def observe(self, sent: Transmission) -> None:
        """Take in a transmission."""
        if sent.sender != self.sender:
            return
        try:
            frame = decode_frame(sent.psdu_with_fcs[:-FCS_SIZE])
        except WireError:
            return
        if frame.frame_type is FrameType.COMMAND:
            self.polls += frame.payload[:1] == bytes((CommandId.DATA_REQUEST,))
        elif frame.frame_type is FrameType.DATA:
            self._counted(frame, sent.start)

    def _counted(self, frame: MacFrame, at: Instant) -> None:
        try:
            header, after = NwkHeader.take(frame.payload)
            if header.security:
                auxiliary, _ = AuxiliaryHeader.take(frame.payload, after)
                if auxiliary.key_sequence is not None:
                    self.counters.append((auxiliary.key_sequence, auxiliary.frame_counter, at))
        except WireError:
            return


@contextmanager
def listening(home: BenchedHome) -> Iterator[Heard]:
    """What the device under test transmits meanwhile."""
    heard = Heard(home.device.name)
    home.lab.air.listen(heard.observe)
    try:
        yield heard
    finally:
        home.lab.air.stop_listening(heard.observe)


def rows_during(home: BenchedHome, duration: Duration) -> Iterator[ChartRow]:
    """The frames of the device under test while time passes, dissected.

    Where more frames pass in a minute than the bench keeps, the first of them are missing.
    """
    began = last = home.lab.scheduler.now
    while home.lab.scheduler.now < began + duration:
        home.wait(_LOOK, until_heard=False)
        for row in home.lab.world.recorder.new_rows(last):
            if row.source == home.device.name:
                yield row
        last = home.lab.scheduler.now
