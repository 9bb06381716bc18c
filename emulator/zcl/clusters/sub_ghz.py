"""The Sub-GHz cluster (ZSE 1.4 Annex D): its attributes and commands."""

from enum import IntEnum
from typing import Final

from emulator.zcl.cluster import Attribute, Cluster, ClusterSide, Command, series
from emulator.zcl.data_types import DataType
from emulator.zigbee.addresses import ClusterId

_SERVER_ATTRIBUTES: Final = (
    Attribute(0x0000, "ChannelChange", DataType.MAP32),
    *series(Attribute(0x0001, "Page{}ChannelMask", DataType.MAP32), range(28, 32)),
)

CHANNEL_CHANGE: Final = 0x0000
"""Server attribute: where the network is about to go, as a mask with its page."""
CHANNEL_MASKS: Final = {28: 0xE7FFFFFF, 29: 0xE80001FF, 30: 0xF7FFFFFF, 31: 0xFFFFFFFF}
"""Default of the mask attribute of each page (ZSE 1.4, as panweave states it)."""


class ToServer(IntEnum):
    """Commands that the server receives."""

    GET_SUSPEND_ZCL_MESSAGES_STATUS = 0x00


class ToClient(IntEnum):
    """Commands that the client receives."""

    SUSPEND_ZCL_MESSAGES = 0x00


_TO_SERVER: Final = (Command(0x00, "GetSuspendZCLMessagesStatus"),)

_TO_CLIENT: Final = (Command(0x00, "SuspendZCLMessages"),)

SUB_GHZ: Final = Cluster(
    id=ClusterId(0x070B),
    name="Sub-GHz",
    clause="ZSE 1.4 Annex D",
    server=ClusterSide(attributes=_SERVER_ATTRIBUTES, receives=_TO_SERVER),
    client=ClusterSide(receives=_TO_CLIENT),
)
