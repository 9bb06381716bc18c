"""A coordinator dongle in the place of a hub's radio: `--radio hub=zigpy:PORT`.

MAC to APS and trust centre are in the dongle, so the hub is put together anew above them; what it
is as a device of remote parties stays out. Its EUI-64 is that of the dongle.
"""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from emulator.kernel.errors import EnvironmentFault, PeerError
from emulator.kernel.identity import Eui64, format_eui64
from emulator.kernel.machine import Machine
from emulator.lab.radios.kinds import DongleReport, RadioPlace
from emulator.radio.port import RadioCommand, RadioEvent
from emulator.smart_energy.device import Boot, KnownKey, Persistent, SmartEnergyDevice
from emulator.smart_energy.facts import NetworkKeySent, NetworkStarted
from emulator.smart_energy.stack import UNHEARD
from emulator.zigbee.addresses import COORDINATOR, NwkAddress
from emulator.zigbee.aps.primitives import KeyOrigin
from hardware.ezsp_kind import EZSP
from hardware.zigpy_bridge.child_line import ChildLine
from hardware.zigpy_bridge.coordinator import LIMITS, MODULE, ZIGPY
from hardware.zigpy_bridge.far_stack import FarStack
from hardware.zigpy_bridge.far_trust_centre import FarTrustCentre
from hardware.zigpy_bridge.hub import ENDPOINT, bridged_machines
from hardware.zigpy_bridge.json_lines import LineReader, line

if TYPE_CHECKING:
    from emulator.lab.radios.lines import Send

EMULATED: Final = "emulated devices do not reach it: every device of this run is a real one"


class BridgedAssembly:
    """Implements `emulator.smart_energy.device.Assembly`: a hub above the APS of a dongle.

    Args:
        eui64: of the dongle.
        machines: of the hub.
        up: tells whether the network runs.
    """

    unheard: Final[Sequence[type]] = UNHEARD
    persistent: Final[Mapping[str, Persistent]] = {}
    parent: Final[Eui64 | None] = None
    link_key_origin: Final[KeyOrigin | None] = None
    suite: Final[int | None] = None
    keys: Final[Sequence[KnownKey]] = ()

    def __init__(self, eui64: Eui64, machines: Sequence[Machine], up: Callable[[], bool]) -> None:
        self.machines = machines
        self.hub: Eui64 | None = eui64
        self._up = up

    @property
    def member(self) -> bool:
        """Whether it has a network."""
        return self._up()

    @property
    def joined(self) -> bool:
        """Whether its network runs."""
        return self._up()

    @property
    def nwk_address(self) -> NwkAddress | None:
        """The coordinator's, once its network runs."""
        return COORDINATOR if self._up() else None

    def first_events(self, *, restored: bool) -> Sequence[object]:  # noqa: ARG002 - one shape
        """The dongle begins by itself."""
        return ()


class BridgedRadio:
    """Implements `emulator.lab.radios.kinds.HubDongle`.

    Args:
        port: of the dongle.
        place: where it stands in the run.
        identity: its EUI-64.
        command: the program that drives it.
    """

    def __init__(
        self, port: str, place: RadioPlace, identity: Eui64, command: Sequence[str] | None = None
    ) -> None:
        self.identity = identity
        self._port = port
        self._place = place
        self._command = command or (sys.executable, "-m", MODULE, port, str(ENDPOINT))
        self._reader = LineReader()
        self._send: Send | None = None
        self._stack = FarStack(self._tell)
        self._hub: SmartEnergyDevice | None = None
        self._up = False

    # A radio that nothing goes through

    def connect(self, listener: Callable[[RadioEvent], None]) -> None:
        """Nothing is ever heard: what comes, comes as messages."""

    def command(self, command: RadioCommand) -> None:
        """Nothing is ever sent: what goes, goes as messages."""

    def power(self, *, on: bool) -> None:
        """The dongle has the power of its port."""

    # The hub above it

    def take_over(self, hub: SmartEnergyDevice) -> None:
        """Let a hub that has no power yet be one above this dongle."""
        self._hub = hub
        hub.assemble = self._assemble

    def _assemble(self, boot: Boot) -> BridgedAssembly:
        about, around = boot.description, boot.surroundings
        if self._send is None:
            self._send = self._place.lines.open(
                f"{self._place.name} zigpy",
                lambda: ChildLine(f"zigpy on {self._port}", self._command),
                self._receive,
            )
        machines = bridged_machines(
            about.name, self.identity, about.credentials, around, self._stack
        )
        trust_centre = FarTrustCentre(self._tell)
        return BridgedAssembly(self.identity, (*machines, trust_centre), lambda: self._up)

    def _tell(self, **fields: Any) -> None:
        if self._send is not None:
            self._send(line(**fields))

    def _receive(self, octets: bytes) -> None:
        for event in self._reader.feed(octets):
            self._events.get(event["event"], _nothing)(self, event)

    def _ready(self, event: Mapping[str, Any]) -> None:
        try:
            told = f"{event['firmware']}, {event['protocol']}: PAN {event['pan_id']:#06x} on "
            keys = int(event["keys"])
            self._place.note(
                f"{self._place.name}: {told}channel {event['channel']}, room for {keys} keys"
            )
        except (KeyError, TypeError, ValueError) as fault:
            raise PeerError(f"no report: {event}") from fault
        self._up = True
        self._note(NetworkStarted(0))

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

    def _joined(self, event: Mapping[str, Any]) -> None:
        self._note(NetworkKeySent(self._stack.joined(event), KeyOrigin.PRECONFIGURED.value))

    def _sent(self, event: Mapping[str, Any]) -> None:
        self._post(self._stack.sent(event, self._place.surroundings.scheduler.now))

    def _message(self, event: Mapping[str, Any]) -> None:
        self._post(self._stack.message(event, self._place.surroundings.scheduler.now))

    def _post(self, events: Sequence[object]) -> None:
        for each in events:
            if self._hub is not None:
                self._hub.post(each)

    def _note(self, fact: Any) -> None:
        around = self._place.surroundings
        around.trace.add(around.scheduler.now, self._place.name, fact)

    _events: Final[Mapping[str, Callable[["BridgedRadio", Mapping[str, Any]], None]]] = {
        "ready": _ready,
        "failed": _failed,
        "lost": _lost,
        "key": _key,
        "joined": _joined,
        "sent": _sent,
        "message": _message,
    }


def _nothing(_radio: BridgedRadio, _event: Mapping[str, Any]) -> None:
    """What follows from an event that is only told."""


class ZigpyRadioKind:
    """A coordinator dongle, driven through zigpy in a process of its own."""

    title = "a coordinator dongle (EZSP) under the hub, through zigpy: hub=zigpy:PORT"
    hub_only = True

    def check(self, port: str) -> None:
        """Whether `port` can be one, and zigpy is there.

        Raises:
            UsageError: otherwise.
        """
        ZIGPY.check(port)

    def is_real(self, port: str) -> bool:  # noqa: ARG002 - one shape of kinds
        """Time outside has to be waited for."""
        return True

    def probe(self, port: str) -> DongleReport:
        """Ask the dongle what it is; raises `EnvironmentFault` when none answers."""
        return EZSP.probe(port)

    def make(self, port: str, place: RadioPlace) -> BridgedRadio:
        """The dongle under a hub; what none can do is said now.

        Raises:
            EnvironmentFault: when none answers.
        """
        written = place.lines.tell(place.name, lambda: json.dumps(asdict(self.probe(port))))
        report = json.loads(written)
        try:
            identity = Eui64(int(report["eui64"], 16))
        except ValueError as fault:
            raise EnvironmentFault(f"{port}: the dongle does not tell its EUI-64") from fault
        place.note(
            f"{place.name}: {report['firmware']} at {port}: it is {format_eui64(identity)} here"
        )
        for limit in (*LIMITS, EMULATED):
            place.note(f"{place.name}: cannot: {limit}")
        return BridgedRadio(port, place, identity)


ZIGPY_RADIO: Final = ZigpyRadioKind()
