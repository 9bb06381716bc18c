"""A survey of a site: the margin of every link and the worth of every channel.

The figures are those by which the physical air decides: the same path loss, shadowing, receivers
and sources. Fading is left out: it is what margins are for.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations, product
from math import isfinite
from typing import Final

from emulator.radio.interference.sources import InterferenceField
from emulator.radio.levels import sensitivity
from emulator.radio.phy.error_rates import packet_error_rate
from emulator.radio.phy.pages import PHYS, phy_of
from emulator.radio.port import Channel
from emulator.radio.propagation.path_loss import Place
from emulator.radio.propagation.propagated_links import Path
from emulator.radio.receiver import Receiver, decibels, milliwatts, receiver_of
from emulator.radio.settings import ReceiverSettings, ReceptionSettings

BANDS: Final[Mapping[str, tuple[int, ...]]] = {
    "2.4 GHz": (0,),
    "868 MHz": (28, 29, 30),
    "915 MHz": (31,),
}
"""The bands of a GB HAN and their channel pages."""
FRAME: Final = 60
"""Octets of a PSDU that shares of lost frames are about: a report or a short command."""
_MOST_SOURCES: Final = 8
"""Sources of which every combination of on and off is weighed; the strongest ones."""


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link between two devices at one band.

    Args:
        one: a device.
        other: another device.
        band: by name.
        rss: at which one hears the other, dBm; -infinity for no link.
        margin: above sensitivity, dB.
        lost: share of frames of `FRAME` octets that noise of the receiver loses.
    """

    one: str
    other: str
    band: str
    rss: float
    margin: float
    lost: float

    @property
    def label(self) -> str:
        """The margin as a drawing has it."""
        return f"{self.margin:.0f} dB" if isfinite(self.margin) else "no link"

    @property
    def words(self) -> str:
        """All that there is to say of it."""
        if not isfinite(self.rss):
            return "no link"
        return f"{self.rss:.0f} dBm, margin {self.margin:.0f} dB, {self.lost:.1%} of frames lost"


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """A channel with what disturbs it.

    Args:
        channel: page and number.
        lost: share of frames between the hub and devices that is lost, interference counted; the
            mean over links, both ways, that work without it.
        worst: the same of the worst of these links.
        worst_device: whose link that is; empty when there is none.
        interference: the strongest source at the hub, dBm in the channel; None when it is quiet.
    """

    channel: Channel
    lost: float
    worst: float
    worst_device: str
    interference: float | None


@dataclass(frozen=True, slots=True)
class RadioSurvey:
    """What is known of a site.

    Args:
        places: of the devices.
        path: what lies between them.
        field: what disturbs.
        receiver: of every device.
        reception: of every device.
        power: of every transmitter, dBm.
    """

    places: Mapping[str, Place]
    path: Path
    field: InterferenceField
    receiver: ReceiverSettings
    reception: ReceptionSettings
    power: float = 0.0

    def links(self, band: str) -> tuple[LinkRow, ...]:
        """Every pair of devices, in the order of the plan."""
        page = BANDS[band][0]
        receiver = receiver_of(self.receiver, self.reception, page)
        least = sensitivity(self.receiver, page)
        found: list[LinkRow] = []
        for one, other in combinations(self.places, 2):
            rss = self._rss(one, other, page)
            lost = _lost(receiver, rss, 0.0)
            found.append(LinkRow(one, other, band, rss, rss - least, lost))
        return tuple(found)

    def channels(self, hub: str, band: str) -> tuple[ChannelRow, ...]:
        """Every channel of a band as the hub and its devices find it, the best first."""
        rows = [
            self._channel(hub, channel) for page in BANDS[band] for channel in PHYS[page].channels
        ]
        return tuple(
            sorted(rows, key=lambda row: (row.lost, row.interference or -999.0, row.channel))
        )

    def _channel(self, hub: str, channel: Channel) -> ChannelRow:
        receiver = receiver_of(self.receiver, self.reception, channel.page)
        shares: list[tuple[float, str]] = []
        for device in self.places:
            rss = self._rss(device, hub, channel.page)
            if device == hub or _lost(receiver, rss, 0.0) > 0.5:
                continue
            both = (self._disturbed(receiver, rss, place, channel) for place in (hub, device))
            shares.append((max(both), device))
        worst, whose = max(shares, default=(0.0, ""))
        mean = sum(share for share, _ in shares) / len(shares) if shares else 0.0
        strongest = max((power for power, _ in self._sources(hub, channel)), default=0.0)
        heard = decibels(strongest) if strongest > 0 else None
        return ChannelRow(channel, mean, worst, whose, heard)

    def _disturbed(self, receiver: Receiver, rss: float, place: str, channel: Channel) -> float:
        """Share of frames lost at a place: every source is on for its share of the time."""
        sources = sorted(self._sources(place, channel), reverse=True)[:_MOST_SOURCES]
        total = 0.0
        for on in product((False, True), repeat=len(sources)):
            chance, power = 1.0, 0.0
            for is_on, (strength, share) in zip(on, sources, strict=True):
                chance *= share if is_on else 1 - share
                power += strength if is_on else 0.0
            if chance:
                total += chance * _lost(receiver, rss, power)
        return total

    def _sources(self, place: str, channel: Channel) -> list[tuple[float, float]]:
        """Powers in mW and shares of time of the sources that reach a place."""
        found = (
            (self.field.received(source.name, place, channel), source.activity.share)
            for source in self.field.sources
        )
        return [(power, share) for power, share in found if power > _AUDIBLE]

    def _rss(self, one: str, other: str, page: int) -> float:
        return self.power + self.path.gain(self.places[one], self.places[other], page)


_AUDIBLE: Final = 1e-13
"""mW in a channel (-130 dBm) below which a source is not counted."""


def reach(links: Iterable[LinkRow], hub: str, margin: float) -> dict[str, str | None]:
    """Through whom each device reaches the hub over links of that margin at least.

    Returns:
        device to next device: the hub itself when it is direct, None when there is no way. Fewest
        links count first, then the strongest.
    """
    usable = [row for row in links if isfinite(row.margin) and row.margin >= margin]
    names = dict.fromkeys(name for row in links for name in (row.one, row.other))
    through: dict[str, str | None] = {name: None for name in names if name != hub}
    reached = {hub}
    while True:
        steps: dict[str, tuple[float, str]] = {}
        for row in usable:
            for near, far in ((row.one, row.other), (row.other, row.one)):
                if near in reached and far not in reached:
                    steps[far] = max(steps.get(far, (row.margin, near)), (row.margin, near))
        if not steps:
            return through
        for far, (_, near) in steps.items():
            through[far] = near
        reached |= steps.keys()


def _lost(receiver: Receiver, rss: float, interference: float) -> float:
    if not isfinite(rss):
        return 1.0
    ratio = milliwatts(rss) / (milliwatts(receiver.noise) + interference)
    bits = 8 * (phy_of(receiver.phy.page).header_octets + FRAME)
    return packet_error_rate(receiver.rates, ratio, bits)
