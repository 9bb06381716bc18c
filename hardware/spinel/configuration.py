"""What the configuration of a radio means in Spinel properties."""

from collections.abc import Mapping
from typing import Final

from emulator.radio.port import RadioConfig, RadioPending
from hardware.spinel.frames import EuiList, EuiValue, OctetValue, ShortList, ShortValue, flag
from hardware.spinel.properties import PROMISCUOUS_FULL, PROMISCUOUS_OFF, Property

_NO = flag(value=False).encode()
_YES = flag(value=True).encode()

UNPOWERED: Final[Mapping[Property, bytes]] = {
    Property.MAC_RAW_STREAM_ENABLED: _NO,
    Property.PHY_ENABLED: _NO,
}
"""A radio that is silent and hears nothing."""
POWERED: Final[Mapping[Property, bytes]] = {
    Property.PHY_ENABLED: _YES,
    Property.MAC_RAW_STREAM_ENABLED: _NO,
    Property.MAC_SRC_MATCH_SHORT_ADDRESSES: b"",
    Property.MAC_SRC_MATCH_EXTENDED_ADDRESSES: b"",
    Property.MAC_SRC_MATCH_ENABLED: _YES,
}
"""A radio that waits to be configured, and keeps nothing for anybody."""


def configured(config: RadioConfig) -> Mapping[Property, bytes]:
    """A radio that filters and listens like this.

    A co-processor takes beacons and what is addressed; `config.coordinator` has no property of its
    own, as no Zigbee frame needs it.
    """
    mode = PROMISCUOUS_FULL if config.promiscuous else PROMISCUOUS_OFF
    return {
        Property.PHY_CHAN: OctetValue(config.channel.number).encode(),
        Property.MAC_15_4_LADDR: EuiValue(config.eui64).encode(),
        Property.MAC_15_4_SADDR: ShortValue(config.short_address).encode(),
        Property.MAC_15_4_PANID: ShortValue(config.pan_id).encode(),
        Property.MAC_PROMISCUOUS_MODE: OctetValue(mode).encode(),
        Property.MAC_RX_ON_WHEN_IDLE_MODE: flag(value=config.receiver_on).encode(),
        Property.MAC_RAW_STREAM_ENABLED: _YES,
    }


def pending_tables(pending: RadioPending) -> Mapping[Property, bytes]:
    """The source match tables."""
    shorts = ShortList(tuple(sorted(pending.short_addresses)))
    extendeds = EuiList(tuple(sorted(pending.extended_addresses)))
    return {
        Property.MAC_SRC_MATCH_SHORT_ADDRESSES: shorts.encode(),
        Property.MAC_SRC_MATCH_EXTENDED_ADDRESSES: extendeds.encode(),
        Property.MAC_SRC_MATCH_ENABLED: flag(value=not pending.everyone).encode(),
    }
