"""A home under test: one hub and the devices of its shipment, each by the name of its type."""

from collections.abc import Iterator
from dataclasses import dataclass

from emulator.kernel.errors import UsageError
from emulator.lab.shipments.shipment import Shipment, ShipmentDevice
from emulator.smart_energy.device import SmartEnergyDevice
from emulator.smart_energy.primitives import PermitJoin, Register
from emulator.zigbee.aps.primitives import KeyOrigin


@dataclass(frozen=True, slots=True)
class Home:
    """The devices of one shipment.

    Args:
        hub: coordinator and trust centre, CHF and GPF in one.
        joiners: everything that joins it, in the shipment's order.
        shipment: what the trust centre is told of them.
    """

    hub: SmartEnergyDevice
    joiners: tuple[SmartEnergyDevice, ...]
    shipment: Shipment

    @property
    def devices(self) -> tuple[SmartEnergyDevice, ...]:
        """The hub and every joiner."""
        return (self.hub, *self.joiners)

    def device(self, name: str) -> SmartEnergyDevice:
        """The device of that name, or the first of that type.

        Raises:
            UsageError: when the shipment has none.
        """
        for device in self.devices:
            if name in (device.name, device.description.kind):
                return device
        there = ", ".join(each.name for each in self.devices)
        raise UsageError(f"this scenario needs {name}; the shipment has {there}")

    def shipped(self, device: SmartEnergyDevice) -> ShipmentDevice:
        """The shipment's line for a device."""
        return next(
            line for line in self.shipment.devices if line.eui64 == device.description.eui64
        )

    def register(self, *devices: SmartEnergyDevice) -> None:
        """Tell the trust centre the install codes that the shipment has for these devices."""
        for device in devices:
            code = self.shipped(device).install_code
            if code is not None and not device.remembers:
                self.hub.post(Register(device.description.eui64, code))

    def permit_join(self, seconds: int) -> None:
        """Let registered devices join for some seconds; 0 closes the network."""
        self.hub.post(PermitJoin(seconds))

    def __iter__(self) -> Iterator[SmartEnergyDevice]:
        return iter(self.devices)


def has_agreed_key(device: SmartEnergyDevice) -> bool:
    """Whether a device shares a link key from CBKE with its trust centre."""
    return device.joined and device.link_key_origin is KeyOrigin.CBKE
