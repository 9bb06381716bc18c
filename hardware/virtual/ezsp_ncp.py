"""A network co-processor in software: EZSP 13 towards its host, our stack towards our air."""

from dataclasses import replace
from typing import Any, Final

from emulator.kernel.errors import WireError
from emulator.kernel.identity import Eui64
from emulator.lab.radios.kinds import DonglePlace
from emulator.lab.radios.lines import Send
from emulator.smart_energy.device import Boot, DeviceDescription, SmartEnergyDevice
from emulator.smart_energy.keys.credentials import Credentials
from emulator.wire.struct import Struct
from emulator.zigbee.nwk.primitives import DeviceType
from hardware.ezsp.ash_link import RESET_POWER_ON, AshLink
from hardware.ezsp.formats import Octet, VersionAnswer
from hardware.ezsp.frames import EZSP_VERSION, EzspRequest, callback, read_request, response
from hardware.ezsp.identifiers import Command, EzspStatus
from hardware.virtual.ezsp_assembly import NcpAssembly
from hardware.virtual.ezsp_capture import NcpCapture, TappedRadio
from hardware.virtual.ezsp_part import HostCallback, NcpMemory, Reply, Servers

_MESH: Final = 2
_STACK_VERSION: Final = 0x7400
"""EmberZNet 7.4.0.0, a nibble each."""
_OUI: Final = 0x02_48_4C << 40


class EzspNcp:
    """EmberZNet NCP: EZSP 13 over ASH, with its key establishment commands.

    Args:
        place: where it stands.
    """

    def __init__(self, place: DonglePlace) -> None:
        around = place.surroundings
        self._scheduler = around.scheduler
        self._memory = NcpMemory()
        self._radio = TappedRadio(around.radio(place.name))
        stream = around.streams.stream(place.name, "eui64")
        description = DeviceDescription(
            name=place.name,
            kind="NCP",
            eui64=Eui64(stream.integer(1, (1 << 40) - 1) | _OUI),
            device_type=DeviceType.COORDINATOR,
            endpoints=(),
            credentials=Credentials({}),
        )
        surroundings = replace(around, radio=lambda _name: self._radio)
        self._device = SmartEnergyDevice(description, surroundings, self._assemble)
        self._device.observe((HostCallback,), self._tell)
        self._ash = AshLink(self._scheduler, self._frame, self._restart)
        self._servers: Servers = {}
        self._versioned = False
        self._sequence = 0
        self._restart()

    def connect(self, send: Send) -> None:
        """Give every octet for the host to `send`."""
        self._ash.connect(send)

    def receive(self, octets: bytes) -> None:
        """Take octets of the host."""
        self._ash.receive(octets)

    def reset(self) -> None:
        """Begin anew, as after a loss of power, and say so."""
        self._restart()
        self._ash.begin(RESET_POWER_ON)

    def _restart(self) -> None:
        """The stack loses what is not kept in flash; the host sets everything up again."""
        self._versioned = False
        self._device.power_off()
        self._device.power_on()

    def _assemble(self, boot: Boot) -> NcpAssembly:
        assembly = NcpAssembly(boot, self._memory)
        capture = NcpCapture(self._radio, lambda: assembly.network.up, self._tell)
        self._servers = {**assembly.servers, **capture.servers}
        return assembly

    # What the host asks

    def _frame(self, octets: bytes) -> None:
        try:
            request = read_request(octets)
        except WireError:
            return
        if request.command == Command.VERSION:
            self._version(request)
        elif not self._versioned or request.legacy:
            self._refuse(request, EzspStatus.VERSION_NOT_SET)
        else:
            self._serve(request)

    def _version(self, request: EzspRequest) -> None:
        self._versioned = True
        self._answer(request, VersionAnswer(EZSP_VERSION, _MESH, _STACK_VERSION))

    def _serve(self, request: EzspRequest) -> None:
        shape, serve = self._servers.get(Command(request.command), (None, None))
        if shape is None or serve is None:
            self._refuse(request, EzspStatus.INVALID_FRAME_ID)
            return
        try:
            parameters, _ = shape.take(request.parameters)
        except WireError:
            self._refuse(request, EzspStatus.TRUNCATED)
            return
        reply: Reply = serve(parameters, self._scheduler.now)
        self._answer(request, reply.answer)
        for effect in reply.effects:
            if isinstance(effect, HostCallback):
                self._tell(effect)
            else:
                self._device.post(effect)

    def _refuse(self, request: EzspRequest, status: EzspStatus) -> None:
        self._sequence = request.sequence
        frame = response(request, Command.INVALID_COMMAND, Octet(status).encode())
        self._ash.send(frame)

    # What the host is told

    def _answer(self, request: EzspRequest, answer: Struct) -> None:
        self._sequence = request.sequence
        self._ash.send(response(request, request.command, answer.encode()))

    def _tell(self, told: HostCallback) -> None:
        if self._versioned:
            frame = callback(self._sequence, told.command, told.parameters.encode())
            self._ash.send(frame)


def make(place: DonglePlace) -> Any:
    """EmberZNet NCP: EZSP 13 over ASH, with its key establishment commands."""
    return EzspNcp(place)
