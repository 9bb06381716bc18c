"""What a run may change in radios and in the air between them, with its source."""

from dataclasses import dataclass, field

from emulator.kernel.errors import UsageError
from emulator.kernel.settings import setting
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
        _within("csma.max_backoff_exponent", self.max_backoff_exponent, 3, 8)
        _within(
            "csma.min_backoff_exponent", self.min_backoff_exponent, 0, self.max_backoff_exponent
        )
        _within("csma.max_backoffs", self.max_backoffs, 0, 5)
        _within("csma.max_frame_retries", self.max_frame_retries, 0, 7)


@dataclass(frozen=True, slots=True)
class ReceiverSettings:
    """What a receiver makes of a signal's strength."""

    sensitivity: int = setting(
        -100,
        source="data sheet of ATmega2564RFR2; IEEE 802.15.4-2006 6.5.3.3 asks for -85 or better",
    )
    """dBm at which a frame is just understood: where link quality begins."""
    energy_span: int = setting(40, source="IEEE 802.15.4-2006 6.9.7: at least 40 dB")
    """dB over which the energy level runs from 0 to 255."""
    quality_span: int = setting(
        40, source="IEEE 802.15.4-2006 6.9.8 leaves the map to the maker", verified=False
    )
    """dB above sensitivity at which link quality is 255."""

    def __post_init__(self) -> None:
        """Refuse scales that have no length."""
        _within("receiver.energy_span", self.energy_span, 1, 255)
        _within("receiver.quality_span", self.quality_span, 1, 255)


@dataclass(frozen=True, slots=True)
class RadioSettings:
    """The settings of one simulated radio."""

    csma: CsmaSettings = field(default_factory=CsmaSettings)
    receiver: ReceiverSettings = field(default_factory=ReceiverSettings)
    listen_before_talk: ListenBeforeTalkSettings = field(default_factory=ListenBeforeTalkSettings)
    duty_cycle: DutyCycleSettings = field(default_factory=DutyCycleSettings)


@dataclass(frozen=True, slots=True)
class AirSettings:
    """The air between two devices of one home, of which nothing else is said."""

    rss: int = setting(-60, source="no document: every device near the next", verified=False)
    """dBm at which they hear each other."""
    loss: float = setting(
        0.0, source="no document: what is lost beyond collisions is a scenario's", verified=False
    )
    """Probability that a frame is lost between them."""

    def __post_init__(self) -> None:
        """Refuse what is no probability."""
        _within("air.loss", self.loss, 0, 1)


def _within(name: str, value: float, low: float, high: float) -> None:
    if not low <= value <= high:
        raise UsageError(f"{name} is {value}: expected {low} to {high}")
