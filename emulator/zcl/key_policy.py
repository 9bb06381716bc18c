"""Which key a cluster's frames need (ZSE 1.4 5.4.6) and what becomes of frames under another.

The network key is enough for Basic, Identify, Time and Key Establishment; every other cluster
needs the link key agreed by key establishment. A frame with too little protection is answered by
a Default Response with status FAILURE. Data under the preconfigured link key is dropped without
an acknowledgement, which APS does by asking `accepts_at_aps`.
"""

from typing import Final

from emulator.zcl.clusters.basic import BASIC
from emulator.zcl.clusters.identify import IDENTIFY
from emulator.zcl.clusters.keep_alive import KEEP_ALIVE
from emulator.zcl.clusters.key_establishment import KEY_ESTABLISHMENT
from emulator.zcl.clusters.power_configuration import POWER_CONFIGURATION
from emulator.zcl.clusters.time import TIME
from emulator.zcl.settings import KeyPolicySettings
from emulator.zigbee.addresses import SMART_ENERGY_PROFILE, ClusterId, ProfileId
from emulator.zigbee.aps.primitives import KeyOrigin

NETWORK_KEY_IS_ENOUGH: Final = frozenset({BASIC.id, IDENTIFY.id, TIME.id, KEY_ESTABLISHMENT.id})
"""ZSE 1.4 5.4.6, the rows that are clear."""


def needs_link_key(cluster: ClusterId, settings: KeyPolicySettings) -> bool:
    """Whether frames of `cluster` need the link key besides the network key (ZSE 1.4 5.4.6)."""
    if cluster == POWER_CONFIGURATION.id:
        return settings.power_configuration_needs_link_key
    if cluster == KEEP_ALIVE.id:
        return settings.keep_alive_needs_link_key
    return cluster not in NETWORK_KEY_IS_ENOUGH


def accepts_at_aps(key_origin: KeyOrigin | None, profile: ProfileId, _cluster: ClusterId) -> bool:
    """Whether APS may acknowledge and pass up data under a link key of this origin.

    `key_origin` is where the link key that opened it comes from; None for the network key alone.
    No cluster is exempt: the frames of key establishment carry the network key only.
    """
    return profile != SMART_ENERGY_PROFILE or key_origin is not KeyOrigin.PRECONFIGURED
