"""Install codes held in the inventory (MP281, a proposal whose decision was not at hand).

A device that was never commissioned often has no supply point in the inventory, so the reader
names one; that the device is there cannot be checked then, which each answer says.
"""

from dataclasses import dataclass
from datetime import datetime

from emulator.dcc.incidents.records import IncidentRefusal
from emulator.dcc.incidents.settings import IncidentSettings
from emulator.dcc.inventory.inventory import Inventory
from emulator.dcc.inventory.records import InventoryRefusal
from emulator.dcc.inventory.statuses import Certainty
from emulator.dcc.registration import Registration
from emulator.kernel.identity import Eui64, format_eui64


@dataclass(frozen=True, slots=True)
class HeldCode:
    """An install code as the inventory gives it.

    Args:
        association_known: whether the inventory itself knew the supply point of the device.
    """

    device: Eui64
    install_code: bytes
    association_known: bool


class HeldCodes:
    """Reads and writes install codes in the inventory."""

    def __init__(
        self,
        inventory: Inventory,
        registration: Registration,
        settings: IncidentSettings | None = None,
    ) -> None:
        self.settings = settings or IncidentSettings()
        self._inventory = inventory
        self._registration = registration

    def hold(self, user: Eui64, device: Eui64, code: bytes) -> IncidentRefusal | None:
        """Keep the code of a device, as the user says that pre-notified it."""
        known = self._inventory.device(device)
        if known is not None and known.notifier != user:
            reason = f"{format_eui64(user)} did not pre-notify {format_eui64(device)}"
            return IncidentRefusal(
                "MP281: the code comes with the pre-notification", reason, Certainty.INFERRED
            )
        refused = self._inventory.keep_install_code(device, code)
        if isinstance(refused, InventoryRefusal):
            return IncidentRefusal(refused.clause, refused.reason, refused.certainty)
        return None

    def read(
        self, reader: Eui64, device: Eui64, mpxn: str, moment: datetime
    ) -> HeldCode | IncidentRefusal:
        """The code of a device at a supply point, for its supplier at that moment."""
        known = self._inventory.device(device)
        if known is None:
            return IncidentRefusal(
                "DUIS: the device ID does not exist", f"{format_eui64(device)} is not listed"
            )
        clause = "MP281: the code is for the Responsible Supplier"
        if self.settings.reader_must_be_responsible:
            if known.mpxn and known.mpxn != mpxn:
                reason = f"the device is at {known.mpxn}, not {mpxn}"
                return IncidentRefusal(clause, reason, Certainty.INFERRED)
            if self._registration.supplier(mpxn, moment) != reader:
                reason = f"{format_eui64(reader)} is not the supplier of {mpxn}"
                return IncidentRefusal(clause, reason, Certainty.INFERRED)
        code = self._inventory.install_code(device)
        if code is None:
            reason = "no code is held for the device"
            return IncidentRefusal("MP281: a code is held", reason, Certainty.INFERRED)
        return HeldCode(device, code, association_known=bool(known.mpxn))
