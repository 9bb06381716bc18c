"""Commands, properties, statuses and capabilities that a radio co-processor has.

Numbers are those of draft-rquattle-spinel-unified and of OpenThread's `spinel.h` (protocol version
4.3, RCP API version 11), which extends the draft.
"""

from enum import IntFlag
from typing import Final

from emulator.wire.codecs import OpenEnum

PROTOCOL_VERSION: Final = (4, 3)
RCP_API_VERSION: Final = 11
INTERFACE_THREAD: Final = 3


class Command(OpenEnum):
    """Spinel draft 4; spinel.h `SPINEL_CMD_*`."""

    NOOP = 0
    RESET = 1
    PROP_VALUE_GET = 2
    PROP_VALUE_SET = 3
    PROP_VALUE_INSERT = 4
    PROP_VALUE_REMOVE = 5
    PROP_VALUE_IS = 6
    PROP_VALUE_INSERTED = 7
    PROP_VALUE_REMOVED = 8


class Property(OpenEnum):
    """Spinel draft 5; spinel.h `SPINEL_PROP_*`."""

    LAST_STATUS = 0
    PROTOCOL_VERSION = 1
    NCP_VERSION = 2
    INTERFACE_TYPE = 3
    CAPS = 5
    INTERFACE_COUNT = 6
    HWADDR = 8
    PHY_ENABLED = 32
    PHY_CHAN = 33
    PHY_CHAN_SUPPORTED = 34
    PHY_CCA_THRESHOLD = 36
    PHY_TX_POWER = 37
    PHY_RSSI = 38
    PHY_RX_SENSITIVITY = 39
    MAC_SCAN_STATE = 48
    MAC_SCAN_MASK = 49
    MAC_SCAN_PERIOD = 50
    MAC_15_4_LADDR = 52
    MAC_15_4_SADDR = 53
    MAC_15_4_PANID = 54
    MAC_RAW_STREAM_ENABLED = 55
    MAC_PROMISCUOUS_MODE = 56
    MAC_ENERGY_SCAN_RESULT = 57
    MAC_RX_ON_WHEN_IDLE_MODE = 59
    STREAM_DEBUG = 112
    STREAM_RAW = 113
    RCP_API_VERSION = 176
    RCP_MIN_HOST_API_VERSION = 177
    RCP_TIMESTAMP = 2050
    RADIO_CAPS = 4619
    MAC_SRC_MATCH_ENABLED = 4867
    MAC_SRC_MATCH_SHORT_ADDRESSES = 4868
    MAC_SRC_MATCH_EXTENDED_ADDRESSES = 4869


class Status(OpenEnum):
    """Spinel draft 6; spinel.h `SPINEL_STATUS_*`."""

    OK = 0
    FAILURE = 1
    UNIMPLEMENTED = 2
    INVALID_ARGUMENT = 3
    INVALID_STATE = 4
    INVALID_COMMAND = 5
    INVALID_INTERFACE = 6
    INTERNAL_ERROR = 7
    PARSE_ERROR = 9
    NOMEM = 11
    BUSY = 12
    PROP_NOT_FOUND = 13
    NO_ACK = 17
    CCA_FAILURE = 18
    ALREADY = 19
    ITEM_NOT_FOUND = 20
    INVALID_COMMAND_FOR_PROP = 21
    RESET_POWER_ON = 112
    RESET_SOFTWARE = 114
    RESET_UNKNOWN = 119


RESETS: Final = range(112, 128)
"""Statuses that say the co-processor began anew."""
RESET_STACK: Final = 2
"""spinel.h `SPINEL_RESET_STACK`: the radio's own state only, the line stays up."""
SCAN_IDLE: Final = 0
SCAN_ENERGY: Final = 2
"""spinel.h `SPINEL_SCAN_STATE_*`."""
PROMISCUOUS_OFF: Final = 0
PROMISCUOUS_FULL: Final = 2
"""spinel.h `SPINEL_MAC_PROMISCUOUS_MODE_*`: everything that can be decoded is passed up."""


class Capability(OpenEnum):
    """spinel.h `SPINEL_CAP_*`, those that tell what firmware it is."""

    UNSOL_UPDATE_FILTER = 4
    PHY_2450_OQPSK = 24
    CONFIG_FTD = 32
    CONFIG_MTD = 33
    CONFIG_RADIO = 34
    RCP_API_VERSION = 64
    MAC_RAW = 513


class RadioCapability(IntFlag):
    """What the radio does without its host (openthread/platform/radio.h `OT_RADIO_CAPS_*`)."""

    ACK_TIMEOUT = 1
    ENERGY_SCAN = 2
    TRANSMIT_RETRIES = 4
    CSMA_BACKOFF = 8
    SLEEP_TO_TX = 16
    TRANSMIT_SEC = 32
    TRANSMIT_TIMING = 64
    RECEIVE_TIMING = 128
    RX_ON_WHEN_IDLE = 256


NEEDED: Final = (
    RadioCapability.ACK_TIMEOUT | RadioCapability.TRANSMIT_RETRIES | RadioCapability.CSMA_BACKOFF
)
"""Without these our MAC cannot run above the radio."""
