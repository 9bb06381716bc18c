"""Every declared cluster by its identifier."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from emulator.zcl.cluster import Cluster
from emulator.zcl.clusters.alarms import ALARMS
from emulator.zcl.clusters.basic import BASIC
from emulator.zcl.clusters.calendar import CALENDAR
from emulator.zcl.clusters.commissioning import COMMISSIONING
from emulator.zcl.clusters.demand_response import DEMAND_RESPONSE_AND_LOAD_CONTROL
from emulator.zcl.clusters.device_management import DEVICE_MANAGEMENT
from emulator.zcl.clusters.energy_management import ENERGY_MANAGEMENT
from emulator.zcl.clusters.events import EVENTS
from emulator.zcl.clusters.identify import IDENTIFY
from emulator.zcl.clusters.keep_alive import KEEP_ALIVE
from emulator.zcl.clusters.key_establishment import KEY_ESTABLISHMENT
from emulator.zcl.clusters.mdu_pairing import MDU_PAIRING
from emulator.zcl.clusters.messaging import MESSAGING
from emulator.zcl.clusters.metering import METERING
from emulator.zcl.clusters.ota_upgrade import OTA_UPGRADE
from emulator.zcl.clusters.power_configuration import POWER_CONFIGURATION
from emulator.zcl.clusters.prepayment import PREPAYMENT
from emulator.zcl.clusters.price import PRICE
from emulator.zcl.clusters.sub_ghz import SUB_GHZ
from emulator.zcl.clusters.time import TIME
from emulator.zcl.clusters.tunneling import TUNNELING
from emulator.zigbee.addresses import ClusterId

CLUSTERS: Final[Mapping[ClusterId, Cluster]] = MappingProxyType(
    {
        cluster.id: cluster
        for cluster in (
            BASIC,
            POWER_CONFIGURATION,
            IDENTIFY,
            ALARMS,
            TIME,
            COMMISSIONING,
            OTA_UPGRADE,
            KEEP_ALIVE,
            PRICE,
            DEMAND_RESPONSE_AND_LOAD_CONTROL,
            METERING,
            MESSAGING,
            TUNNELING,
            PREPAYMENT,
            ENERGY_MANAGEMENT,
            CALENDAR,
            DEVICE_MANAGEMENT,
            EVENTS,
            MDU_PAIRING,
            SUB_GHZ,
            KEY_ESTABLISHMENT,
        )
    }
)
"""The clusters a Smart Energy device may have, in order of identifier."""


def cluster_name(identifier: int) -> str:
    """The name of a cluster, or its number when it is not declared."""
    cluster = CLUSTERS.get(ClusterId(identifier))
    return f"{identifier:#06x}" if cluster is None else cluster.name
