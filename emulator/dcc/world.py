"""What the DCC's machines share: users, inventory, registration, keys, counters, backups."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from emulator.dcc.alert_reading import GpfBackup, HubBackup
from emulator.dcc.checks.access_control import Registrations
from emulator.dcc.dated_updates import DatedUpdates
from emulator.dcc.inventory.inventory import Inventory
from emulator.dcc.inventory.records import DeviceRecord
from emulator.dcc.originators import Originators
from emulator.dcc.settings import DccSettings
from emulator.dcc.users import Users
from emulator.gbcs.protection.message_protection import Protection
from emulator.kernel.identity import Eui64
from emulator.kernel.units import Calendar, Instant


@dataclass(slots=True, kw_only=True)
class Backups:
    """What the DCC was told of devices and keeps beside the inventory.

    Args:
        hubs: device logs as hubs last told them, by CHF (GBCS CS14).
        gpfs: device logs as gas proxy functions last told them, by GPF (GBCS GCS62).
        variants: ESMEVariant of electricity meters, from their pre-notification (DUIS 5.4).
    """

    hubs: dict[Eui64, HubBackup] = field(default_factory=dict)
    gpfs: dict[Eui64, GpfBackup] = field(default_factory=dict)
    variants: dict[Eui64, str] = field(default_factory=dict)


def _no_coverage_known(parameters: Mapping[str, object]) -> object:
    """What a DCC without a coverage database answers to 12.1: nothing."""
    del parameters
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DccWorld:
    """What the DCC knows.

    Args:
        protection: with the keys of the access control broker and TransCoS, and the certificates
            of everybody.
        originators: who makes commands, with their counters.
        dated_updates: commands that replace credentials and wait on their devices.
        coverage: what the coverage database says to a request for it (SRV 12.1).
    """

    users: Users
    inventory: Inventory
    registrations: Registrations
    protection: Protection
    originators: Originators
    calendar: Calendar = field(default_factory=Calendar)
    settings: DccSettings = field(default_factory=DccSettings)
    backups: Backups = field(default_factory=Backups)
    dated_updates: DatedUpdates = field(default_factory=DatedUpdates)
    coverage: Callable[[Mapping[str, object]], object] = _no_coverage_known

    @property
    def name(self) -> Eui64:
        """The identifier that stands as target of requests for no device: the broker's."""
        return self.originators.broker

    def moment(self, now: Instant) -> datetime:
        """The UTC moment of an instant."""
        return self.calendar.moment(now)

    def protection_at(self, now: Instant) -> Protection:
        """The protection, with certificates held against their validity at an instant."""
        return replace(self.protection, moment=self.moment(now))

    def hub_of(self, device: DeviceRecord) -> Eui64 | None:
        """Through which hub a device is reached; a hub is its own."""
        return device.device if device.kind.value == "CHF" else device.hub
