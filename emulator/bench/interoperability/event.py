"""What an interoperability event is: sets of devices, activities, and who meets whom (H14.49)."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import permutations, product
from typing import Final

from emulator.bench.interoperability.hub_variants import HubVariant
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.lab.kept.result import Verdict
from emulator.lab.shipments.shipment import Shipment, ShipmentDevice

NO_CERTIFICATION: Final = (
    "No certification or accreditation is provided by attending this event (SEC App. J 15.4)."
)


class Activity(Enum):
    """What is tested between devices (SEC H14.49)."""

    CONNECTIVITY = "connectivity"
    """A device of one set joins the hub of another, and agrees its key."""
    INTEROPERABILITY = "interoperability"
    """Two devices that have to work together do, each of another set."""
    INTERCHANGEABILITY = "interchangeability"
    """A device is exchanged for one of its kind of another set, and the home works as before."""
    FUNCTIONALITY = "functionality"
    """A device carries out what its use cases ask of it."""
    HUB_VARIANTS = "hub-variants"
    """A set is installed with every hub there is, HAN variant by WAN variant (SEC H14.9(b))."""


PAIRS: Final = (
    ("ESME", "PPMID"),
    ("ESME", "HCALCS"),
    ("ESME", "IHD"),
    ("ESME", "CAD"),
    ("GSME", "PPMID"),
    ("GPF", "PPMID"),
    ("GPF", "GSME"),
)
"""Roles that work together: whose log it is first, who is added to it second (SEC App. AC 4.9)."""
_EXCHANGED: Final = ("ESME", "GSME", "PPMID", "HCALCS", "IHD", "CAD")
_TESTED: Final = frozenset(each.value for each in DeviceKind)


@dataclass(frozen=True, slots=True)
class DeviceSet:
    """What one participant brings.

    Args:
        name: in reports.
        shipment: a hub and devices.
    """

    name: str
    shipment: Shipment

    def device(self, kind: str) -> ShipmentDevice | None:
        """The first device of a type."""
        return next((each for each in self.shipment.devices if each.type == kind), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What a file asks for.

    Args:
        name: of the event.
        source: the file as the user named it.
        sets: of devices.
        activities: in this order.
        variants: of hubs, for that activity.
        use_cases: that functionality is about; every read where empty.
        settings: where devices differ from their papers, as `hanlab run --set` takes it.
        seed: of every draw.
    """

    name: str
    source: str
    sets: tuple[DeviceSet, ...]
    activities: tuple[Activity, ...] = tuple(Activity)
    variants: tuple[HubVariant, ...] = ()
    use_cases: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    seed: int = 1

    def meetings(self) -> Iterator["Meeting"]:
        """Everything that is tried, in order."""
        for activity in self.activities:
            yield from _MEETINGS[activity](self)


@dataclass(frozen=True, slots=True)
class Meeting:
    """One thing that is tried.

    Args:
        activity: what.
        first: whose hub, log or old device it is, and its kind.
        second: who comes to it, and its kind.
        roles: the role pair.
        variant: of the hub, where that is what is tried.
    """

    activity: Activity
    first: DeviceSet
    second: DeviceSet
    roles: tuple[str, str]
    variant: HubVariant | None = None

    @property
    def name(self) -> str:
        """Unique in an event: `connectivity: CHF of one with ESME of two`."""
        if self.variant is not None:
            return f"{self.activity.value}: {self.first.name} with {self.variant.name}"
        one, other = self.roles
        if self.activity is Activity.FUNCTIONALITY:
            return f"{self.activity.value}: {one} of {self.first.name}"
        told = f"{one} of {self.first.name} with {other} of {self.second.name}"
        return f"{self.activity.value}: {told}"


@dataclass(frozen=True, slots=True)
class Met:
    """What came of a meeting.

    Args:
        verdict: not applicable where it cannot be tried here.
        detail: the step that failed, or what was seen.
        steps: how many were done.
    """

    meeting: Meeting
    verdict: Verdict
    detail: str = ""
    steps: int = 0


def _connectivity(event: Event) -> Iterator[Meeting]:
    for first, second in product(event.sets, repeat=2):
        for device in second.shipment.joining:
            yield Meeting(Activity.CONNECTIVITY, first, second, ("CHF", device.type))


def _interoperability(event: Event) -> Iterator[Meeting]:
    for first, second in product(event.sets, repeat=2):
        for one, other in PAIRS:
            if first.device(one) and second.device(other):
                yield Meeting(Activity.INTEROPERABILITY, first, second, (one, other))


def _interchangeability(event: Event) -> Iterator[Meeting]:
    for first, second in permutations(event.sets, 2):
        for kind in _EXCHANGED:
            if first.device(kind) and second.device(kind):
                yield Meeting(Activity.INTERCHANGEABILITY, first, second, (kind, kind))


def _functionality(event: Event) -> Iterator[Meeting]:
    for each in event.sets:
        for device in each.shipment.devices:
            if device.type in _TESTED:
                yield Meeting(Activity.FUNCTIONALITY, each, each, (device.type, device.type))


def _hub_variants(event: Event) -> Iterator[Meeting]:
    for each, variant in product(event.sets, event.variants):
        yield Meeting(Activity.HUB_VARIANTS, each, each, ("CHF", "CHF"), variant)


_MEETINGS: Final = {
    Activity.CONNECTIVITY: _connectivity,
    Activity.INTEROPERABILITY: _interoperability,
    Activity.INTERCHANGEABILITY: _interchangeability,
    Activity.FUNCTIONALITY: _functionality,
    Activity.HUB_VARIANTS: _hub_variants,
}
