"""How each dwelling of a building is reached: direct, across a bridge, or not at all."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from emulator.building.building import Building, Dwelling, PlannedBridge, System
from emulator.kernel.streams import Streams
from emulator.lab.planning.radio_survey import LinkRow, RadioSurvey, reach
from emulator.lab.world.site_air import radio_path
from emulator.radio.interference.sources import InterferenceField
from emulator.radio.propagation.path_loss import Place
from emulator.radio.propagation.settings import PropagationSettings
from emulator.radio.settings import ReceiverSettings, ReceptionSettings

_BAND = "2.4 GHz"
_CARRIED = 999.0
"""Margin of what goes over the line of a bridge, dB: not the radio's matter."""


class Verdict(Enum):
    """How the HAN of a dwelling comes to all of its devices."""

    DIRECT = "direct"
    POINT_TO_POINT = "point-to-point"
    SHARED = "shared"
    OPTED_OUT = "opted-out"
    UNREACHABLE = "unreachable"


_OF_SYSTEM = {
    System.POINT_TO_POINT: Verdict.POINT_TO_POINT,
    System.SHARED: Verdict.SHARED,
    System.OPTED_OUT: Verdict.OPTED_OUT,
}


@dataclass(frozen=True, slots=True)
class Way:
    """How one device is reached.

    Args:
        device: its name.
        through: the next on its way to the hub; None when there is no way.
        margin: of that link, dB; of its best link to anybody when there is no way.
    """

    device: str
    through: str | None
    margin: float


@dataclass(frozen=True, slots=True)
class Reached:
    """How a dwelling is reached.

    Args:
        dwelling: which.
        verdict: direct where no bridge is needed, whatever the file has.
        bridge: that serves it, where one is needed.
        ways: of each device but the hub.
        without: how many devices would be reached without a bridge.
    """

    dwelling: Dwelling
    verdict: Verdict
    bridge: PlannedBridge | None
    ways: tuple[Way, ...]
    without: int

    @property
    def margin(self) -> float:
        """The least margin of a device's link, dB."""
        return min((way.margin for way in self.ways), default=0.0)

    @property
    def lost(self) -> tuple[str, ...]:
        """Devices that nobody reaches."""
        return tuple(way.device for way in self.ways if way.through is None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachSettings:
    """What a building is looked at with.

    Args:
        margin: that a link needs, dB.
        seed: of the shadowing.
    """

    margin: float = 10.0
    seed: int = 1
    propagation: PropagationSettings
    receiver: ReceiverSettings
    reception: ReceptionSettings


def usual_settings(margin: float = 10.0, seed: int = 1) -> ReachSettings:
    """With all that a run without settings of its own has."""
    return ReachSettings(
        margin=margin,
        seed=seed,
        propagation=PropagationSettings(),
        receiver=ReceiverSettings(),
        reception=ReceptionSettings(),
    )


def reach_of(building: Building, settings: ReachSettings) -> tuple[Reached, ...]:
    """How each dwelling is reached, in the order of the file."""
    return tuple(_reached(building, dwelling, settings) for dwelling in building.dwellings)


def _reached(building: Building, dwelling: Dwelling, settings: ReachSettings) -> Reached:
    hub = dwelling.device("CHF")
    places = {dwelling.device(kind): each.place for kind, each in dwelling.devices.items()}
    links = _links(building, places, settings)
    ways = _ways(links, hub, settings.margin)
    without = sum(way.through is not None for way in ways)
    bridge = building.bridge_of(dwelling.name)
    if without == len(ways):
        return Reached(dwelling, Verdict.DIRECT, None, ways, without)
    if bridge is None:
        return Reached(dwelling, Verdict.UNREACHABLE, None, ways, without)
    ends = building.ends_of(dwelling, bridge)
    names = {end.name for end in ends}
    links = _links(building, places | {end.name: end for end in ends}, settings)
    carried = [row for row in links if {row.one, row.other} != names]
    carried.append(LinkRow(ends[0].name, ends[1].name, _BAND, 0.0, _CARRIED, 0.0))
    ways = tuple(way for way in _ways(carried, hub, settings.margin) if way.device not in names)
    reached = all(way.through is not None for way in ways)
    verdict = _OF_SYSTEM[bridge.system] if reached else Verdict.UNREACHABLE
    return Reached(dwelling, verdict, bridge, ways, without)


def _links(
    building: Building, places: Mapping[str, Place], settings: ReachSettings
) -> tuple[LinkRow, ...]:
    path = radio_path(settings.propagation, building.plan, None, settings.seed)
    field = InterferenceField(building.sources, dict(places), path, Streams(settings.seed))
    survey = RadioSurvey(places, path, field, settings.receiver, settings.reception)
    return survey.links(_BAND)


def _ways(links: Iterable[LinkRow], hub: str, margin: float) -> tuple[Way, ...]:
    rows = tuple(links)
    margins = {frozenset((row.one, row.other)): row.margin for row in rows}
    found: list[Way] = []
    for device, through in reach(rows, hub, margin).items():
        if through is None:
            best = max(each for pair, each in margins.items() if device in pair)
            found.append(Way(device, None, best))
        else:
            found.append(Way(device, through, margins[frozenset((device, through))]))
    return tuple(found)
