"""What `hanlab radio serve` does: a virtual dongle on a line, and devices on the air around it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from emulator.crypto.zigbee_keys import DEFAULT_TRUST_CENTRE_LINK_KEY
from emulator.kernel.errors import UsageError
from emulator.kernel.extensions import load, names
from emulator.kernel.scheduler import Scheduler
from emulator.kernel.streams import Streams
from emulator.kernel.trace import Record, Trace
from emulator.kernel.units import NEVER, Calendar, Duration, seconds
from emulator.lab.home.device_factory import DeviceFactory
from emulator.lab.home.home import Home
from emulator.lab.laboratory import LabOptions
from emulator.lab.radios.home_automation import give_home_automation
from emulator.lab.radios.host_profile import default_key_settings, served_settings
from emulator.lab.radios.kinds import DonglePlace, VirtualDongle
from emulator.lab.radios.line_faults import FaultyLine, parse_troubles
from emulator.lab.radios.paced_clock import PacedClock
from emulator.lab.shipments.device_names import names_for
from emulator.lab.shipments.shipment import Shipment, read_shipment
from emulator.radio.air import Air
from emulator.radio.links import SymmetricLinks
from emulator.radio.settings import RadioSettings
from emulator.radio.simulated import SimulatedRadio
from emulator.smart_energy.device import SmartEnergyDevice, Surroundings
from emulator.smart_energy.facts import NetworkStarted
from emulator.smart_energy.primitives import FormNetwork
from emulator.smart_energy.stack_settings import StackSettings

Checked = TypeVar("Checked")

DONGLE: Final = "dongle"
_SPREAD: Final = seconds(3)
"""Within which the devices get their power: nobody switches on a whole house at one instant."""
_JOIN_WINDOW: Final = 254
"""Seconds for which the hub opens its network, again and again: the most ZSE 1.4 5.4 allows."""
_HEAD_START: Final = seconds(5)
"""How long a hub is alone with whoever opened the port, so that they hear its devices join."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeRequest:
    """What is to be served, as the command line asks for it.

    Args:
        kind: an entry point of `hanlab.dongles`.
        port: a path for a pseudo-terminal, or tcp://HOST:PORT.
        devices: the shipment whose devices stand around; None for an empty air.
        with_hub: the shipment's hub stands there too, and lets its devices in.
        home_automation: devices have an endpoint of that profile, too (`home_automation`).
        default_key: devices join under the default trust centre key, without key establishment.
        faults: what the line and the dongle do wrong, on purpose (`line_faults`).
        beyond_loopback: whether other machines may come.
    """

    kind: str
    port: str
    devices: Path | None = None
    with_hub: bool = False
    home_automation: bool = False
    default_key: bool = False
    faults: tuple[str, ...] = ()
    seed: int = 1
    beyond_loopback: bool = False


class Served:
    """A virtual dongle, the air it is on, and whoever else is there.

    Args:
        request: what is to be served.
        clock: lets time outside pass, and has the line.
        shipment: of the devices around; None for none.

    Raises:
        UsageError: when no such kind is installed, or the port is none.
        EnvironmentFault: when the port cannot be served.
    """

    def __init__(self, request: ServeRequest, clock: PacedClock, shipment: Shipment | None) -> None:
        self._clock = clock
        self.scheduler = Scheduler(clock)
        self.streams = Streams(request.seed)
        self.trace = Trace(keep=False)
        usual = served_settings(StackSettings())
        self.settings = default_key_settings(usual) if request.default_key else usual
        links = SymmetricLinks(self.settings.air.rss, self.settings.air.loss)
        self.air = Air(self.scheduler, self.streams, links)
        self.surroundings = Surroundings(
            self.scheduler, self.streams, self.trace, Calendar(), self._radio
        )
        self.home: Home | None = None
        """The hub and its devices, where the hub stands there too."""
        self._without_power = False
        self.devices = self._devices(shipment, request)
        self.dongle = self._dongle(request)
        self.port = self._line(request)

    def run(self, stop: Callable[[], bool] | None = None) -> None:
        """Give every device power, and serve until `stop`, Ctrl-C, or the dongle is unplugged.

        Around a hub they wait for whoever opens the port, so that these hear how they join.
        """
        if self.home is None:
            self._power_on(Duration(0))
        else:
            self.trace.listen(self._let_in)
            self.home.hub.power_on()
            self.home.hub.post(FormNetwork())
            self._without_power = True
        self.scheduler.run(NEVER, stop=stop)

    def close(self) -> None:
        """Release the port."""
        self._clock.close()

    def on_fact(self, listener: Callable[[Record], None]) -> None:
        """Tell `listener` every fact of the trace."""
        self.trace.listen(listener)

    def _power_on(self, wait: Duration) -> None:
        for device in self.devices:
            stream = self.streams.stream(device.name, "power on")
            later = stream.duration(Duration(0), _SPREAD)
            self.scheduler.after(Duration(wait + later), device.power_on)

    def _opened(self) -> None:
        """Somebody sent the first octets."""
        if self._without_power:
            self._without_power = False
            self._power_on(_HEAD_START)

    def _radio(self, name: str) -> SimulatedRadio:
        settings = RadioSettings(self.settings.csma, self.settings.receiver)
        stream = self.streams.stream(name, "csma")
        return SimulatedRadio(name, self.air, self.scheduler, stream, settings)

    def _let_in(self, record: Record) -> None:
        """Once the network runs, its hub knows its devices and lets them in."""
        if isinstance(record.fact, NetworkStarted):
            self.scheduler.after(Duration(0), self._open)

    def _open(self) -> None:
        assert self.home is not None  # noqa: S101 - only a hub starts a network
        self.home.register(*self.home.joiners)
        self.home.permit_join(_JOIN_WINDOW)
        self.scheduler.after(seconds(_JOIN_WINDOW), self._open)

    def _devices(
        self, shipment: Shipment | None, request: ServeRequest
    ) -> Sequence[SmartEnergyDevice]:
        if shipment is None:
            return ()
        names_of = names_for(shipment.devices)
        key = DEFAULT_TRUST_CENTRE_LINK_KEY if request.default_key else None
        factory = DeviceFactory(
            names_of, LabOptions(), self.settings, self.surroundings, link_key=key
        )
        joiners = tuple(factory.build(line) for line in shipment.joining)
        if request.home_automation:
            for device in joiners:
                give_home_automation(device)
        if request.with_hub:
            hub = factory.build(shipment.hub, shipment.gas_proxy.eui64)
            self.home = Home(hub, joiners, shipment)
        return joiners

    def _dongle(self, request: ServeRequest) -> VirtualDongle:
        place = DonglePlace(
            name=DONGLE, surroundings=self.surroundings, default_key=request.default_key
        )
        dongle: VirtualDongle = load("hanlab.dongles", request.kind)(place)
        return dongle

    def _line(self, request: ServeRequest) -> str:
        serve = load("hanlab.lines", "serve")
        line = serve(request.port, beyond_loopback=request.beyond_loopback)
        faulty = FaultyLine(
            self.dongle,
            parse_troubles(request.faults),
            self.scheduler,
            self.streams.stream(DONGLE, "line"),
        )

        def receive(octets: bytes) -> None:
            self._opened()
            faulty.receive(octets)

        send = self._clock.open(DONGLE, lambda: line, receive)
        faulty.connect(send)
        return str(line.name)


def check_serve(request: ServeRequest) -> Shipment | None:
    """The shipment of a request that can be served; writes and opens nothing.

    Raises:
        UsageError: with every mistake.
    """
    mistakes: list[str] = []
    kinds = names("hanlab.dongles")
    if request.kind not in kinds:
        told = ", ".join(kinds) or "none is installed"
        mistakes.append(f"--kind {request.kind}: expected {told}")
    check_port = load("hanlab.lines", "check")

    def checked(check: Callable[[], Checked]) -> Checked | None:
        try:
            return check()
        except UsageError as refusal:
            mistakes.extend(refusal.problems)
            return None

    devices = request.devices
    if request.with_hub and (devices is None or request.default_key):
        mistakes.append("--with-hub: expected --devices with it, and not --key default")
    if request.home_automation and devices is None:
        mistakes.append("--home-automation: expected --devices with it")
    checked(lambda: parse_troubles(request.faults))
    checked(lambda: check_port(request.port, beyond_loopback=request.beyond_loopback))
    shipment = None if devices is None else checked(lambda: read_shipment(devices))
    if mistakes:
        raise UsageError(*mistakes)
    return shipment


@contextmanager
def serving(request: ServeRequest) -> Iterator[Served]:
    """A dongle that is served; its port is released at the end, whatever happened.

    Raises:
        UsageError: with every mistake of the request; then nothing was opened.
        EnvironmentFault: when the port cannot be served.
    """
    shipment = check_serve(request)
    clock = PacedClock()
    try:
        yield Served(request, clock, shipment)
    finally:
        clock.close()
