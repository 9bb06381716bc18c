"""What is at the radio, and what each transmission was for."""

from dataclasses import dataclass
from enum import Enum, auto
from itertools import count

from emulator.kernel.construction import quick
from emulator.radio.port import RadioTransmit, TransmitOutcome
from emulator.zigbee.mac.frames import MacFrame
from emulator.zigbee.mac.indirect import Transaction
from emulator.zigbee.mac.power_control import PowerTable
from emulator.zigbee.mac.primitives import MacStatus


@quick
@dataclass(frozen=True, slots=True)
class DataSent:
    """A data request of NWK, sent directly."""

    handle: int


class Procedure(Enum):
    """A frame of the MAC's own."""

    SCAN = auto()
    ASSOCIATION = auto()
    POLL = auto()
    BEACON = auto()


Purpose = DataSent | Transaction | Procedure

_STATUS = {
    TransmitOutcome.SENT: MacStatus.SUCCESS,
    TransmitOutcome.ACKED: MacStatus.SUCCESS,
    TransmitOutcome.NO_ACK: MacStatus.NO_ACK,
    TransmitOutcome.CHANNEL_ACCESS_FAILURE: MacStatus.CHANNEL_ACCESS_FAILURE,
}


def status_of(outcome: TransmitOutcome) -> MacStatus:
    """The MAC status that an outcome of the radio amounts to."""
    return _STATUS[outcome]


class Transmitter:
    """Hands frames to the radio and remembers why."""

    def __init__(self) -> None:
        self._handles = count(1)
        self._purposes: dict[int, Purpose] = {}
        self.powers = PowerTable()

    @property
    def busy(self) -> bool:
        """Whether the radio still has a frame of ours."""
        return bool(self._purposes)

    def send(self, frame: MacFrame, purpose: Purpose) -> RadioTransmit:
        """The command that sends `frame`."""
        handle = next(self._handles)
        self._purposes[handle] = purpose
        power = self.powers.of(frame.destination_short)
        return RadioTransmit(handle, frame.encode(), power)

    def ended(self, handle: int) -> Purpose | None:
        """What the transmission was for; None when it was forgotten meanwhile."""
        return self._purposes.pop(handle, None)

    def forget(self, purpose: Purpose) -> None:
        """Make the end of transmissions for `purpose` concern nobody."""
        for handle in [each for each, why in self._purposes.items() if why is purpose]:
            del self._purposes[handle]

    def clear(self) -> None:
        """Forget what every transmission was for."""
        self._purposes.clear()
