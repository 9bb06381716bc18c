"""A dongle as a comms hub's radio: opens the zigpy process, and puts the hub on top of it."""

import sys
from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
from typing import Any, Final

from emulator.kernel.errors import EnvironmentFault, PeerError, UsageError
from emulator.kernel.extensions import load
from emulator.kernel.identity import Eui64
from emulator.lab.radios.coordinators import CoordinatorPlace, CoordinatorReport
from emulator.lab.radios.lines import HostedLine
from hardware.zigpy_bridge.child_line import ChildLine
from hardware.zigpy_bridge.far_stack import FarStack
from hardware.zigpy_bridge.hub import ENDPOINT, BridgedHub
from hardware.zigpy_bridge.json_lines import LineReader, line

MODULE: Final = "hardware.zigpy_bridge.host_process"
LIMITS: Final = (
    "2.4 GHz only: a device below 1 GHz is not reached",
    "joins, keys and readings only: the hub above it has no tunnels, mirror or firmware images",
    "keys are agreed here and imported into the dongle; its key table says for how many devices",
    "no meter and no display: zigpy forms networks and joins none",
    "no capture while the network runs: another dongle has to listen",
)
"""What a dongle with stock firmware cannot do under zigpy."""


class ZigpyCoordinator:
    """Implements `emulator.lab.radios.coordinators.Coordinator`.

    Args:
        port: of the dongle.
        place: where the hub stands.
        command: the program that drives the dongle; ours unless a test brings another.
    """

    def __init__(
        self, port: str, place: CoordinatorPlace, command: Sequence[str] | None = None
    ) -> None:
        program = (sys.executable, "-m", MODULE, port, str(ENDPOINT))
        self.report: CoordinatorReport | None = None
        self._port = port
        self._place = place
        self._reader = LineReader()
        self._hub: BridgedHub | None = None

        def opened() -> HostedLine:
            return ChildLine(f"zigpy on {port}", command or program)

        self._send = place.lines.open(place.name, opened, self._receive)
        self._stack = FarStack(self._tell)

    def admit(self, eui64: Eui64, link_key: bytes, seconds: int) -> None:
        """Let a device join under a key derived from its install code."""
        self._tell(do="admit", eui64=f"{eui64:016x}", key=link_key.hex(), seconds=seconds)

    def close_joining(self) -> None:
        """Let nobody join any more."""
        self._tell(do="permit", seconds=0)

    def _tell(self, **fields: Any) -> None:
        self._send(line(**fields))

    def _receive(self, octets: bytes) -> None:
        for event in self._reader.feed(octets):
            take = self._events.get(event["event"])
            if take is not None:
                take(self, event)
            elif self._hub is not None:
                self._hub.take(event)

    def _ready(self, event: Mapping[str, Any]) -> None:
        try:
            eui64 = Eui64(int(event["eui64"], 16))
            self.report = CoordinatorReport(
                eui64=eui64,
                pan_id=event["pan_id"],
                channel=event["channel"],
                firmware=event["firmware"],
                protocol=event["protocol"],
                keys=event["keys"],
            )
        except (KeyError, TypeError, ValueError) as fault:
            raise PeerError(f"no report: {event}") from fault
        credentials = self._place.credentials(eui64)
        around = self._place.surroundings
        self._hub = BridgedHub(self._place.name, eui64, credentials, around, self._stack)

    def _failed(self, event: Mapping[str, Any]) -> None:
        reason = event.get("reason", "")
        raise EnvironmentFault(f"{self._port}: zigpy does not get through to a dongle: {reason}")

    def _lost(self, event: Mapping[str, Any]) -> None:
        why = event.get("reason")
        told = f" ({why})" if why else ""
        raise EnvironmentFault(f"{self._port}: unplugged: plug the dongle in again{told}")

    def _key(self, event: Mapping[str, Any]) -> None:
        if not event.get("installed"):
            told = f"{event.get('eui64')}: {event.get('reason')}"
            raise EnvironmentFault(f"{self._port}: the dongle takes no link key of {told}")

    _events: Final[Mapping[str, Callable[["ZigpyCoordinator", Mapping[str, Any]], None]]] = {
        "ready": _ready,
        "failed": _failed,
        "lost": _lost,
        "key": _key,
    }


class ZigpyKind:
    """Implements `emulator.lab.radios.coordinators.CoordinatorKind`."""

    title = "EZSP network co-processor, driven by zigpy and bellows"
    limits = LIMITS

    def check(self, port: str) -> None:
        """Whether `port` can be one, and zigpy is there.

        Raises:
            UsageError: otherwise.
        """
        if find_spec("bellows") is None:
            raise UsageError("zigpy is not installed: pip install 'hanlab[zigpy]'")
        load("hanlab.lines", "check")(port, beyond_loopback=True)

    def open(self, port: str, place: CoordinatorPlace) -> ZigpyCoordinator:
        """Drive the dongle at `port`; it reports once its network runs."""
        return ZigpyCoordinator(port, place)


ZIGPY: Final = ZigpyKind()
