"""What a kind of radio, and a kind of virtual dongle, must offer; entry points bring the kinds.

Group `hanlab.radios` has kinds of real radios (`RadioKind`), group `hanlab.dongles` kinds of
virtual ones (`DongleKind`), group `hanlab.lines` what serves a line (`LineServer`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from emulator.kernel.identity import Eui64
from emulator.lab.radios.lines import HostedLine, LineHost, Send
from emulator.radio.air import Transmission
from emulator.radio.settings import RadioSettings
from emulator.smart_energy.device import PoweredRadio, SmartEnergyDevice, Surroundings


@dataclass(frozen=True, slots=True, kw_only=True)
class DongleReport:
    """What a dongle says of itself.

    Args:
        kind: the kind of radio that drives it.
        port: where it is.
        firmware: as it names itself.
        protocol: of the line, with its version.
        eui64: its own, 16 hexadecimal digits; empty when it does not say.
        abilities: what it can, one line each.
        lacks: what it cannot that a HAN may need, one line each.
        roles: what one such dongle can be at once.
        use: what to write to use it.
    """

    kind: str
    port: str
    firmware: str
    protocol: str
    eui64: str
    abilities: tuple[str, ...]
    lacks: tuple[str, ...]
    roles: str
    use: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RadioPlace:
    """Where a real radio stands in a run.

    Args:
        name: the device whose radio it is.
        surroundings: scheduler, streams and trace of the run.
        lines: where its line is opened.
        settings: of every radio.
        observe: told of every frame on the real air that this radio sends or hears, and of its
            strength in dBm where it was heard.
        note: told what a person should read in the report.
        at_end: calls what it is given when the run is over.
    """

    name: str
    surroundings: Surroundings
    lines: LineHost
    settings: RadioSettings
    observe: Callable[[Transmission, int | None], None]
    note: Callable[[str], None]
    at_end: Callable[[Callable[[], None]], None]


class RadioKind(Protocol):
    """A kind of real radio."""

    title: str

    def check(self, port: str) -> None:
        """Whether `port` can be one; raises `UsageError` otherwise."""
        ...

    def is_real(self, port: str) -> bool:
        """Whether time outside has to be waited for there."""
        ...

    def probe(self, port: str) -> DongleReport:
        """Ask the dongle at `port` what it is; the port is released again.

        Raises:
            EnvironmentFault: when there is none that answers; says what is there and what to do.
        """
        ...

    def make(self, port: str, place: RadioPlace) -> PoweredRadio:
        """The radio of a device.

        Raises:
            EnvironmentFault: as `probe`.
        """
        ...


@runtime_checkable
class HubDongle(PoweredRadio, Protocol):
    """A dongle that has MAC to APS inside: a hub is put together anew above it.

    Args:
        identity: the EUI-64 that the hub has then.
    """

    identity: Eui64

    def take_over(self, hub: SmartEnergyDevice) -> None:
        """Let a hub that has no power yet be one above this dongle."""
        ...


class Probe(Protocol):
    """What asks dongles of one kind what they are; entry point group `hanlab.probes`."""

    def probe(self, port: str) -> DongleReport:
        """What is at `port`; the port is released again.

        Raises:
            EnvironmentFault: when none of the kind answers; says what is there and what to do.
        """
        ...


class VirtualDongle(Protocol):
    """The dongle's own side of a line."""

    def connect(self, send: Send) -> None:
        """Give every octet for the host to `send`; called once, before anything is received."""
        ...

    def receive(self, octets: bytes) -> None:
        """Take octets of the host, whatever they are."""
        ...

    def reset(self) -> None:
        """Begin anew, as after a loss of power."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class DonglePlace:
    """Where a virtual dongle stands.

    Args:
        name: the dongle, as links, streams and trace know it.
        surroundings: of the dongle; `surroundings.radio(name)` makes a radio on the air.
        default_key: whether it serves host stacks that know no Smart Energy.
    """

    name: str
    surroundings: Surroundings
    default_key: bool


DongleKind = Callable[[DonglePlace], VirtualDongle]
"""Makes a virtual dongle; its docstring's first line is its title."""


class LineServer(Protocol):
    """Serves a line that others open."""

    def __call__(self, address: str, *, beyond_loopback: bool) -> HostedLine:
        """The line.

        Raises:
            UsageError: when nothing can be served at that address.
            EnvironmentFault: when it cannot be served now.
        """
        ...
