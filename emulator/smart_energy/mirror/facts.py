"""What the two ends of a gas mirror tell the trace."""

from dataclasses import dataclass
from typing import ClassVar

from emulator.kernel.identity import Eui64


@dataclass(frozen=True, slots=True)
class MirrorGranted:
    """The hub keeps a mirror for the meter, at this endpoint."""

    kind: ClassVar[str] = "mirror_granted"
    meter: Eui64
    endpoint: int


@dataclass(frozen=True, slots=True)
class MirrorRefused:
    """The hub does not do what a device asked of the mirror, and why."""

    kind: ClassVar[str] = "mirror_refused"
    source: Eui64 | None
    reason: str


@dataclass(frozen=True, slots=True)
class MirrorConfigured:
    """The meter said how often it reports (seconds), and which notifications it wants."""

    kind: ClassVar[str] = "mirror_configured"
    meter: Eui64
    scheme: int
    interval: int


@dataclass(frozen=True, slots=True)
class MirrorRemovedAtHub:
    """The hub keeps no mirror for the meter any more."""

    kind: ClassVar[str] = "mirror_removed"
    meter: Eui64


@dataclass(frozen=True, slots=True)
class MirrorReported:
    """The mirror took attributes of a cluster; so many."""

    kind: ClassVar[str] = "mirror_reported"
    meter: Eui64
    cluster: int
    attributes: int


@dataclass(frozen=True, slots=True)
class MeterNotified:
    """The hub told the awake meter what waits for it, as flag words."""

    kind: ClassVar[str] = "meter_notified"
    meter: Eui64
    flags: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MirrorReady:
    """The meter has a mirror at its hub, and has configured it."""

    kind: ClassVar[str] = "mirror_ready"
    hub: Eui64
    endpoint: int


@dataclass(frozen=True, slots=True)
class MirrorStepFailed:
    """The meter came no further at this wake, and where it stopped."""

    kind: ClassVar[str] = "mirror_step_failed"
    step: str
    reason: str
