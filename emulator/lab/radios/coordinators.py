"""What a kind of coordinator dongle must offer: a network of its own, under an emulated hub.

Entry point group `hanlab.coordinators`. Other than a radio (`emulator.lab.radios.kinds`), such a
dongle has MAC, NWK, APS and trust centre inside; the hub above them is ours.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from emulator.kernel.identity import Eui64
from emulator.lab.radios.lines import LineHost
from emulator.smart_energy.device import Surroundings
from emulator.smart_energy.keys.credentials import Credentials


@dataclass(frozen=True, slots=True, kw_only=True)
class CoordinatorReport:
    """What a dongle says of itself once its network runs.

    Args:
        keys: for how many devices it has room in its key table.
    """

    eui64: Eui64
    pan_id: int
    channel: int
    firmware: str
    protocol: str
    keys: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CoordinatorPlace:
    """Where the hub above a dongle stands.

    Args:
        name: the hub, as the trace knows it.
        surroundings: scheduler, streams and trace.
        lines: where the line to the dongle is opened.
        credentials: issues the hub's certificates, once the dongle's EUI-64 is known.
    """

    name: str
    surroundings: Surroundings
    lines: LineHost
    credentials: Callable[[Eui64], Credentials]


class Coordinator(Protocol):
    """A dongle with its hub."""

    @property
    def report(self) -> CoordinatorReport | None:
        """What it is; None until its network runs."""
        ...

    def admit(self, eui64: Eui64, link_key: bytes, seconds: int) -> None:
        """Let a device join under a key derived from its install code."""
        ...

    def close_joining(self) -> None:
        """Let nobody join any more."""
        ...


class CoordinatorKind(Protocol):
    """A kind of coordinator dongle."""

    title: str
    limits: tuple[str, ...]
    """What no dongle of this kind can do, one line each: told before anything begins."""

    def check(self, port: str) -> None:
        """Whether `port` can be one; raises `UsageError` otherwise."""
        ...

    def open(self, port: str, place: CoordinatorPlace) -> Coordinator:
        """Drive the dongle at `port`.

        Raises:
            EnvironmentFault: there, or inside the run, when there is none that answers.
        """
        ...
