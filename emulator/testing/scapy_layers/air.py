"""Frames as scapy packets on the air: what you make is sent, what is heard comes as packets.

from emulator.testing.scapy_layers.air import ScapyRadio

The air is whatever radio stands behind it: a simulated one, or a dongle that speaks Spinel.
"""

from collections.abc import Callable
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from scapy.config import conf
from scapy.layers.dot15d4 import Dot15d4, Dot15d4FCS
from scapy.main import load_layer
from scapy.packet import Packet

from emulator.kernel.errors import UsageError
from emulator.kernel.extensions import load
from emulator.kernel.identity import Eui64
from emulator.kernel.scheduler import Scheduler
from emulator.kernel.streams import Streams
from emulator.kernel.trace import Trace
from emulator.kernel.units import Calendar, Duration, Instant, parse_duration
from emulator.lab.radios.kinds import RadioPlace
from emulator.lab.radios.paced_clock import PacedClock
from emulator.radio.fcs import FCS_SIZE
from emulator.radio.port import (
    Channel,
    RadioConfig,
    RadioConfigure,
    RadioEvent,
    RadioReceived,
    RadioTransmit,
    RadioTransmitted,
    TransmitOutcome,
)
from emulator.radio.settings import RadioSettings
from emulator.smart_energy.device import PoweredRadio, Surroundings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from emulator.radio.air import Transmission

LONGEST: Final = 125
"""Octets of a frame without its FCS: aMaxPHYPacketSize 127 less 2 (IEEE 802.15.4-2006 Table 22)."""
_TESTER: Final = Eui64(0x02_48_41_4E_53_43_41_50)

load_layer("zigbee", globals_dict={})
conf.dot15d4_protocol = "zigbee"  # type: ignore[assignment]  # what stands in data frames, as scapy asks to be told


class ScapyRadio:
    """A radio for packets.

    Args:
        radio: on the air; is given power, and hears everything there is.
        scheduler: the time it lives in.
        channel: from 11 to 26.
    """

    def __init__(self, radio: PoweredRadio, scheduler: Scheduler, channel: int) -> None:
        self.heard: list[Packet] = []
        """Everything that was heard, oldest first."""
        self._radio = radio
        self._scheduler = scheduler
        self._outcome: TransmitOutcome | None = None
        self._handle = 0
        radio.connect(self._event)
        radio.power(on=True)
        config = RadioConfig(
            channel=Channel(0, channel),
            pan_id=0xFFFF,
            short_address=0xFFFF,
            eui64=_TESTER,
            promiscuous=True,
        )
        radio.command(RadioConfigure(config))

    def send(self, packet: Packet, *, csma: bool = True) -> bool:
        """Send a packet; whether it went out, and was acknowledged where nothing else counts.

        A radio that hears everybody takes no acknowledgement for itself: what came back is in
        `heard`. A packet that ends in an FCS loses it: the radio counts its own.

        Raises:
            UsageError: when it is longer than a frame may be, or shorter than one is.
        """
        octets = bytes(packet)
        if isinstance(packet, Dot15d4FCS):
            octets = octets[:-FCS_SIZE]
        if not FCS_SIZE < len(octets) <= LONGEST:
            raise UsageError(f"{len(octets)} octets: expected 3 to {LONGEST}, without FCS")
        self._handle += 1
        self._outcome = None
        self._radio.command(RadioTransmit(self._handle, octets, max_retries=0, csma=csma))
        limit = Instant(self._scheduler.now + parse_duration("5 s"))
        self._scheduler.run(limit, stop=lambda: self._outcome is not None)
        return self._outcome in (TransmitOutcome.SENT, TransmitOutcome.ACKED)

    def listen(self, duration: str, until: Callable[[Packet], bool] | None = None) -> list[Packet]:
        """What is heard within a time like "2 s", or until a packet comes that is waited for."""
        begun = len(self.heard)

        def over() -> bool:
            return until is not None and any(map(until, self.heard[begun:]))

        span: Duration = parse_duration(duration)
        self._scheduler.run(Instant(self._scheduler.now + span), stop=over)
        return self.heard[begun:]

    def _event(self, event: RadioEvent) -> None:
        match event:
            case RadioReceived(psdu):
                self.heard.append(Dot15d4(psdu))
            case RadioTransmitted(outcome=outcome):
                self._outcome = outcome
            case _:
                pass


@contextmanager
def spinel_radio(port: str, channel: int) -> "Iterator[ScapyRadio]":
    """A dongle with OpenThread RCP firmware for packets; time is real, the port is released.

    Args:
        port: a serial path or tcp://HOST:PORT.
        channel: from 11 to 26.

    Raises:
        EnvironmentFault: when no radio co-processor answers; says what does, and what to do.
    """
    clock = PacedClock()
    scheduler = Scheduler(clock)

    def nowhere(_name: str) -> PoweredRadio:
        raise UsageError("there is no air but that of the dongle")

    place = RadioPlace(
        name="scapy",
        surroundings=Surroundings(scheduler, Streams(1), Trace(keep=False), Calendar(), nowhere),
        lines=clock,
        settings=RadioSettings(),
        observe=_unobserved,
        note=_unsaid,
        at_end=_at_no_end,
    )
    try:
        yield ScapyRadio(load("hanlab.radios", "spinel").make(port, place), scheduler, channel)
    finally:
        clock.close()


def _unobserved(_transmission: "Transmission", _rss: int | None) -> None:
    """Nobody captures."""


def _unsaid(_text: str) -> None:
    """Nobody reads notes."""


def _at_no_end(_action: Callable[[], None]) -> None:
    """The run has no end of its own."""
