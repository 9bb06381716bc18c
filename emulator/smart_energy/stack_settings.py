"""Every room of settings of a node, under the names by which a run can change them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Final

from emulator.kernel.settings import unverified
from emulator.metering.prepayment.manual_entry import ManualEntrySettings
from emulator.metering.prepayment.token_settings import TokenSettings
from emulator.radio.access_settings import DutyCycleSettings, ListenBeforeTalkSettings
from emulator.radio.propagation.settings import PropagationSettings
from emulator.radio.settings import (
    AirSettings,
    CsmaSettings,
    ReceiverSettings,
    ReceptionSettings,
)
from emulator.smart_energy.mirror.settings import MirrorSettings
from emulator.smart_energy.ota.settings import OtaSettings
from emulator.smart_energy.settings import (
    AgilitySettings,
    ClockSettings,
    DisplaySettings,
    ElectricityMeterSettings,
    EventLogSettings,
    FormationSettings,
    GasMeterSettings,
    HubSettings,
    InterviewSettings,
    JoinerSettings,
    KeepAliveSettings,
    KeyEstablishmentSettings,
    LoadControllerSettings,
    LoadControlSettings,
    PartnerLinkSettings,
    PollSettings,
    SubGhzSettings,
    TrustCentreSettings,
)
from emulator.smart_energy.tunnel.settings import TunnelSettings
from emulator.zcl.settings import ZclSettings
from emulator.zigbee.aps.settings import ApsSettings
from emulator.zigbee.mac.settings import MacSettings
from emulator.zigbee.nwk.settings import NwkSettings
from emulator.zigbee.zdo.settings import ZdoSettings

_PHYSICAL: Final = ("reception", "propagation")
"""Rooms that the ideal air does not ask."""


@dataclass(frozen=True, slots=True)
class StackSettings:
    """The settings of one node and the air around it, a room for each layer and duty."""

    air: AirSettings = field(default_factory=AirSettings)
    receiver: ReceiverSettings = field(default_factory=ReceiverSettings)
    reception: ReceptionSettings = field(default_factory=ReceptionSettings)
    propagation: PropagationSettings = field(default_factory=PropagationSettings)
    csma: CsmaSettings = field(default_factory=CsmaSettings)
    listen_before_talk: ListenBeforeTalkSettings = field(default_factory=ListenBeforeTalkSettings)
    duty_cycle: DutyCycleSettings = field(default_factory=DutyCycleSettings)
    mac: MacSettings = field(default_factory=MacSettings)
    nwk: NwkSettings = field(default_factory=NwkSettings)
    aps: ApsSettings = field(default_factory=ApsSettings)
    zdo: ZdoSettings = field(default_factory=ZdoSettings)
    zcl: ZclSettings = field(default_factory=ZclSettings)
    hub: HubSettings = field(default_factory=HubSettings)
    agility: AgilitySettings = field(default_factory=AgilitySettings)
    sub_ghz: SubGhzSettings = field(default_factory=SubGhzSettings)
    formation: FormationSettings = field(default_factory=FormationSettings)
    trust_centre: TrustCentreSettings = field(default_factory=TrustCentreSettings)
    joiner: JoinerSettings = field(default_factory=JoinerSettings)
    poll: PollSettings = field(default_factory=PollSettings)
    key_establishment: KeyEstablishmentSettings = field(default_factory=KeyEstablishmentSettings)
    keep_alive: KeepAliveSettings = field(default_factory=KeepAliveSettings)
    interview: InterviewSettings = field(default_factory=InterviewSettings)
    partner_link: PartnerLinkSettings = field(default_factory=PartnerLinkSettings)
    tunnel: TunnelSettings = field(default_factory=TunnelSettings)
    mirror: MirrorSettings = field(default_factory=MirrorSettings)
    ota: OtaSettings = field(default_factory=OtaSettings)
    event_log: EventLogSettings = field(default_factory=EventLogSettings)
    display: DisplaySettings = field(default_factory=DisplaySettings)
    load_control: LoadControlSettings = field(default_factory=LoadControlSettings)
    clock: ClockSettings = field(default_factory=ClockSettings)
    electricity_meter: ElectricityMeterSettings = field(default_factory=ElectricityMeterSettings)
    gas_meter: GasMeterSettings = field(default_factory=GasMeterSettings)
    load_controller: LoadControllerSettings = field(default_factory=LoadControllerSettings)
    manual_entry: ManualEntrySettings = field(default_factory=ManualEntrySettings)
    tokens: TokenSettings = field(default_factory=TokenSettings)

    def unverified(self) -> Iterator[str]:
        """The settings that no source proves, as `room.setting`; of the air that is used."""
        for room in fields(self):
            if room.name in _PHYSICAL and self.air.model == "ideal":
                continue
            for name in unverified(getattr(self, room.name)):
                yield f"{room.name}.{name}"


def rooms() -> Mapping[str, type]:
    """The settings dataclass of each room."""
    return {room.name: room.type for room in fields(StackSettings) if isinstance(room.type, type)}
