"""A Smart Energy device: a radio, the stack, its applications, and what it keeps without power.

The device decides nothing itself. `power_on` builds every machine anew from the description and
from memory; `power_off` keeps what a real device keeps in non-volatile storage.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Protocol

from emulator.kernel.errors import LabError, UsageError
from emulator.kernel.identity import Eui64
from emulator.kernel.machine import Machine
from emulator.kernel.node import Node
from emulator.kernel.scheduler import Scheduler
from emulator.kernel.streams import Streams
from emulator.kernel.trace import Trace
from emulator.kernel.units import Calendar
from emulator.radio.bands import Band
from emulator.radio.port import (
    Radio,
    RadioConfigure,
    RadioEnergyScan,
    RadioPending,
    RadioTransmit,
)
from emulator.smart_energy.facts import PowerChanged
from emulator.smart_energy.keys.credentials import Credentials
from emulator.smart_energy.network.second_radio import commands_of, events_for
from emulator.smart_energy.primitives import Reading
from emulator.zcl.endpoint import EndpointDefinition
from emulator.zigbee.addresses import SMART_ENERGY_PROFILE, Endpoint, NwkAddress
from emulator.zigbee.aps.primitives import ApsmeSetLinkKeyRequest, KeyOrigin
from emulator.zigbee.mac.interfaces import SecondRadioCommand
from emulator.zigbee.mac.primitives import CapabilityInformation
from emulator.zigbee.nwk.primitives import DeviceType, NlmeSetKeyRequest

KnownKey = NlmeSetKeyRequest | ApsmeSetLinkKeyRequest


class PoweredRadio(Radio, Protocol):
    """A radio that loses what it knew when its supply is switched off."""

    def power(self, *, on: bool) -> None:
        """Switch the supply."""
        ...


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a device finds around it.

    Args:
        radio: makes the radio of a device, given its name.
        second_radio: makes the radio below 1 GHz of a dual-band hub.
    """

    scheduler: Scheduler
    streams: Streams
    trace: Trace
    calendar: Calendar
    radio: Callable[[str], PoweredRadio]
    second_radio: Callable[[str], PoweredRadio] | None = None


class Persistent(Protocol):
    """Something that survives a power cycle."""

    def snapshot(self) -> dict[str, Any]:
        """Its state as JSON knows it."""
        ...

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take back what `snapshot` gave."""
        ...


@dataclass(frozen=True, slots=True)
class Applications:
    """What runs on a device above the stack.

    Args:
        machines: in the order in which they hear of an event.
        persistent: what of them survives a power cycle, by names that no other part has.
        unheard: what they tell whether or not another machine listens.
    """

    machines: tuple[Machine, ...] = ()
    persistent: Mapping[str, Persistent] = field(default_factory=dict)
    unheard: tuple[type, ...] = ()

    def beside(self, others: "Applications") -> "Applications":
        """These, and after them the others."""
        return Applications(
            (*self.machines, *others.machines),
            {**self.persistent, **others.persistent},
            (*self.unheard, *others.unheard),
        )


def no_applications(_boot: "Boot") -> Applications:
    """What a device has that is nothing but its stack and its keys."""
    return Applications()


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceDescription:
    """What a device is, before it ever had power.

    Args:
        name: as traces and reports call it.
        kind: the shipment's word for it (`ESME`, `GSME` ...).
        link_key: what its install code gives; None for a hub.
        readings: what it reads at a partner once they share a link key.
        partner_readings: what it reads at a partner whose key the hub made.
        open_to_partners: takes every such key, for want of a device log.
        shows_home: is a display, which reads what supplies tell.
        bands: where it has a radio; two only at a dual-band hub.
        applications: builds the applications of a boot, besides those every such device has.
    """

    name: str
    kind: str
    eui64: Eui64
    device_type: DeviceType
    endpoints: tuple[EndpointDefinition, ...]
    credentials: Credentials
    link_key: bytes | None = None
    sleepy: bool = False
    readings: tuple[Reading, ...] = ()
    partner_readings: tuple[Reading, ...] = ()
    open_to_partners: bool = False
    shows_home: bool = False
    bands: tuple[Band, ...] = (Band.GHZ_2_4,)
    applications: "Callable[[Boot], Applications]" = no_applications

    @property
    def asking_endpoint(self) -> Endpoint:
        """Its first endpoint of Smart Energy: from which it asks others."""
        of_ours = (each for each in self.endpoints if each.profile == SMART_ENERGY_PROFILE)
        return next(of_ours, self.endpoints[0]).endpoint

    @property
    def capability(self) -> CapabilityInformation:
        """What it says of itself when it joins."""
        return CapabilityInformation(
            full_function_device=self.device_type is not DeviceType.END_DEVICE,
            mains_powered=not self.sleepy,
            rx_on_when_idle=not self.sleepy,
        )


class Assembly(Protocol):
    """The machines of one boot of a device."""

    @property
    def machines(self) -> Sequence[Machine]:
        """Every machine, in the order in which they hear of an event."""
        ...

    @property
    def unheard(self) -> Sequence[type]:
        """What its layers tell whether or not an application listens."""
        ...

    @property
    def persistent(self) -> Mapping[str, Persistent]:
        """What survives a power cycle, by name."""
        ...

    @property
    def member(self) -> bool:
        """Whether it has a network, on which it is or to which it would come back."""
        ...

    @property
    def joined(self) -> bool:
        """Whether the device is on the network, with its key."""
        ...

    @property
    def nwk_address(self) -> NwkAddress | None:
        """Its short address, None without one."""
        ...

    @property
    def parent(self) -> Eui64 | None:
        """The device through which it is on the network."""
        ...

    @property
    def link_key_origin(self) -> KeyOrigin | None:
        """Where the link key it shares with the trust centre comes from."""
        ...

    @property
    def suite(self) -> int | None:
        """The suite under which that key was agreed, None when it was not."""
        ...

    @property
    def hub(self) -> Eui64 | None:
        """The hub that gave it the network key, None before."""
        ...

    @property
    def keys(self) -> Sequence[KnownKey]:
        """Every key it holds, as the requests that would install them."""
        ...

    def first_events(self, *, restored: bool) -> Sequence[object]:
        """What the device does by itself when it gets power."""
        ...


@dataclass(frozen=True, slots=True)
class Boot:
    """What one boot of a device is built from; `handles` are unique within it."""

    description: DeviceDescription
    surroundings: Surroundings
    number: int
    handles: "count[int]"

    def stream(self, purpose: str) -> Any:
        """A random stream of this boot: a rebooted device does not repeat its draws."""
        return self.surroundings.streams.stream(f"{self.description.name}#{self.number}", purpose)


class SmartEnergyDevice:
    """One physical device.

    Args:
        description: what it is.
        surroundings: where it is.
        assemble: builds the machines of a boot.
    """

    def __init__(
        self,
        description: DeviceDescription,
        surroundings: Surroundings,
        assemble: Callable[[Boot], Assembly],
    ) -> None:
        self.description = description
        self._surroundings = surroundings
        self.assemble = assemble
        """Builds the machines of the next boot."""
        self._radios = _radios(description, surroundings)
        for radio in self._radios:
            radio.power(on=False)
        self._boots, self._memory = 0, dict[str, Any]()
        self._sinks: dict[type, Callable[[Any], None]] = {}
        self._node: Node | None = None
        self.assembly: Assembly | None = None

    @property
    def name(self) -> str:
        """As traces and reports call it."""
        return self.description.name

    @property
    def powered(self) -> bool:
        """Whether it has power."""
        return self._node is not None

    @property
    def remembers(self) -> bool:
        """Whether it keeps a network of an earlier life, to which it comes back with power."""
        return bool(self._memory.get("member"))

    @property
    def joined(self) -> bool:
        """Whether it is on the network, with the network key."""
        return self.assembly is not None and self.assembly.joined

    @property
    def link_key_origin(self) -> KeyOrigin | None:
        """Where the link key it shares with the trust centre comes from; None without power."""
        return None if self.assembly is None else self.assembly.link_key_origin

    @property
    def suite(self) -> int | None:
        """The suite under which that key was agreed; None without power or without such a key."""
        return None if self.assembly is None else self.assembly.suite

    @property
    def hub(self) -> Eui64 | None:
        """The hub that gave it the network key; None without power."""
        return None if self.assembly is None else self.assembly.hub

    @property
    def nwk_address(self) -> NwkAddress | None:
        """Its short address."""
        return None if self.assembly is None else self.assembly.nwk_address

    @property
    def parent(self) -> Eui64 | None:
        """The device through which it is on the network."""
        return None if self.assembly is None else self.assembly.parent

    def observe(self, kinds: Sequence[type], sink: Callable[[Any], None]) -> None:
        """Show `sink` every effect of these types, from the next boot on."""
        for kind in kinds:
            self._sinks[kind] = sink

    def power_on(self) -> None:
        """Give it power; what it then does by itself begins now."""
        if self._node is not None:
            return
        self._boots += 1
        assembly = self._assembled(self._memory)
        node = Node(
            self.name, assembly.machines, self._surroundings.scheduler, self._surroundings.trace
        )
        commands = (RadioConfigure, RadioTransmit, RadioPending, RadioEnergyScan)
        node.connect(assembly.unheard, _ignore)
        first, *second = self._radios
        node.connect(commands, first.command)
        for kind, sink in self._sinks.items():
            node.connect((kind,), sink)
        first.connect(node.post)
        for radio in second:
            node.connect((SecondRadioCommand,), commands_of(radio))
            radio.connect(events_for(node))
        for radio in self._radios:
            radio.power(on=True)
        self._node, self.assembly = node, assembly
        self._note(on=True)
        for key in assembly.keys:
            self._sinks.get(type(key), _ignore)(key)
        for event in assembly.first_events(restored=bool(self._memory)):
            node.post(event)

    def _assembled(self, memory: Mapping[str, Any]) -> Assembly:
        boot = Boot(self.description, self._surroundings, self._boots, count(1))
        assembly = self.assemble(boot)
        if memory:
            for name, part in assembly.persistent.items():
                part.restore(memory[name])
        return assembly

    def power_off(self) -> None:
        """Take its power; only what it keeps in non-volatile storage remains."""
        if self._node is None:
            return
        self._memory = self.snapshot()
        self._node.stop()
        for radio in self._radios:
            radio.power(on=False)
        self._node = self.assembly = None
        self._note(on=False)

    def post(self, event: object) -> None:
        """Let something happen at the device; without power nothing does."""
        if self._node is not None:
            self._node.post(event)

    def snapshot(self) -> dict[str, Any]:
        """What it would keep if it lost power now, as JSON knows it."""
        if self.assembly is None:
            return self._memory
        kept = {name: part.snapshot() for name, part in self.assembly.persistent.items()}
        return {**kept, "boots": self._boots, "member": self.assembly.member}

    def remember(self, memory: Mapping[str, Any]) -> None:
        """Take a snapshot as its memory, before it gets power.

        Raises:
            UsageError: when it is no snapshot of such a device.
        """
        boots = memory.get("boots", 0)
        try:
            self._assembled(memory)
        except (AttributeError, IndexError, KeyError, TypeError, ValueError, LabError) as fault:
            raise UsageError(f"{self.name}: no memory of such a device: {fault!r}") from fault
        if not isinstance(boots, int):
            raise UsageError(f"{self.name}: no memory of such a device: boots {boots!r}")
        self._memory = dict(memory)
        self._boots = boots

    def _note(self, *, on: bool) -> None:
        scheduler = self._surroundings.scheduler
        self._surroundings.trace.add(scheduler.now, self.name, PowerChanged(on))


def _radios(description: DeviceDescription, surroundings: Surroundings) -> tuple[PoweredRadio, ...]:
    first = surroundings.radio(description.name)
    if len(description.bands) == 1:
        return (first,)
    if surroundings.second_radio is None:
        raise UsageError(f"{description.name}: nothing around it has a radio below 1 GHz")
    return (first, surroundings.second_radio(description.name))


def _ignore(_effect: object) -> None:
    """What happens to news that nobody in this device waits for."""
