"""A home on the bench: a hub, and a device under test that is emulated or really there.

In service mode `gfi` there is no SM WAN and no simulation of one (SEC H14.51, H14.52): messages
enter at the hub, as if it had taken them from the WAN, and what devices send up is read there. The
other modes are in `emulator.bench.running.ways`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any, Final

from emulator.bench.cases.checks import Check
from emulator.bench.running.defects import Defect, DeviceDefect, NotJoinedError, spoil
from emulator.bench.running.itch_wire import ItchWire
from emulator.bench.running.operator import Nobody, OperatorStep
from emulator.bench.running.outside import Outside
from emulator.bench.running.passage import Passage
from emulator.bench.running.settings import BenchSettings
from emulator.bench.running.wakefulness import Wakefulness
from emulator.bench.running.ways import (
    Down,
    ServiceMode,
    at_application,
    by_wire,
    end_to_end,
    without_wan,
)
from emulator.equipment.hub_router import ESME, GSME
from emulator.equipment.request import RemoteParties
from emulator.gbcs.pki import make_pki
from emulator.gbcs.protection.key_store import KeyStore
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.gbcs_device.firmware import ImageReceived
from emulator.gbcs_device.primitives import AdmitDevice
from emulator.gbcs_device.remote_party_machine import RemotePartyMachine
from emulator.kernel.errors import EnvironmentFault, LabError, UsageError
from emulator.kernel.trace import Record
from emulator.kernel.units import Duration, later, seconds
from emulator.lab.home.home import Home
from emulator.lab.home.join_diagnosis import diagnosis
from emulator.lab.installing.commissioning import JOIN_WINDOW, finish_joining, form_network
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.shipment import HUB_TYPES, Shipment, ShipmentDevice
from emulator.lab.world.parties import ORGANISATIONS
from emulator.lab.world.remote_side import RemoteSide
from emulator.smart_energy.device import SmartEnergyDevice
from emulator.smart_energy.facts import KeyEstablished

PKI_SEED: Final = 1
"""Test keys; the same in every campaign, so that a device with a memory knows them again."""
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
        mode: which testing service the bench plays.
        outside: how a device is reached that is not emulated; None for one that is.
        name: as reports call it; its kind where empty.
    """

    kind: DeviceKind
    shipment: Shipment
    reach: Reach = Reach.HAN
    seed: int = 1
    defect: Defect | DeviceDefect | None = None
    mode: ServiceMode = ServiceMode.GFI
    outside: Outside | None = None
    name: str = ""


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
        self.lab = Lab(shipment, _options(tested))
        side = self.lab.remote_side() if tested.mode is ServiceMode.END_TO_END else None
        self.keys = _keys(tested, shipment, side)
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
            spoil(self._device, tested.defect, remote)
        self._keyed = False
        self._down = self._way(side)
        self._start(line, side)
        asked = self.sleepy and tested.reach is Reach.HAN and not self.wired
        self._wakefulness = (
            Wakefulness(self.lab, self._hub, self.eui64, self.settings) if asked else None
        )
        self._fresh = None if tested.outside else self._part.snapshot()
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
    def wired(self) -> bool:
        """Whether the device is behind a test hub on a wire, and no hub is ours."""
        return self.tested.outside is not None and self.tested.outside.wire is not None

    @property
    def patience(self) -> Duration:
        """How long an answer may take."""
        emulated = self.tested.mode is not ServiceMode.END_TO_END and not self.wired
        if emulated and (self.tested.reach is Reach.DEVICE or self.in_the_hub):
            return Duration(0)
        if not self._device.description.sleepy:
            return self.settings.answer
        awake = self._wakefulness is not None and self._wakefulness.awake
        return self.settings.awake_answer if awake else self.settings.sleepy_answer

    @property
    def silence(self) -> Duration:
        """How long an answer may still come after an alert."""
        return min(self.settings.silence, self.patience)

    @property
    def machine(self) -> RemotePartyMachine | None:
        """The device as remote parties know it; None where it is not ours to look into."""
        if self.tested.outside is not None:
            return None
        part = self._part
        return part if isinstance(part, RemotePartyMachine) else getattr(part, "machine", None)

    def prepare(self, check: Check) -> None:
        """Let a device on battery stay awake for the cases that are not about its sleep."""
        if self._wakefulness is not None:
            self._wakefulness.prepare(check)

    def reset(self) -> None:
        """Let an emulated device be as it was when it had joined; others go on as they are."""
        if self._fresh is not None:
            self._part.restore(self._fresh)
        self._inbox.clear()
        self.passages.clear()

    def send(self, octets: bytes) -> None:
        """Give the device a message, or anything else that is no message."""
        self.passages.append(Passage(self.lab.scheduler.now, to_device=True, octets=octets))
        self._down(octets)

    def receive_image(self, octets: bytes, version: bytes) -> None:
        """Let an image file of an announced version be there as if it had come over the air."""
        self._device.post(ImageReceived(octets, version))

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
        # Asked after every action: how much came in is known without a function of ours.
        stop = self._inbox.__len__ if until_heard else None
        return scheduler.run(later(scheduler.now, duration), stop=stop)

    def await_answer(self) -> bool:
        """Let time pass until something comes up, as long as an answer may take; whether it did.

        A device that was awake, and did not come twice meanwhile, may not have fetched anything: it
        is waited for until it did or, once it sleeps, as long as one that sleeps.
        """
        scheduler, wakefulness = self.lab.scheduler, self._wakefulness
        began = scheduler.now
        if self.wait(self.patience):
            return True
        while wakefulness is not None and wakefulness.awake:
            if wakefulness.came_twice(began):
                return False
            if self.wait(self.settings.silence):
                return True
        left = 0 if wakefulness is None else began + self.settings.sleepy_answer - scheduler.now
        return self.wait(Duration(left)) if left > 0 else False

    def power_cycle(self) -> bool:
        """Take the device's power and give it back; whether it can be reached again.

        A device that is really there is switched by the operator.
        """
        outside = self.tested.outside
        if outside is not None:
            words = "take its power, wait 10 s, and give it back"
            if self.operate("power-cycle", words) is None:
                return False
            if not outside.rehearsed:
                return True
        self._device.power_off()
        self._device.power_on()
        if self.tested.reach is Reach.DEVICE or self.in_the_hub:
            return True
        scheduler = self.lab.scheduler
        return scheduler.run(later(scheduler.now, _REJOIN), stop=lambda: self._device.joined)

    @property
    def _part(self) -> Any:
        """The remote-party side of the device, by the name under which it is kept."""
        assembly = self._device.assembly
        name = _IN_A_HUB.get(self.tested.kind.value, "remote_parties")
        if assembly is None or name not in assembly.persistent:
            raise EnvironmentFault(f"{self._device.name} has no remote-party side")
        return assembly.persistent[name]

    def _way(self, side: RemoteSide | None) -> Down:
        """How messages get to the device, and what it sends gets here."""
        if self.tested.reach is Reach.DEVICE and not self.in_the_hub:
            return at_application(self._device, self.bring)
        if side is not None:
            return end_to_end(side, self._hub, self.bring)
        outside = self.tested.outside
        if outside is not None and outside.wire is not None:
            wire = ItchWire(outside.wire, self.lab.scheduler, self.bring)
            wire.open(self.lab.world.outside.lines)
            return wire.down
        if self.tested.mode is ServiceMode.ITCH:
            return by_wire(self._hub, self.bring)
        return without_wan(self._hub, self.eui64, self.bring, in_the_hub=self.in_the_hub)

    def _start(self, line: ShipmentDevice, side: RemoteSide | None) -> None:
        """Give it power, and in a network let it join; behind an ITCH it is on its network."""
        if self.wired:
            return
        if self.tested.reach is Reach.DEVICE and side is None:
            self._device.power_on()
            return
        home = self.lab.home()
        form_network(self.lab, home)
        if side is not None:
            side.connect(self._hub)
        if line.install_code is not None:
            code = line.install_code.octets
            number = _LOGGED_AS.get(self.tested.kind)
            if number is None:
                raise EnvironmentFault(
                    f"which type a hub logs a {self.tested.kind} as is not known: "
                    "it is reached by 'device' only"
                )
            self._hub.post(AdmitDevice(line.eui64, number, code, JOIN_WINDOW))
            self._join(home)
            if self._device.description.sleepy:
                self.wait(self.settings.mirror, until_heard=False)
        self._inbox.clear()
        self.passages.clear()

    def _join(self, home: Home) -> None:
        """The device comes to the network.

        Raises:
            EnvironmentFault: when one that is really there does not come in time.
        """
        outside = self.tested.outside
        if outside is None:
            self._device.power_on()
            try:
                finish_joining(self.lab, home, self._device)
            except LabError as fault:
                joined = self._device.joined
                raise NotJoinedError(str(fault), joined=joined) from fault
            return
        self.lab.trace.listen(self._note_key)
        scheduler = self.lab.scheduler
        self.operate("power-on", f"give it power: joining is open for {JOIN_WINDOW} s")
        if outside.rehearsed:
            self._device.power_on()
        until = later(scheduler.now, seconds(JOIN_WINDOW))
        if not self._keyed and not scheduler.run(until, stop=lambda: self._keyed):
            why = diagnosis(self.lab.trace, self._device.name, self.eui64)
            reason = f"{self.name} did not join in {JOIN_WINDOW} s: {why}"
            raise NotJoinedError(reason, joined=False)

    def _note_key(self, record: Record) -> None:
        """The hub tells of a link key that it agreed with the device."""
        fact = record.fact
        if isinstance(fact, KeyEstablished) and fact.partner == self.eui64:
            self._keyed |= record.node == self._hub.name

    def operate(self, action: str, words: str) -> str | None:
        """Have something done by hand; what was answered, None where it was not done."""
        outside = self.tested.outside
        operator = Nobody() if outside is None else outside.operator
        return operator.do(OperatorStep(action, self.name, words))

    @property
    def name(self) -> str:
        """What the device is called."""
        return self.tested.name or self.tested.kind.value


def _options(tested: DeviceUnderTest) -> LabOptions:
    outside = tested.outside
    if outside is None:
        return LabOptions(seed=tested.seed, name="bench")
    return LabOptions(seed=tested.seed, name="bench", radios=outside.radios, speed=outside.speed)


def _keys(tested: DeviceUnderTest, shipment: Shipment, side: RemoteSide | None) -> KeyStore:
    """The keys of everybody: the user's for a device that has its own, else test keys."""
    if tested.outside is not None and tested.outside.keys is not None:
        return tested.outside.keys
    if side is not None:
        return side.pki.keys
    return make_pki(PKI_SEED, [each.eui64 for each in shipment.devices], ORGANISATIONS).keys


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
