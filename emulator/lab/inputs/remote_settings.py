"""Every room of settings beyond the hub, under the names by which a run can change them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace

from emulator.dcc.incidents.settings import IncidentSettings
from emulator.dcc.inventory.settings import InventorySettings
from emulator.dcc.settings import AssumedCodes, DccSettings, ResponseTimes, Traffic, WanSettings
from emulator.dcc.working_days import CalendarSettings
from emulator.gbcs_device.settings import RemotePartySettings
from emulator.kernel.settings import setting, unverified
from emulator.lab.inputs.settlement_settings import SettlementSettings


@dataclass(frozen=True, slots=True)
class DatabaseSettings:
    """Where the inventory is."""

    url: str = setting(
        "",
        source="hanlab: empty for SQLite, in the folder of --state or in memory; "
        "postgresql+psycopg://USER@HOST/NAME for a server",
    )


@dataclass(frozen=True, slots=True)
class RemoteSettings:
    """The settings of the DCC, of what devices make of its messages, and of people's calendars."""

    remote_party: RemotePartySettings = field(default_factory=RemotePartySettings)
    dcc: DccSettings = field(default_factory=DccSettings)
    dcc_times: ResponseTimes = field(default_factory=ResponseTimes)
    dcc_codes: AssumedCodes = field(default_factory=AssumedCodes)
    dcc_traffic: Traffic = field(default_factory=Traffic)
    wan: WanSettings = field(default_factory=WanSettings)
    inventory: InventorySettings = field(default_factory=InventorySettings)
    database: DatabaseSettings = field(default_factory=DatabaseSettings)
    incident: IncidentSettings = field(default_factory=IncidentSettings)
    working_days: CalendarSettings = field(default_factory=CalendarSettings)
    settlement: SettlementSettings = field(default_factory=SettlementSettings)

    @property
    def whole_dcc(self) -> DccSettings:
        """The DCC's settings with the rooms that belong to it."""
        return replace(
            self.dcc,
            times=self.dcc_times,
            codes=self.dcc_codes,
            traffic=self.dcc_traffic,
            wan=self.wan,
        )

    def unverified(self) -> Iterator[str]:
        """The settings that no source proves, as `room.setting`."""
        for room in fields(self):
            for name in unverified(getattr(self, room.name)):
                yield f"{room.name}.{name}"


def remote_rooms() -> Mapping[str, type]:
    """The settings dataclass of each room."""
    return {each.name: each.type for each in fields(RemoteSettings) if isinstance(each.type, type)}
