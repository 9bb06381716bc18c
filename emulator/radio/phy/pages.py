"""What each channel page of a GB HAN is: page 0 at 2.4 GHz, pages 28 to 31 below 1 GHz.

Page 0: IEEE 802.15.4-2006 6.1.2, 6.3, 6.5, Tables 22 and 86. Pages 28 to 31: Zigbee R22 Annex D as
the radio configurations of Silicon Labs give it: 2-GFSK, 100 kb/s, deviation 35 kHz, BT 0.5.
"""

from dataclasses import dataclass
from typing import Final

from emulator.kernel.errors import LocalError
from emulator.kernel.units import Duration
from emulator.radio.phy.error_rates import ErrorRates
from emulator.radio.phy.gfsk import GfskErrorRates
from emulator.radio.phy.oqpsk import OqpskErrorRates
from emulator.radio.port import Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class Phy:
    """One channel page.

    Args:
        page: its number.
        band: what a person calls the band; pages of one band disturb each other.
        numbers: the channels it has.
        first_frequency: centre of channel `first_number`, Hz.
        first_number: see `first_frequency`.
        spacing: between neighbouring channels, Hz.
        bandwidth: of the receiver: noise is taken over it, Hz.
        bit_rate: bits a second.
        octet: how long eight bits take.
        header_octets: preamble, start of frame delimiter and PHY header.
        preamble: how long a receiver may look for the start of a frame.
        max_psdu: the longest PSDU, FCS included, octets.
        crc_octets: of the FCS.
        cca_time: how long a channel is listened to before it counts as clear.
        cca_threshold: power at which it counts as busy, dBm.
        turnaround: between receiving and transmitting, at most.
        ack_wait: from the end of a frame to the end of its acknowledgement, at most.
        error_rates: of the modulation.
    """

    page: int
    band: str
    numbers: tuple[int, ...]
    first_frequency: int
    first_number: int
    spacing: int
    bandwidth: int
    bit_rate: int
    octet: Duration
    header_octets: int
    preamble: Duration
    max_psdu: int
    crc_octets: int
    cca_time: Duration
    cca_threshold: float
    turnaround: Duration
    ack_wait: Duration
    error_rates: ErrorRates

    def airtime(self, octets: int) -> Duration:
        """How long a PSDU of `octets` octets, FCS included, is on the air."""
        return (self.header_octets + octets) * self.octet  # type: ignore[return-value]  # spares a call

    def frequency(self, number: int) -> int:
        """Centre of a channel, Hz.

        Raises:
            LocalError: when the page has no such channel.
        """
        if number not in self.numbers:
            raise LocalError(f"page {self.page} has no channel {number}")
        return self.first_frequency + (number - self.first_number) * self.spacing

    @property
    def channels(self) -> tuple[Channel, ...]:
        """The channels, lowest number first."""
        return tuple(Channel(self.page, number) for number in self.numbers)


SYMBOL: Final = Duration(16)
"""Of O-QPSK at 2.4 GHz (6.5.3.2: 62.5 ksymbol/s)."""
LISTEN_BEFORE_TALK: Final = Duration(5_000)
"""How long a sub-GHz channel must be free (R22 Annex D)."""


def _oqpsk() -> Phy:
    return Phy(
        page=0,
        band="2.4 GHz",
        numbers=tuple(range(11, 27)),
        first_frequency=2_405_000_000,
        first_number=11,
        spacing=5_000_000,
        bandwidth=2_000_000,
        bit_rate=250_000,
        octet=Duration(2 * SYMBOL),
        # Preamble 4, start of frame delimiter 1, length 1 (6.3).
        header_octets=6,
        preamble=Duration(8 * SYMBOL),
        # aMaxPHYPacketSize (Table 22).
        max_psdu=127,
        crc_octets=2,
        # 8 symbols (6.9.9).
        cca_time=Duration(8 * SYMBOL),
        # At most 10 dB above the sensitivity of -85 dBm that 6.5.3.3 asks for (6.9.9).
        cca_threshold=-75.0,
        # aTurnaroundTime (Table 22).
        turnaround=Duration(12 * SYMBOL),
        # macAckWaitDuration (Table 86).
        ack_wait=Duration(54 * SYMBOL),
        error_rates=OqpskErrorRates(),
    )


def _gfsk(page: int, numbers: tuple[int, ...], first_frequency: int, band: str) -> Phy:
    return Phy(
        page=page,
        band=band,
        numbers=numbers,
        first_frequency=first_frequency,
        first_number=0,
        spacing=200_000,
        bandwidth=200_000,
        bit_rate=100_000,
        octet=Duration(80),
        # Preamble 8, start of frame delimiter 2, PHY header 2.
        header_octets=12,
        preamble=Duration(640),
        max_psdu=127,
        crc_octets=2,
        cca_time=LISTEN_BEFORE_TALK,
        cca_threshold=-87.0,
        turnaround=Duration(450),
        # The acknowledgement begins within 1 ms, and 5 octets of it take 1.36 ms.
        ack_wait=Duration(2_360),
        error_rates=GfskErrorRates(),
    )


_863: Final = 863_250_000
_915: Final = 915_350_000

PHYS: Final = {
    phy.page: phy
    for phy in (
        _oqpsk(),
        _gfsk(28, tuple(range(27)), _863, "868 MHz"),
        _gfsk(29, (*range(27, 35), 62), _863, "868 MHz"),
        _gfsk(30, tuple(range(35, 62)), _863, "868 MHz"),
        _gfsk(31, tuple(range(27)), _915, "915 MHz"),
    )
}
"""The PHY of each channel page, by its number."""

CHANNELS: Final = PHYS[0].channels
"""The sixteen channels at 2.4 GHz."""


def phy_of(page: int) -> Phy:
    """The PHY of a channel page.

    Raises:
        LocalError: when a GB HAN has no such page.
    """
    phy = PHYS.get(page)
    if phy is None:
        raise LocalError(f"channel page {page}: expected one of {', '.join(map(str, PHYS))}")
    return phy


def frequency(channel: Channel) -> int:
    """Centre of a channel, Hz.

    Raises:
        LocalError: when there is no such channel.
    """
    return phy_of(channel.page).frequency(channel.number)


def airtime(octets: int, page: int = 0) -> Duration:
    """How long a PSDU of `octets` octets, FCS included, is on the air of a page."""
    return phy_of(page).airtime(octets)
