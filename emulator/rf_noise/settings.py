"""What an RF noise test assumes of receivers, links and homes, with its source."""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields

from emulator.kernel.settings import setting, unverified, within


@dataclass(frozen=True, slots=True)
class HubSettings:
    """The receivers that noise disturbs, and the way from the port of the CHAS to them."""

    sensitivity_2400: float = setting(-100.0, source="data sheet of ATmega2564RFR2")
    """dBm at which one in a hundred frames of 20 octets is lost at 2.4 GHz."""
    sensitivity_868: float = setting(
        -99.0, source="Silicon Labs, GB 868 MHz at 100 kb/s", verified=False
    )
    """The same below 1 GHz."""
    wan_noise_figure: float = setting(7.0, source="usual of receivers; no document", verified=False)
    """dB by which a WAN receiver is noisier than a resistor at 290 K."""
    wan_423_bandwidth: float = setting(
        12_500.0, source="usual channel width at 423 MHz; no document", verified=False
    )
    """Hz over which the long-range radio of the North region takes noise."""
    wan_900_bandwidth: float = setting(200_000.0, source="3GPP TS 45.005 2: carrier spacing")
    """Hz over which a GSM receiver takes noise."""
    coupling: float = setting(
        0.0, source="a CHAS stands for the hub's antenna; no document says how well", verified=False
    )
    """dB from the port of the CHAS to the receiver of a hub."""
    line_threshold: float = setting(
        10.0, source="no document: a line is what stands this far out", verified=False
    )
    """dB above its surroundings from which a narrow peak counts as a line, not as noise."""

    def __post_init__(self) -> None:
        """Refuse what is no bandwidth."""
        within("hub.wan_423_bandwidth", self.wan_423_bandwidth, 1_000, 2e6)
        within("hub.wan_900_bandwidth", self.wan_900_bandwidth, 10_000, 20e6)
        within("hub.line_threshold", self.line_threshold, 3, 60)
        within("hub.wan_noise_figure", self.wan_noise_figure, 0, 40)


@dataclass(frozen=True, slots=True)
class LinkSettings:
    """The links of a home."""

    power_2400: float = setting(8.0, source="usual of 2.4 GHz meters; no document", verified=False)
    """dBm of a meter's transmitter at 2.4 GHz."""
    power_868: float = setting(14.0, source="GB sub-GHz pages: -43 to +14 dBm")
    """dBm of a meter's transmitter below 1 GHz."""
    exponent: float = setting(
        28.0, source="ITU-R P.1238 Table 2, residential, 1.8 to 2.4 GHz; also taken at 868 MHz"
    )
    """N of P.1238 equation 2: dB for ten times the distance."""
    shadowing: float = setting(8.0, source="ITU-R P.1238 Table 4, residential, 1.8 to 2 GHz")
    """Standard deviation of the loss, dB."""
    wall_2400: float = setting(12.0, source="published measurements of brick walls, 2.4 GHz")
    """dB of an outer wall at 2.4 GHz."""
    wall_868: float = setting(
        8.0, source="2 to 6 dB less than at 2.4 GHz; from general knowledge", verified=False
    )
    """The same below 1 GHz."""
    octets: int = setting(100, source="no document: a usual frame of the HAN", verified=False)
    """PSDU of the frame that is counted."""
    lost: float = setting(0.1, source="no document: retries hide what is less", verified=False)
    """Share of lost frames from which a link counts as lost."""

    def __post_init__(self) -> None:
        """Refuse what is no frame and no share."""
        within("link.octets", self.octets, 5, 127)
        within("link.lost", self.lost, 0.001, 0.999)
        within("link.exponent", self.exponent, 10, 80)
        within("link.shadowing", self.shadowing, 0, 30)


@dataclass(frozen=True, slots=True)
class PopulationSettings:
    """The homes that are drawn."""

    homes: int = setting(1_000, source="no document: intervals of 3 % and less", verified=False)
    """How many."""
    north: float = setting(
        0.35, source="share of premises of the North region, from general knowledge", verified=False
    )
    """Share of homes whose WAN is the long-range radio at 423 MHz; cellular for the others."""
    wan_margin: float = setting(15.0, source="no document", verified=False)
    """Median of the margin by which the WAN is received, dB."""
    wan_spread: float = setting(10.0, source="no document", verified=False)
    """Standard deviation of that margin, dB."""

    def __post_init__(self) -> None:
        """Refuse what is no population."""
        within("population.homes", self.homes, 10, 1_000_000)
        within("population.north", self.north, 0, 1)
        within("population.wan_spread", self.wan_spread, 0, 60)


@dataclass(frozen=True, slots=True)
class RfNoiseSettings:
    """Every setting of an RF noise test, a room for each subject."""

    hub: HubSettings = field(default_factory=HubSettings)
    link: LinkSettings = field(default_factory=LinkSettings)
    population: PopulationSettings = field(default_factory=PopulationSettings)

    def unverified(self) -> Iterator[str]:
        """The settings that no source proves, as `room.setting`."""
        for room in fields(self):
            for name in unverified(getattr(self, room.name)):
                yield f"{room.name}.{name}"


def rooms() -> dict[str, type]:
    """The settings dataclass of each room."""
    return {room.name: room.type for room in fields(RfNoiseSettings) if isinstance(room.type, type)}
