"""A device whose machines, memory or papers are not as they should be."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from emulator.kernel.identity import Eui64
from emulator.kernel.machine import Machine
from emulator.smart_energy.device import (
    Assembly,
    Boot,
    DeviceDescription,
    KnownKey,
    Persistent,
    SmartEnergyDevice,
)
from emulator.zigbee.addresses import NwkAddress
from emulator.zigbee.aps.primitives import KeyOrigin


def same_machine(machine: Machine) -> Machine:
    """The machine."""
    return machine


def same_part(_: str, part: Persistent) -> Persistent:
    """The part."""
    return part


@dataclass(frozen=True, slots=True)
class Assembled:
    """The machines of one boot, some of them others than in the good device.

    Args:
        good: the assembly of the good device.
        machine: what stands in the place of a machine.
        part: what stands in the place of a part that survives a loss of power, by its name.
    """

    good: Assembly
    machine: Callable[[Machine], Machine] = same_machine
    part: Callable[[str, Persistent], Persistent] = same_part

    @property
    def machines(self) -> Sequence[Machine]:
        """Every machine, with those that took another's place."""
        return tuple(map(self.machine, self.good.machines))

    @property
    def unheard(self) -> Sequence[type]:
        """As in the good device; also everything below."""
        return self.good.unheard

    @property
    def persistent(self) -> Mapping[str, Persistent]:
        """What survives a loss of power."""
        return {name: self.part(name, each) for name, each in self.good.persistent.items()}

    @property
    def member(self) -> bool:
        """Whether it has a network."""
        return self.good.member

    @property
    def joined(self) -> bool:
        """Whether it is on it."""
        return self.good.joined

    @property
    def nwk_address(self) -> NwkAddress | None:
        """Its short address."""
        return self.good.nwk_address

    @property
    def parent(self) -> Eui64 | None:
        """Its parent."""
        return self.good.parent

    @property
    def link_key_origin(self) -> KeyOrigin | None:
        """Where its link key is from."""
        return self.good.link_key_origin

    @property
    def suite(self) -> int | None:
        """The suite under which that was agreed."""
        return self.good.suite

    @property
    def hub(self) -> Eui64 | None:
        """Its hub."""
        return self.good.hub

    @property
    def keys(self) -> Sequence[KnownKey]:
        """Its keys."""
        return self.good.keys

    def first_events(self, *, restored: bool) -> Sequence[object]:
        """What it does by itself when it gets power."""
        return self.good.first_events(restored=restored)


def assembled(
    device: SmartEnergyDevice,
    *,
    machine: Callable[[Machine], Machine] = same_machine,
    part: Callable[[str, Persistent], Persistent] = same_part,
) -> None:
    """Let every boot of a device have other machines, or another memory."""
    good = device.assemble

    def assemble(boot: Boot) -> Assembly:
        return Assembled(good(boot), machine, part)

    device.assemble = assemble


def described(device: SmartEnergyDevice, **papers: Any) -> None:
    """Let a device be other than its maker meant it to be."""
    description: DeviceDescription = device.description
    device.description = replace(description, **papers)


class Filtered:
    """A machine that does not hear everything, or whose effects do not all count.

    Args:
        machine: the good one.
        hears: whether it hears of an event.
        does: whether an effect of it counts.
        later: when it is woken, given when it wants to be.
    """

    def __init__(
        self,
        machine: Machine,
        *,
        hears: Callable[[object], bool] = lambda _: True,
        does: Callable[[object], bool] = lambda _: True,
    ) -> None:
        self.machine = machine
        self.accepts = machine.accepts
        self._hears = hears
        self._does = does

    @property
    def deadline(self) -> Any:
        """That of the good one."""
        return self.machine.deadline

    def handle(self, event: object, now: Any) -> Sequence[object]:
        """What follows from an event."""
        if not self._hears(event):
            return ()
        return self._counting(self.machine.handle(event, now))

    def wake(self, now: Any) -> Sequence[object]:
        """What is due."""
        return self._counting(self.machine.wake(now))

    def _counting(self, effects: Sequence[object]) -> Sequence[object]:
        return [each for each in effects if self._does(each)]
