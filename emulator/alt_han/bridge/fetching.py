"""How a proxy fetches an association response before the joiner asks for it.

A joiner asks once, macResponseWaitTime after its request (IEEE 802.15.4-2006 7.5.3.1), and then
waits for some 20 ms: no time for a backhaul. So the wired end asks the parent in its name, early.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from emulator.alt_han.bridge.settings import BridgeSettings
from emulator.kernel.units import Instant, later
from emulator.zigbee.mac.commands import DataRequest, encode_command
from emulator.zigbee.mac.frames import AddressingMode, FrameType, MacFrame


@dataclass(slots=True)
class ResponseFetcher:
    """Association requests whose responses are to be asked for."""

    settings: BridgeSettings
    _due: deque[tuple[Instant, MacFrame]] = field(default_factory=deque)

    def associating(self, request: MacFrame, now: Instant) -> None:
        """A joiner's request was passed on to its parent."""
        self._due.append((later(now, self.settings.fetch_after), request))

    @property
    def deadline(self) -> Instant | None:
        """When the next response is asked for."""
        return self._due[0][0] if self._due else None

    def wake(self, now: Instant) -> Sequence[bytes]:
        """The frames that ask for what is due, in the joiners' names (7.3.4)."""
        frames = []
        while self._due and self._due[0][0] <= now:
            frames.append(_question(self._due.popleft()[1]))
        return frames


def _question(request: MacFrame) -> bytes:
    frame = MacFrame(
        FrameType.COMMAND,
        ack_request=True,
        pan_id_compression=True,
        destination_mode=request.destination_mode,
        source_mode=AddressingMode.EXTENDED,
        sequence=request.sequence + 0x80 & 0xFF,
        destination_pan=request.destination_pan,
        destination_short=request.destination_short,
        destination_extended=request.destination_extended,
        source_extended=request.source_extended,
        payload=encode_command(DataRequest()),
    )
    return frame.encode()
