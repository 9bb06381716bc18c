"""Six radios that always have something to send on one channel, under real AES-CCM*.

Every radio sends acknowledged frames of 60 octets to the next one: MAC header, security header,
ciphertext and MIC; each is encrypted as it is made and verified where it arrives.
"""

from collections.abc import Callable
from dataclasses import dataclass

from emulator.crypto.ccm_star import open_sealed, seal
from emulator.kernel.identity import Eui64
from emulator.kernel.scheduler import Scheduler
from emulator.kernel.streams import Streams
from emulator.kernel.units import Instant, milliseconds, seconds
from emulator.radio.air import Air
from emulator.radio.disturbance import Disturbance
from emulator.radio.interference.activity import OnOff, Pulses
from emulator.radio.interference.sources import InterferenceField, Source
from emulator.radio.interference.spectra import FlatSpectrum, ofdm
from emulator.radio.physical import PhysicalReception, PhysicalSettings
from emulator.radio.port import (
    Channel,
    RadioConfig,
    RadioConfigure,
    RadioEvent,
    RadioReceived,
    RadioTransmit,
    RadioTransmitted,
)
from emulator.radio.propagation.distance import LogDistance
from emulator.radio.propagation.fading import Fading
from emulator.radio.propagation.path_loss import Place
from emulator.radio.propagation.propagated_links import Path, PropagatedLinks
from emulator.radio.propagation.shadowing import Shadowing
from emulator.radio.reception import Reception
from emulator.radio.simulated import SimulatedRadio

RADIOS = 6
PAN = 0x5A17
CHANNEL = Channel(0, 15)
KEY = bytes(range(16))
PAYLOAD = bytes(31)
"""With 9 octets of MAC header, 14 of security header, 4 of MIC and 2 of FCS: 60 octets."""

Make = Callable[[PropagatedLinks], Reception | None]
"""Makes the reception of a cell; None for the ideal one."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What a run of the cell came to.

    Args:
        frames: on the air, acknowledgements among them.
        verified: frames that arrived and whose MIC was right.
    """

    frames: int
    verified: int


class Talker:
    """A radio that sends to the next one as soon as it may, and verifies what it gets."""

    def __init__(self, number: int, radio: SimulatedRadio) -> None:
        self.verified = 0
        self._number = number
        self._radio = radio
        self._counter = 0
        radio.connect(self._hear)
        radio.command(RadioConfigure(RadioConfig(CHANNEL, PAN, number, Eui64(0xA0 + number))))

    def send(self) -> None:
        """The next frame."""
        self._counter += 1
        head = bytes((0x61, 0x88, self._counter & 0xFF)) + PAN.to_bytes(2, "little")
        head += ((self._number + 1) % RADIOS).to_bytes(2, "little")
        head += self._number.to_bytes(2, "little")
        security = self._nonce(self._number, self._counter) + b"\x00"
        sealed = seal(KEY, security[:13], head + security, PAYLOAD)
        self._radio.command(RadioTransmit(self._counter & 0xFF, head + security + sealed))

    def _hear(self, event: RadioEvent) -> None:
        if isinstance(event, RadioReceived):
            psdu = event.psdu
            assert open_sealed(KEY, psdu[9:22], psdu[:23], psdu[23:]) == PAYLOAD
            self.verified += 1
        elif isinstance(event, RadioTransmitted):
            self.send()

    @staticmethod
    def _nonce(number: int, counter: int) -> bytes:
        return number.to_bytes(8, "little") + counter.to_bytes(4, "little") + b"\x05"


def ideal(links: PropagatedLinks) -> Reception | None:
    """The ideal air."""
    assert links.places
    return None


def physical(links: PropagatedLinks) -> Reception:
    """Noise of the receivers, selectivity, capture; nothing else on the air."""
    return PhysicalReception(links, PhysicalSettings())


def noisy(links: PropagatedLinks) -> Reception:
    """The same with fading, two Wi-Fi networks, a switch-mode supply and wideband noise."""
    return PhysicalReception(
        links, PhysicalSettings(), _disturbance(links), Fading(1, 2.0, seconds(120))
    )


def _disturbance(links: PropagatedLinks) -> Disturbance:
    sources = (
        Source("Wi-Fi 1", 10.0, ofdm(2_412e6), OnOff(0.2), Place("one", 9, 9)),
        Source("Wi-Fi 6", 10.0, ofdm(2_437e6), OnOff(0.2), Place("six", -9, 4)),
        Source(
            "supply",
            -60.0,
            FlatSpectrum(2_400e6, 2_500e6),
            Pulses(milliseconds(10), 0.1),
            Place("supply", 2, 2),
        ),
        Source("noise", -60.0, FlatSpectrum(2_400e6, 2_500e6), place=Place("noise", 4, 1)),
    )
    return InterferenceField(sources, links.places, links.path, Streams(1))


def run(make: Make, virtual_seconds: float) -> Cell:
    """Let the cell talk for some virtual time."""
    scheduler, streams = Scheduler(), Streams(1)
    places = [
        Place(f"radio {number}", number % 3 * 3.0, number // 3 * 4.0) for number in range(RADIOS)
    ]
    links = PropagatedLinks(places, Path(LogDistance(3.0), Shadowing(1, 4.0, 0.8)))
    air = Air(scheduler, streams, links, make(links))
    talkers = []
    for number, place in enumerate(places):
        stream = streams.stream(place.name, "csma")
        talkers.append(Talker(number, SimulatedRadio(place.name, air, scheduler, stream)))
    for talker in talkers:
        talker.send()
    scheduler.run(Instant(round(virtual_seconds * 1e6)))
    return Cell(air.frames, sum(talker.verified for talker in talkers))
