"""A population of homes with the device under test in each: who loses a meter, who the WAN.

The hub sits on the electricity meter that makes the noise, or on a hot shoe that does; the noise is
at the hub, so what the hub sends is heard as before, and what meters send to it is not. Where the
hub sits on the meter, that meter's own link is half a metre long. Homes, distances, walls,
shadowing, channels and margins are the same before and after: what differs is the noise.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from emulator.kernel.streams import Streams
from emulator.radio.propagation.p1238 import row_for
from emulator.rf_noise.desense.channels import ChannelDesense
from emulator.rf_noise.desense.gate import Gate
from emulator.rf_noise.desense.losses import noise_rise
from emulator.rf_noise.device_under_test import Dut
from emulator.rf_noise.homes.draws import normal, uniform
from emulator.rf_noise.homes.dwellings import DWELLINGS, homes_of_each
from emulator.rf_noise.homes.intervals import Share
from emulator.rf_noise.homes.path_loss import path_loss
from emulator.rf_noise.homes.reach import frame_errors
from emulator.rf_noise.settings import RfNoiseSettings
from emulator.rf_noise.traces.trace import Series

Flags: TypeAlias = NDArray[np.bool_]
HAN_BANDS: Final = ("2.4 GHz", "868 MHz")
WAN_BANDS: Final = ("423 MHz", "900 MHz")
_CARRIED: Final = 0.5
"""Metres between the radio of a meter and the hub that sits on it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the noise costs a population.

    Args:
        what: the link.
        band: on which band, or with which hub.
        before: homes that are without it without the noise.
        after: homes that are without it with the noise.
        newly: homes that lose it by the noise.
        by_dwelling: kind of dwelling, and the homes of it that lose it by the noise.
    """

    what: str
    band: str
    before: Share
    after: Share
    newly: Share
    by_dwelling: tuple[tuple[str, Share], ...]


@dataclass(frozen=True, slots=True)
class Population:
    """What was drawn.

    Args:
        homes: how many.
        seed: of the draws.
        outcomes: of each link and band that was measured.
    """

    homes: int
    seed: int
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Homes:
    """What was drawn of every home, in order of its kind of dwelling."""

    streams: Streams
    kinds: NDArray[np.intp]
    gas: Series
    electricity: Series
    walls: Series
    floors: Series
    gas_shadow: Series
    electricity_shadow: Series
    channel: Series

    @property
    def everybody(self) -> Flags:
        """True for every home."""
        return np.ones(len(self.kinds), dtype=np.bool_)

    def floor_loss(self, frequency: float) -> Series:
        """Loss of the floors, dB, at a frequency in Hz (ITU-R P.1238, floor penetration)."""
        each_floor = np.array([row_for(each.site, frequency).floors[0] for each in DWELLINGS])
        loss: Series = self.floors * each_floor[self.kinds]
        return loss


@dataclass(frozen=True, slots=True, eq=False)
class _Link:
    """A link in every home: who is without it, and which homes it is counted in."""

    what: str
    band: str
    before: Flags
    after: Flags
    here: Flags


def population(
    found: Sequence[ChannelDesense],
    dut: Dut,
    gate: Gate,
    settings: RfNoiseSettings,
    seed: int,
) -> Population:
    """The population with and without the noise.

    Args:
        found: what the noise costs each receiver.
        dut: what makes the noise, which says where the hub sits.
        gate: when the noise is on.
        settings: of links and homes.
        seed: equal seeds draw equal homes.
    """
    homes = _drawn(dut, settings, seed)
    links: list[_Link] = []
    for band in HAN_BANDS:
        there = [each for each in found if each.receiver.band == band]
        if there:
            links += _meters(homes, there, gate, settings)
    for band in WAN_BANDS:
        there = [each for each in found if each.receiver.band == band]
        if there:
            links.append(_wan(homes, there, settings))
    outcomes = [_outcome(homes, link) for link in (*links, *_any(homes, links))]
    return Population(settings.population.homes, seed, tuple(outcomes))


def _drawn(dut: Dut, settings: RfNoiseSettings, seed: int) -> _Homes:
    count, streams = settings.population.homes, Streams(seed)
    kinds = np.repeat(np.arange(len(DWELLINGS)), homes_of_each(count))

    def between(purpose: str, ranges: Sequence[tuple[float, float]]) -> Series:
        low, high = (np.array([each[side] for each in ranges])[kinds] for side in (0, 1))
        drawn: Series = low + (high - low) * uniform(streams, purpose, count)
        return drawn

    def chance(purpose: str, shares: Sequence[float]) -> Series:
        drawn: Series = (uniform(streams, purpose, count) < np.array(shares)[kinds]).astype(float)
        return drawn

    spread = settings.link.shadowing
    elsewhere = between("electricity", [each.electricity_distance for each in DWELLINGS])
    carried = dut is Dut.ESME
    return _Homes(
        streams=streams,
        kinds=kinds,
        gas=between("gas", [each.gas_distance for each in DWELLINGS]),
        electricity=np.full(count, _CARRIED) if carried else elsewhere,
        walls=chance("walls", [each.outer_walls for each in DWELLINGS]),
        floors=chance("floors", [each.floors for each in DWELLINGS]),
        gas_shadow=spread * normal(streams, "gas shadowing", count),
        electricity_shadow=np.zeros(count)
        if carried
        else spread * normal(streams, "electricity shadowing", count),
        channel=uniform(streams, "channel", count),
    )


def _meters(
    homes: _Homes, there: Sequence[ChannelDesense], gate: Gate, settings: RfNoiseSettings
) -> list[_Link]:
    """Both meters on one band; every home is on one of the channels that were measured."""
    link = settings.link
    at = np.minimum((homes.channel * len(there)).astype(int), len(there) - 1)
    centre = float(np.mean([each.receiver.centre for each in there]))
    rise = np.array([_rise(each) for each in there])[at]
    first = there[0].receiver
    phy = first.phy
    if phy is None:
        return []
    power, wall = (
        (link.power_2400, link.wall_2400) if phy.page == 0 else (link.power_868, link.wall_868)
    )
    gas = path_loss(homes.gas, centre, link.exponent) + homes.walls * wall
    gas = gas + homes.floor_loss(centre) + homes.gas_shadow
    electricity = path_loss(homes.electricity, centre, link.exponent) + homes.electricity_shadow
    made = []
    for what, loss in (("GSME", gas), ("ESME", electricity)):
        snr = power - loss - first.noise_floor
        quiet = frame_errors(snr, np.zeros_like(snr), phy, Gate(), link.octets)
        noisy = frame_errors(snr, rise, phy, gate, link.octets)
        made.append(_Link(what, first.band, quiet > link.lost, noisy > link.lost, homes.everybody))
    return made


def _wan(homes: _Homes, there: Sequence[ChannelDesense], settings: RfNoiseSettings) -> _Link:
    """The WAN of the homes of one region: its margin, less what the noise takes."""
    people = settings.population
    count = len(homes.kinds)
    north = uniform(homes.streams, "region", count) < people.north
    margin = people.wan_margin + people.wan_spread * normal(homes.streams, "WAN margin", count)
    at = np.minimum((homes.channel * len(there)).astype(int), len(there) - 1)
    loss = np.array([each.loss for each in there])[at]
    band = there[0].receiver.band
    here = north if band == "423 MHz" else ~north
    return _Link("WAN", band, margin < 0, margin < loss, here)


def _any(homes: _Homes, links: Sequence[_Link]) -> list[_Link]:
    """Homes that are without a meter or the WAN, with a hub of one band and with one of two."""
    wan = [link for link in links if link.what == "WAN"]
    made = []
    for hub, bands in (("single-band hub", HAN_BANDS[:1]), ("dual-band hub", HAN_BANDS)):
        meters = [
            [link for link in links if link.what == what and link.band in bands]
            for what in ("GSME", "ESME")
        ]
        if any(len(each) != len(bands) for each in meters):
            continue
        flags = []
        for side in ("before", "after"):
            lost = [np.all([getattr(each, side) for each in group], axis=0) for group in meters]
            lost += [getattr(link, side) & link.here for link in wan]
            flags.append(np.any(lost, axis=0))
        made.append(_Link("any of them", hub, flags[0], flags[1], homes.everybody))
    return made


def _outcome(homes: _Homes, link: _Link) -> Outcome:
    newly = link.after & ~link.before & link.here
    by_dwelling = []
    for kind, dwelling in enumerate(DWELLINGS):
        alike = homes.kinds == kind
        by_dwelling.append((dwelling.name, _share(newly & alike, link.here & alike)))
    return Outcome(
        link.what,
        link.band,
        _share(link.before & link.here, link.here),
        _share(link.after & link.here, link.here),
        _share(newly, link.here),
        tuple(by_dwelling),
    )


def _share(those: Flags, total: Flags) -> Share:
    return Share(int(np.sum(those)), int(np.sum(total)))


def _rise(channel: ChannelDesense) -> float:
    power = np.array([10 ** (channel.on_power / 10)])
    return float(noise_rise(power, channel.receiver.noise_floor)[0])
