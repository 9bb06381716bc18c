"""Sources of interference, and the field that all of them make."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from emulator.kernel.errors import LocalError
from emulator.kernel.streams import Streams
from emulator.kernel.units import Instant
from emulator.radio.disturbance import Piece
from emulator.radio.interference.activity import EPOCH, Activity, Steady
from emulator.radio.interference.spectra import Spectrum
from emulator.radio.phy.pages import frequency, phy_of
from emulator.radio.port import Channel
from emulator.radio.propagation.path_loss import Place
from emulator.radio.propagation.propagated_links import Path
from emulator.radio.receiver import milliwatts

_HEARD: Final = 1e-14
"""mW in a channel (-140 dBm) below which a source changes nothing."""
_KEPT_EPOCHS: Final = 4


@dataclass(frozen=True, slots=True)
class Source:
    """Something that disturbs.

    Args:
        name: by which a scenario knows it, and draws are keyed.
        power: while it is on, over its whole spectrum, dBm: radiated where it stands at a place,
            received where it names its receivers.
        spectrum: where in frequency.
        activity: when it is on.
        place: where it stands; None when it was measured at its receivers.
        receivers: the only places that it reaches; all of them when empty.
    """

    name: str
    power: float
    spectrum: Spectrum
    activity: Activity = Steady()  # noqa: RUF009 - it is frozen
    place: Place | None = None
    receivers: tuple[str, ...] = ()

    def radiated_between(self, low: float, high: float) -> float:
        """Power between two frequencies in Hz, mW."""
        return milliwatts(self.power) * self.spectrum.share(low, high)


def channel_edges(channel: Channel) -> tuple[float, float]:
    """The lower and upper end of what a receiver on the channel takes in, Hz."""
    centre, width = frequency(channel), phy_of(channel.page).bandwidth
    return centre - width / 2, centre + width / 2


class InterferenceField:
    """The sum of sources, as a `Disturbance`.

    Args:
        sources: no two of one name.
        places: of the receivers.
        path: how sources reach them.
        streams: of the run.
    """

    def __init__(
        self,
        sources: Iterable[Source],
        places: Mapping[str, Place],
        path: Path,
        streams: Streams,
    ) -> None:
        self._sources = {source.name: source for source in sources}
        self._places = places
        self._path = path
        self._streams = streams
        self._forget()

    def _forget(self) -> None:
        self._names = tuple(self._sources)
        self._heard: dict[tuple[str, int], _Powers] = {}
        self._timelines: dict[tuple[int, int], _Timeline] = {}

    @property
    def sources(self) -> tuple[Source, ...]:
        """The sources as they are now."""
        return tuple(self._sources.values())

    def set(self, source: Source) -> None:
        """From now on there is this source, instead of one of its name if there was one."""
        self._sources[source.name] = source
        self._forget()

    def set_power(self, name: str, power: float) -> None:
        """From now on a source has another power, dBm.

        Raises:
            LocalError: when there is no source of that name.
        """
        if name not in self._sources:
            there = ", ".join(self._sources) or "none"
            raise LocalError(f"no source of interference {name!r}: there is {there}")
        self.set(replace(self._sources[name], power=power))

    def remove(self, name: str) -> None:
        """From now on there is no source of that name."""
        self._sources.pop(name, None)
        self._forget()

    def received(self, name: str, place: str, channel: Channel) -> float:
        """Power of one source at a place in a channel while it is on, mW."""
        source = self._sources[name]
        if source.receivers and place not in source.receivers:
            return 0.0
        low, high = channel_edges(channel)
        power = source.radiated_between(low, high)
        if source.place is None or power <= 0:
            return power
        there = self._places.get(place)
        if there is None:
            return 0.0
        band = phy_of(channel.page).band
        gain = self._path.gain_at(source.place, there, (low + high) / 2, band)
        return power * milliwatts(gain)

    def pieces(
        self, place: str, channel: Channel, span: tuple[Instant, Instant]
    ) -> Sequence[Piece]:
        """As `emulator.radio.disturbance.Disturbance.pieces`."""
        start, end = span
        powers = self._at(place, channel)
        if not powers.matter:
            return ((end, 0.0),)
        epoch = start // EPOCH
        found: list[Piece] = []
        while True:
            timeline = self._timeline(powers.matter, epoch)
            ends, masks = timeline.ends, timeline.masks
            at = bisect_right(ends, start)
            while at < len(ends):
                until = ends[at]
                found.append((Instant(until), powers.of(masks[at])))
                if until >= end:
                    return found
                at += 1
            epoch += 1
            start = Instant(epoch * EPOCH)

    def most(self, place: str, channel: Channel) -> float:
        """As `emulator.radio.disturbance.Disturbance.most`: every source at once."""
        return self._at(place, channel).most

    def _at(self, place: str, channel: Channel) -> "_Powers":
        # A number is found faster than a channel.
        key = place, channel.page << 8 | channel.number
        powers = self._heard.get(key)
        if powers is None:
            powers = self._heard[key] = self._powers(place, channel)
        return powers

    def _powers(self, place: str, channel: Channel) -> "_Powers":
        each = tuple(self.received(name, place, channel) for name in self._names)
        matter = sum(1 << index for index, power in enumerate(each) if power > _HEARD)
        return _Powers(each, matter)

    def _timeline(self, matter: int, epoch: int) -> "_Timeline":
        key = matter, epoch
        timeline = self._timelines.get(key)
        if timeline is None:
            if len(self._timelines) > _KEPT_EPOCHS * 16:
                oldest = epoch - _KEPT_EPOCHS
                self._timelines = {
                    known: each for known, each in self._timelines.items() if known[1] > oldest
                }
            timeline = self._timelines[key] = self._made(matter, epoch)
        return timeline

    def _made(self, matter: int, epoch: int) -> "_Timeline":
        changes: dict[int, int] = {}
        for index, source in enumerate(self._sources.values()):
            bit = 1 << index
            if not matter & bit:
                continue
            for on, off in source.activity.bursts(self._streams, source.name, epoch):
                changes[on] = changes.get(on, 0) ^ bit
                changes[off] = changes.get(off, 0) ^ bit
        begin, end = epoch * EPOCH, (epoch + 1) * EPOCH
        mask = changes.pop(begin, 0)
        changes.pop(end, 0)
        ends: list[int] = []
        masks: list[int] = []
        for at in sorted(changes):
            ends.append(at)
            masks.append(mask)
            mask ^= changes[at]
        return _Timeline([*ends, end], [*masks, mask])


class _Powers:
    """Powers at one place in one channel, by which sources are on."""

    __slots__ = ("_each", "_sums", "matter", "most")

    def __init__(self, each: tuple[float, ...], matter: int) -> None:
        self.matter = matter
        self.most = sum(power for index, power in enumerate(each) if matter >> index & 1)
        self._each = each
        self._sums: dict[int, float] = {}

    def of(self, mask: int) -> float:
        """The sum for a set of sources, as bits."""
        known = self._sums.get(mask)
        if known is None:
            on = (power for index, power in enumerate(self._each) if mask >> index & 1)
            known = self._sums[mask] = sum(on)
        return known


@dataclass(frozen=True, slots=True)
class _Timeline:
    """Which sources are on in an epoch: ends of pieces, and a set of sources as bits for each."""

    ends: list[int]
    masks: list[int]
