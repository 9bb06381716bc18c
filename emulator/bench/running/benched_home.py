"""A home on the bench: a hub without WAN, whose port the bench plays, and a device under test.

Service mode `gfi` of SEC H14.51 and H14.52: no SM WAN and no simulation of one. Messages enter at
the hub, as if it had taken them from the WAN, and what devices send up is read there.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any, Final

from emulator.bench.running.passage import Passage
from emulator.bench.running.settings import BenchSettings
from emulator.equipment.hub_router import ESME, GSME
from emulator.equipment.primitives import ToWan
from emulator.equipment.request import RemoteParties
from emulator.gbcs.pki import make_pki
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.gbcs_device.firmware import FirmwareImage, ImageReceived
from emulator.gbcs_device.primitives import AdmitDevice, MessageIndication, MessageRequest
from emulator.gbcs_device.remote_party_machine import RemotePartyMachine
from emulator.kernel.errors import EnvironmentFault, LabError, UsageError
from emulator.kernel.units import Duration, later, seconds
from emulator.lab.commissioning import JOIN_WINDOW, finish_joining, form_network
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.parties import ORGANISATIONS
from emulator.lab.shipment import HUB_TYPES, Shipment, ShipmentDevice
from emulator.smart_energy.device import Applications, Boot, SmartEnergyDevice
from emulator.smart_energy.tunnel.primitives import SendThroughTunnel

PKI_SEED: Final = 1
"""Test keys; the same in every campaign, so that a device with a memory knows them again."""
Defect = Callable[[RemoteParties, Applications], Applications]
"""Makes the applications of a device worse than they are."""


@dataclass(frozen=True, slots=True)
class DeviceDefect:
    """A defect that is none of a device's applications, but of its stack or its papers.

    Args:
        spoil: makes a device worse than it is, before it ever had power.
        says: what it does wrong, and against which clause.
    """

    spoil: Callable[[SmartEnergyDevice], None]
    says: str


def says(defect: Defect | DeviceDefect) -> str:
    """What a defect does wrong, and against which clause."""
    if isinstance(defect, DeviceDefect):
        return defect.says
    return (defect.__doc__ or "").strip()


class NotJoinedError(EnvironmentFault):
    """A device does not get into its home.

    Args:
        reason: how far it came.
        joined: whether it got onto the network, but agreed no key there.
    """

    def __init__(self, reason: str, *, joined: bool) -> None:
        super().__init__(reason)
        self.joined = joined


_IN_A_HUB: Final = {"CHF": "chf", "GPF": "gpf"}
_LOGGED_AS: Final = {
    DeviceKind.ESME: ESME,
    DeviceKind.GSME: GSME,
    DeviceKind.HCALCS: 13,
    DeviceKind.PPMID: 132,
}
"""Device types in CCS01 (GBCS use-case annex)."""
_REJOIN: Final = seconds(600)


class Reach(Enum):
    """How messages get to the device."""

    HAN = "han"
    """Through the hub and the emulated radio network."""
    DEVICE = "device"
    """At the device's own application, without a network: many times faster."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceUnderTest:
    """What is tested.

    Args:
        kind: of device.
        shipment: the home it is in.
        reach: how messages get to it.
        seed: of the laboratory.
        defect: what is wrong with it on purpose.
    """

    kind: DeviceKind
    shipment: Shipment
    reach: Reach = Reach.HAN
    seed: int = 1
    defect: Defect | DeviceDefect | None = None


class BenchedHome:
    """One device under test in its home.

    Args:
        tested: which device, and how it is reached.
        settings: how long it is waited for.

    Raises:
        UsageError: when the shipment has no such device.
        EnvironmentFault: when the device does not join.
    """

    def __init__(self, tested: DeviceUnderTest, settings: BenchSettings | None = None) -> None:
        self.settings = settings or BenchSettings()
        self.tested = tested
        line = _line(tested.shipment, tested.kind)
        shipment = _with_only(tested.shipment, line)
        self.lab = Lab(shipment, LabOptions(seed=tested.seed, name="bench"))
        self.keys = make_pki(
            PKI_SEED, [each.eui64 for each in shipment.devices], ORGANISATIONS
        ).keys
        self.eui64 = line.eui64
        remote = RemoteParties(keys=self.keys)
        self.lab.know(remote)
        home = self.lab.home()
        self._hub = home.hub
        self._device = next(
            (each for each in home.joiners if each.description.eui64 == line.eui64), home.hub
        )
        self._inbox: list[bytes] = []
        self.passages: list[Passage] = []
        if tested.defect is not None:
            _spoil(self._device, tested.defect, remote)
        self._listen()
        self._start(line)
        self._fresh = self._part.snapshot()
        self.lab.keep_only(self.settings.frames_kept)

    @property
    def in_the_hub(self) -> bool:
        """Whether the device is a function of the hub."""
        return self._device is self._hub

    @property
    def device(self) -> SmartEnergyDevice:
        """The device under test."""
        return self._device

    @property
    def hub(self) -> SmartEnergyDevice:
        """Its hub."""
        return self._hub

    @property
    def sleepy(self) -> bool:
        """Whether it sleeps between the times at which it fetches its messages."""
        return not self.in_the_hub and self._device.description.sleepy

    @property
    def patience(self) -> Duration:
        """How long an answer may take."""
        if self.tested.reach is Reach.DEVICE or self.in_the_hub:
            return Duration(0)
        sleepy = self._device.description.sleepy
        return self.settings.sleepy_answer if sleepy else self.settings.answer

    @property
    def silence(self) -> Duration:
        """How long an answer may still come after an alert."""
        return min(self.settings.silence, self.patience)

    @property
    def machine(self) -> RemotePartyMachine | None:
        """The device as remote parties know it; None where it is not ours to look into."""
        part = self._part
        return part if isinstance(part, RemotePartyMachine) else getattr(part, "machine", None)

    def reset(self) -> None:
        """Let the device be as it was when it had joined."""
        self._part.restore(self._fresh)
        self._inbox.clear()
        self.passages.clear()

    def send(self, octets: bytes) -> None:
        """Give the device a message, or anything else that is no message."""
        self.passages.append(Passage(self.lab.scheduler.now, to_device=True, octets=octets))
        if self.in_the_hub:
            self._hub.post(MessageIndication(octets, self.eui64))
        elif self.tested.reach is Reach.DEVICE:
            self._device.post(MessageIndication(octets))
        else:
            self._hub.post(SendThroughTunnel(self.eui64, octets))

    def receive_image(self, image: FirmwareImage) -> None:
        """Let the device hold an image as if it had come over the air."""
        self._device.post(ImageReceived(image))

    def bring(self, octets: bytes) -> None:
        """Something came up from the device."""
        self.passages.append(Passage(self.lab.scheduler.now, to_device=False, octets=octets))
        self._inbox.append(octets)

    def take(self) -> Sequence[bytes]:
        """What came up since this was last asked."""
        came = tuple(self._inbox)
        self._inbox.clear()
        return came

    def wait(self, duration: Duration, *, until_heard: bool = True) -> bool:
        """Let time pass until something comes up; whether something did."""
        scheduler = self.lab.scheduler
        if until_heard and self._inbox:
            return True
        stop = self._heard if until_heard else None
        return scheduler.run(later(scheduler.now, duration), stop=stop)

    def power_cycle(self) -> bool:
        """Take the device's power and give it back; whether it can be reached again."""
        self._device.power_off()
        self._device.power_on()
        if self.tested.reach is Reach.DEVICE or self.in_the_hub:
            return True
        scheduler = self.lab.scheduler
        return scheduler.run(later(scheduler.now, _REJOIN), stop=lambda: self._device.joined)

    def _heard(self) -> bool:
        return bool(self._inbox)

    @property
    def _part(self) -> Any:
        """The remote-party side of the device, by the name under which it is kept."""
        assembly = self._device.assembly
        name = _IN_A_HUB.get(self.tested.kind.value, "remote_parties")
        if assembly is None or name not in assembly.persistent:
            raise EnvironmentFault(f"{self._device.name} has no remote-party side")
        return assembly.persistent[name]

    def _listen(self) -> None:
        def told(sent: ToWan | MessageRequest) -> None:
            self.bring(sent.octets)

        if self.tested.reach is Reach.DEVICE and not self.in_the_hub:
            self._device.observe((MessageRequest,), told)
        else:
            self._hub.observe((ToWan,), told)

    def _start(self, line: ShipmentDevice) -> None:
        """Give it power, and in a network let it join."""
        if self.tested.reach is Reach.DEVICE:
            self._device.power_on()
            return
        home = self.lab.home()
        form_network(self.lab, home)
        if line.install_code is not None:
            code = line.install_code.octets
            number = _LOGGED_AS[self.tested.kind]
            self._hub.post(AdmitDevice(line.eui64, number, code, JOIN_WINDOW))
            self._device.power_on()
            try:
                finish_joining(self.lab, home, self._device)
            except LabError as fault:
                joined = self._device.joined
                raise NotJoinedError(str(fault), joined=joined) from fault
            if self._device.description.sleepy:
                self.wait(self.settings.mirror, until_heard=False)
        self._inbox.clear()


def _line(shipment: Shipment, kind: DeviceKind) -> ShipmentDevice:
    for line in shipment.devices:
        if line.type == kind.value:
            return line
    there = ", ".join(line.type for line in shipment.devices)
    raise UsageError(f"no {kind} to test; the shipment has {there}")


def _with_only(shipment: Shipment, line: ShipmentDevice) -> Shipment:
    """The hub and one device."""
    kept = tuple(each for each in shipment.devices if each is line or each.type in HUB_TYPES)
    return replace(shipment, devices=kept)


def _spoil(device: SmartEnergyDevice, defect: Defect | DeviceDefect, remote: RemoteParties) -> None:
    """Let every boot of a device have a defect."""
    if isinstance(defect, DeviceDefect):
        defect.spoil(device)
        return
    good = device.description.applications

    def spoilt(boot: Boot) -> Applications:
        return defect(remote, good(boot))

    device.description = replace(device.description, applications=spoilt)
