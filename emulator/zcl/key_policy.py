"""Which key a cluster's frames need (ZSE 1.4 5.4.6) and what becomes of frames under less.

The network key is enough for Basic, Identify, Time and Key Establishment; every other cluster
needs the link key agreed by key establishment. A frame with too little protection is answered by
a Default Response with status FAILURE. Data under the preconfigured link key does not come this
far: APS drops it without an acknowledgement.
"""

from typing import Final

from emulator.zcl.clusters.basic import BASIC
from emulator.zcl.clusters.identify import IDENTIFY
from emulator.zcl.clusters.keep_alive import KEEP_ALIVE
from emulator.zcl.clusters.key_establishment import KEY_ESTABLISHMENT
from emulator.zcl.clusters.power_configuration import POWER_CONFIGURATION
from emulator.zcl.clusters.time import TIME
from emulator.zcl.settings import ZclSettings
from emulator.zigbee.addresses import ClusterId

NETWORK_KEY_IS_ENOUGH: Final = frozenset({BASIC.id, IDENTIFY.id, TIME.id, KEY_ESTABLISHMENT.id})
"""ZSE 1.4 5.4.6, the rows that are clear."""


def needs_link_key(cluster: ClusterId, settings: ZclSettings) -> bool:
    """Whether frames of `cluster` need the link key besides the network key (ZSE 1.4 5.4.6)."""
    if not settings.access_rule:
        return False
    if cluster == POWER_CONFIGURATION.id:
        return settings.power_configuration_needs_link_key
    if cluster == KEEP_ALIVE.id:
        return settings.keep_alive_needs_link_key
    return cluster not in NETWORK_KEY_IS_ENOUGH
