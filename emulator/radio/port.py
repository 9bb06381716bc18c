"""The radio seam, cut where an RCP is: CSMA, acknowledgement, retries and source match are below.

Above it stand our own MAC, NWK and APS, in simulation and on air alike. A radio takes commands
and gives events; PSDUs cross the seam without their FCS.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from emulator.kernel.construction import quick
from emulator.kernel.identity import Eui64
from emulator.kernel.units import Duration
from emulator.wire.codecs import OpenEnum


@dataclass(frozen=True, slots=True, order=True)
class Channel:
    """A channel of a channel page (IEEE 802.15.4 page 0: 2.4 GHz channels 11 to 26)."""

    page: int
    number: int


@quick
@dataclass(frozen=True, slots=True)
class RadioConfig:
    """What a receiver filters by and where it listens.

    Args:
        channel: where it transmits and listens.
        pan_id: PAN identifier it accepts, 0xFFFF before it has one.
        short_address: short address it accepts, 0xFFFF before it has one.
        eui64: its own extended address.
        receiver_on: whether it listens when it neither sends nor waits for an acknowledgement.
        coordinator: whether it accepts frames that name only a source PAN equal to its own.
        power: dBm of acknowledgements, and of frames of which nothing else is said.
        promiscuous: reports every frame and acknowledgement, and acknowledges none.
    """

    channel: Channel
    pan_id: int
    short_address: int
    eui64: Eui64
    receiver_on: bool = True
    coordinator: bool = False
    power: int = 0
    promiscuous: bool = False


class TransmitOutcome(StrEnum):
    """How a transmission ended, as an RCP reports it."""

    SENT = "sent"
    """On the air; no acknowledgement was asked for."""
    ACKED = "acked"
    NO_ACK = "no acknowledgement"
    CHANNEL_ACCESS_FAILURE = "channel access failure"


@quick
@dataclass(frozen=True, slots=True)
class RadioConfigure:
    """Command: filter and listen like this from now on."""

    config: RadioConfig


@quick
@dataclass(frozen=True, slots=True)
class RadioTransmit:
    """Command: send `psdu` (without FCS) by the access of the page, with `power` dBm.

    It waits for an acknowledgement if its frame control asks; power None is that of the
    configuration.

    Args:
        max_backoffs: macMaxCSMABackoffs for this frame; None for the radio's own.
        max_retries: macMaxFrameRetries for this frame; None for the radio's own.
        csma: whether it listens before it sends.
    """

    handle: int
    psdu: bytes
    power: int | None = None
    max_backoffs: int | None = None
    max_retries: int | None = None
    csma: bool = True


@quick
@dataclass(frozen=True, slots=True)
class RadioPending:
    """Command: the devices for which acknowledgements of data requests say "frame pending".

    Args:
        everyone: says it to all, as radios do whose host keeps no such list.
    """

    short_addresses: frozenset[int]
    extended_addresses: frozenset[Eui64]
    everyone: bool = False


@dataclass(frozen=True, slots=True)
class RadioAliases:
    """Command: the devices besides itself whose frames it takes and acknowledges, in its own PAN.

    What a bridge needs, which answers at one place for devices at another.
    """

    short_addresses: frozenset[int]
    extended_addresses: frozenset[Eui64]


@dataclass(frozen=True, slots=True)
class RadioEnergyScan:
    """Command: measure the peak energy on a channel for a duration."""

    channel: Channel
    duration: Duration


RadioCommand = RadioConfigure | RadioTransmit | RadioPending | RadioAliases | RadioEnergyScan


@quick
@dataclass(frozen=True, slots=True)
class RadioReceived:
    """Event: a frame that passed the filter, acknowledged already where it asked for it.

    Args:
        psdu: its octets without FCS.
        rssi: dBm.
        lqi: 0 to 255.
    """

    psdu: bytes
    rssi: int
    lqi: int


@quick
@dataclass(frozen=True, slots=True)
class RadioTransmitted:
    """Event: a transmission ended; `frame_pending` is the bit of the acknowledgement."""

    handle: int
    outcome: TransmitOutcome
    frame_pending: bool = False


@dataclass(frozen=True, slots=True)
class RadioEnergy:
    """Event: an energy scan ended; `level` is 0 to 255 (IEEE 802.15.4-2006 6.9.7).

    `rss` is the same in dBm, None when nothing was heard; it tells no two events apart.
    """

    channel: Channel
    level: int
    rss: int | None = field(default=None, compare=False)


class DutyMode(OpenEnum):
    """How much of its duty cycle a radio below 1 GHz has used (R22 Annex D)."""

    NORMAL = 0
    LIMITED = 1
    CRITICAL = 2
    REGULATED = 3
    """Nothing may be sent."""


@dataclass(frozen=True, slots=True)
class RadioDutyCycle:
    """Event: the duty cycle of a radio below 1 GHz came into another mode.

    Args:
        mode: the mode from now on.
        used: air time that counts now.
    """

    mode: DutyMode
    used: Duration


RadioEvent = RadioReceived | RadioTransmitted | RadioEnergy | RadioDutyCycle


class Radio(Protocol):
    """A transceiver with an RCP's duties."""

    def connect(self, listener: Callable[[RadioEvent], None]) -> None:
        """Give every event to `listener`."""
        ...

    def command(self, command: RadioCommand) -> None:
        """Carry out a command; what comes of it arrives as events."""
        ...
