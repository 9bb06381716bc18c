"""What a run may change in radios and in the air between them, with its source."""

from dataclasses import dataclass, field
from typing import Final, Literal

from emulator.kernel.settings import setting, within
from emulator.radio.access_settings import DutyCycleSettings, ListenBeforeTalkSettings


@dataclass(frozen=True, slots=True)
class CsmaSettings:
    """Unslotted CSMA/CA and retransmission (IEEE 802.15.4-2006 Table 86)."""

    min_backoff_exponent: int = setting(3, source="IEEE 802.15.4-2006 Table 86 macMinBE")
    max_backoff_exponent: int = setting(5, source="IEEE 802.15.4-2006 Table 86 macMaxBE")
    max_backoffs: int = setting(4, source="IEEE 802.15.4-2006 Table 86 macMaxCSMABackoffs")
    max_frame_retries: int = setting(3, source="IEEE 802.15.4-2006 Table 86 macMaxFrameRetries")

    def __post_init__(self) -> None:
        """Refuse what Table 86 does not allow."""
        within("csma.max_backoff_exponent", self.max_backoff_exponent, 3, 8)
        within("csma.min_backoff_exponent", self.min_backoff_exponent, 0, self.max_backoff_exponent)
        within("csma.max_backoffs", self.max_backoffs, 0, 5)
        within("csma.max_frame_retries", self.max_frame_retries, 0, 7)


Assessment = Literal["energy", "carrier", "either"]
"""Clear channel assessment, modes 1 to 3 (IEEE 802.15.4-2006 6.9.9)."""
Capture = Literal["none", "preamble", "any"]
"""Whether a receiver leaves a frame for a stronger one: never, in its preamble, at any time."""
_RF231: Final = "data sheet of AT86RF231"


@dataclass(frozen=True, slots=True)
class ReceiverSettings:
    """What a receiver makes of a signal's strength."""

    sensitivity: float = setting(
        -100.0,
        source="data sheet of ATmega2564RFR2; IEEE 802.15.4-2006 6.5.3.3 asks for -85 or better",
    )
    """dBm at which a frame is just understood: where link quality begins."""
    energy_span: int = setting(40, source="IEEE 802.15.4-2006 6.9.7: at least 40 dB")
    """dB over which the energy level runs from 0 to 255."""
    quality_span: int = setting(
        40, source="IEEE 802.15.4-2006 6.9.8 leaves the map to the maker", verified=False
    )
    """dB above sensitivity at which link quality is 255."""

    energy: Literal["standard", "chip"] = setting(
        "standard", source="IEEE 802.15.4-2006 6.9.7; chip: AT86RF231, 1 dB a step from -91 dBm"
    )
    """How an energy level follows from a strength."""
    quality: Literal["strength", "success"] = setting(
        "strength",
        source="6.9.8 leaves it open; success: ns-3, 255 times the chance of the frame",
    )
    """How link quality follows from a frame."""
    sub_ghz_sensitivity: float = setting(
        -99.0, source="Silicon Labs, GB 868 MHz at 100 kb/s", verified=False
    )
    """dBm on pages 28 to 31."""

    def __post_init__(self) -> None:
        """Refuse scales that have no length."""
        within("receiver.energy_span", self.energy_span, 1, 255)
        within("receiver.quality_span", self.quality_span, 1, 255)


@dataclass(frozen=True, slots=True)
class ReceptionSettings:
    """What a receiver makes of noise and of other signals; of the physical air only."""

    modulation_index: float = setting(
        0.7,
        source="35 kHz deviation at 100 kb/s (Silicon Labs); some texts say 0.5",
        verified=False,
    )
    """h on pages 28 to 31."""
    adjacent_rejection: float = setting(
        32.0, source=_RF231 + "; IEEE 802.15.4-2006 6.5.3.4 asks for 0 dB"
    )
    """dB by which a signal one channel away may be stronger, wanted 3 dB above sensitivity."""
    alternate_rejection: float = setting(
        48.0, source=_RF231 + "; IEEE 802.15.4-2006 6.5.3.4 asks for 30 dB"
    )
    """dB, two channels away."""
    far_rejection: float = setting(54.0, source=_RF231 + ", three channels away")
    """dB, three channels away or more."""
    sub_ghz_adjacent_rejection: float = setting(
        25.0, source="no document: usual of narrow-band receivers", verified=False
    )
    """dB, 200 kHz away."""
    sub_ghz_far_rejection: float = setting(
        40.0, source="no document: usual of narrow-band receivers", verified=False
    )
    """dB, 400 kHz away or more."""
    co_channel_rejection: float = setting(
        -3.0, source="data sheet of CC2420, as Cooja has it", verified=False
    )
    """dB by which a frame must be stronger (minus) than another on the channel, above the noise."""
    capture: Capture = setting("preamble", source="no document: as receivers do", verified=False)
    """When a receiver leaves a frame for a stronger one."""
    capture_margin: float = setting(3.0, source="no document: usual", verified=False)
    """dB by which the other must be stronger."""
    assessment: Assessment = setting("energy", source="IEEE 802.15.4-2006 6.9.9, mode 1")
    """What keeps a channel busy at 2.4 GHz."""
    assessment_threshold: float = setting(
        -75.0, source="6.9.9: at most 10 dB above the sensitivity of -85 dBm; OTNS"
    )
    """dBm from which on energy keeps a channel busy at 2.4 GHz."""
    sub_ghz_assessment_threshold: float = setting(-87.0, source="R22 Annex D: listen before talk")
    """dBm, pages 28 to 31."""

    def __post_init__(self) -> None:
        """Refuse what no receiver does."""
        within("reception.modulation_index", self.modulation_index, 0.3, 2.0)
        within("reception.capture_margin", self.capture_margin, -20, 60)


@dataclass(frozen=True, slots=True)
class RadioSettings:
    """The settings of one simulated radio."""

    csma: CsmaSettings = field(default_factory=CsmaSettings)
    receiver: ReceiverSettings = field(default_factory=ReceiverSettings)
    listen_before_talk: ListenBeforeTalkSettings = field(default_factory=ListenBeforeTalkSettings)
    duty_cycle: DutyCycleSettings = field(default_factory=DutyCycleSettings)


@dataclass(frozen=True, slots=True)
class AirSettings:
    """The air between the devices of a home.

    The ideal air asks who is in reach; the physical air asks a floor plan, or measured links, and
    weighs every frame against noise and what else is on the air.
    """

    model: Literal["ideal", "physical"] = setting(
        "ideal", source="no document: most scenarios are about protocols, not about range"
    )
    """What decides whether a frame is understood."""
    plan: str = setting("", source="no document: the floor plan a run is given")
    """File of a floor plan, for the physical air."""
    links: str = setting("", source="no document: the link losses a run is given")
    """File of measured link losses, for the physical air; they weigh more than the plan."""
    rss: int = setting(-60, source="no document: every device near the next", verified=False)
    """dBm at which they hear each other."""
    loss: float = setting(
        0.0, source="no document: what is lost beyond collisions is a scenario's", verified=False
    )
    """Probability that a frame is lost between them."""

    def __post_init__(self) -> None:
        """Refuse what is no probability."""
        within("air.loss", self.loss, 0, 1)
