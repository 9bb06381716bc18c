"""A host that speaks EZSP to a virtual co-processor, in virtual time, with meters around."""

from pathlib import Path
from typing import TypeVar

from emulator.crypto.install_code import InstallCode
from emulator.kernel.identity import Eui64
from emulator.kernel.scheduler import Scheduler
from emulator.kernel.streams import Streams
from emulator.kernel.trace import Trace
from emulator.kernel.units import Calendar, Instant, seconds
from emulator.lab.home.device_factory import DeviceFactory
from emulator.lab.laboratory import LabOptions
from emulator.lab.radios.host_profile import served_settings
from emulator.lab.radios.kinds import DonglePlace
from emulator.lab.shipments.device_names import names_for
from emulator.lab.shipments.shipment import read_shipment
from emulator.radio.air import Air
from emulator.radio.links import SymmetricLinks
from emulator.radio.settings import RadioSettings
from emulator.radio.simulated import SimulatedRadio
from emulator.smart_energy.device import SmartEnergyDevice, Surroundings
from emulator.smart_energy.stack_settings import StackSettings
from emulator.wire.struct import Struct
from hardware.ezsp.ash import AckFrame, AshReader, DataFrame, ResetAck, ResetFrame, ash_octets
from hardware.ezsp.formats import AddEndpoint, Long, NetworkParameters, Octet, TwoOctets
from hardware.ezsp.frames import ExtendedHeader, LegacyHeader, Nothing
from hardware.ezsp.identifiers import Command
from hardware.ezsp.key_formats import ImportTransientKey, InitialSecurity
from hardware.virtual.ezsp_ncp import EzspNcp

METERS = Path(__file__).parents[2] / "data" / "shipments" / "two-meters.csv"
NETWORK_KEY = bytes(range(16))
PAN = 0x1A62
CHANNEL = 15
HUB_ENDPOINT = 3
NOTHING = Nothing()

Shape = TypeVar("Shape", bound=Struct)


class EzspBench:
    """Asks, and keeps what it is told."""

    def __init__(self) -> None:
        self.scheduler = Scheduler()
        self._streams = Streams(1)
        self.trace = Trace()
        self._settings = served_settings(StackSettings())
        links = SymmetricLinks(self._settings.air.rss, self._settings.air.loss)
        self.air = Air(self.scheduler, self._streams, links)
        self.surroundings = Surroundings(
            self.scheduler, self._streams, self.trace, Calendar(), self.radio
        )
        self.ncp = EzspNcp(
            DonglePlace(name="dongle", surroundings=self.surroundings, default_key=False)
        )
        self._reader = AshReader()
        self._number = self._awaited = self._sequence = 0
        self.resets: list[int] = []
        self._answers: dict[int, tuple[int, bytes]] = {}
        self._told: list[tuple[int, bytes]] = []
        self.ncp.connect(self._hear)

    def radio(self, name: str) -> SimulatedRadio:
        settings = RadioSettings(self._settings.csma, self._settings.receiver)
        stream = self._streams.stream(name, "csma")
        return SimulatedRadio(name, self.air, self.scheduler, stream, settings)

    def run(self, duration: float) -> None:
        self.scheduler.run(Instant(self.scheduler.now + seconds(duration)))

    # The line

    def reset(self) -> "EzspBench":
        """Reset, and agree the version."""
        self.ncp.receive(ash_octets(ResetFrame()))
        self.send(LegacyHeader(self._take(), 0, 0, b"\x04").encode())
        return self

    def send(self, frame: bytes) -> None:
        number, self._number = self._number, (self._number + 1) % 8
        self.ncp.receive(ash_octets(DataFrame(number, self._awaited, frame)))

    def _take(self) -> int:
        self._sequence = (self._sequence + 1) & 0xFF
        return self._sequence

    def _hear(self, octets: bytes) -> None:
        for frame in self._reader.feed(octets):
            if isinstance(frame, ResetAck):
                self.resets.append(frame.code)
                self._number = self._awaited = 0
            elif isinstance(frame, DataFrame) and frame.number == self._awaited:
                self._awaited = (self._awaited + 1) % 8
                self.scheduler.after(seconds(0), self._acknowledge)
                self._data(frame.data)

    def _acknowledge(self) -> None:
        self.ncp.receive(ash_octets(AckFrame(self._awaited)))

    def _data(self, octets: bytes) -> None:
        if len(octets) < 5 or octets[2] != 1:
            legacy = LegacyHeader.decode(octets)
            self._answers[legacy.sequence] = legacy.command, legacy.parameters
            return
        frame = ExtendedHeader.decode(octets)
        if frame.control & 0x10:
            self._told.append((frame.command, frame.parameters))
        else:
            self._answers[frame.sequence] = frame.command, frame.parameters

    # Commands

    def raw(self, command: int, parameters: bytes = b"") -> tuple[int, bytes]:
        """The response: its command and parameters."""
        sequence = self._take()
        self.send(ExtendedHeader(sequence, 0, 1, command, parameters).encode())
        self.run(0.0001)
        return self._answers.pop(sequence)

    def ask(self, command: Command, request: Struct, shape: type[Shape]) -> Shape:
        answered, parameters = self.raw(command, request.encode())
        assert answered == command, Command(answered).name
        return shape.decode(parameters)

    def status(self, command: Command, request: Struct = NOTHING) -> int:
        return self.ask(command, request, Octet).value

    def told(self, command: Command, shape: type[Shape]) -> list[Shape]:
        """The callbacks of one kind so far; they are forgotten then."""
        found = [shape.decode(each) for number, each in self._told if number == command]
        self._told = [each for each in self._told if each[0] != command]
        return found

    # A network

    def form(self) -> "EzspBench":
        self.reset()
        security = InitialSecurity(0x0300, bytes(16), NETWORK_KEY, 0, Eui64(0))
        self.status(Command.SET_INITIAL_SECURITY_STATE, security)
        parameters = NetworkParameters(0xA1B2, PAN, 8, CHANNEL, 0, 0, 0, 0)
        assert self.status(Command.FORM_NETWORK, parameters) == 0
        self.run(1)
        self.told(Command.STACK_STATUS_HANDLER, Octet)
        endpoint = AddEndpoint(HUB_ENDPOINT, 0x0109, 0x0500, 0, 2, 1, (0x0000, 0x0800), (0x0702,))
        assert self.status(Command.ADD_ENDPOINT, endpoint) == 0
        return self

    def meter(self, kind: str = "ESME") -> SmartEnergyDevice:
        """A meter with power, that looks for a network."""
        shipment = read_shipment(METERS)
        factory = DeviceFactory(
            names_for(shipment.devices), LabOptions(), self._settings, self.surroundings
        )
        line = next(each for each in shipment.devices if each.type == kind)
        device = factory.build(line)
        device.power_on()
        return device

    def admit(self, kind: str = "ESME") -> SmartEnergyDevice:
        """A meter that joined by its install code."""
        shipment = read_shipment(METERS)
        line = next(each for each in shipment.devices if each.type == kind)
        code = line.install_code
        assert isinstance(code, InstallCode)
        self.ask(
            Command.IMPORT_TRANSIENT_KEY, ImportTransientKey(line.eui64, code.link_key, 0), Long
        )
        self.status(Command.SET_POLICY, TwoOctets(0, 0x11))
        self.status(Command.PERMIT_JOINING, Octet(200))
        device = self.meter(kind)
        self.run(6)
        return device
