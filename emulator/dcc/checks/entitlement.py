"""Who may act for a device: registration data of its supply point (DUIS response code E4)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

from emulator.dcc.inventory.device_kinds import SMART_METERS
from emulator.dcc.inventory.inventory import Inventory
from emulator.dcc.inventory.records import DeviceRecord
from emulator.dcc.registration import Registration, Responsibility
from emulator.dcc.users import UserRole
from emulator.kernel.identity import Eui64

_REGISTERED: Final = MappingProxyType({each.value: each for each in Responsibility})
"""The user roles that registration data speak of."""


@dataclass(frozen=True, slots=True)
class Entitlement:
    """Registration data, asked by device.

    A device with a supply point of its own is asked by that. Any other, like a display or the hub,
    belongs to every supply point of its smart metering system; no source says more.
    """

    registration: Registration
    inventory: Inventory

    def entitled(self, user: Eui64, role: UserRole, device: Eui64, moment: datetime) -> bool | None:
        """Whether a user has a role for a device at a moment; None where nothing tells.

        Nothing tells for agents and other users, whom registration data do not name, nor for a
        device whose supply point is not known.
        """
        wanted = _REGISTERED.get(role.value)
        record = self.inventory.device(device)
        if wanted is None or record is None:
            return None
        holders = {
            self.registration.responsible(mpxn, wanted, moment)
            for mpxn in self._mpxns(record, wanted)
            if self.registration.fuel(mpxn) is not None
        }
        return user in holders if holders else None

    def _mpxns(self, record: DeviceRecord, role: Responsibility) -> Iterator[str]:
        """The supply points that a device belongs to, for a role."""
        system: tuple[DeviceRecord, ...] = (record,)
        if record.kind not in SMART_METERS:
            hub = record.device if record.hub is None else record.hub
            system = (record, *self.inventory.by_hub(hub))
        for each in system:
            exports = role is Responsibility.EXPORT_SUPPLIER
            number = each.export_mpxn if exports else each.mpxn
            if number:
                yield number
