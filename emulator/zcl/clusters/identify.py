"""The Identify cluster (ZCL8 3.5): its attributes and commands."""

from typing import Final

from emulator.wire.codecs import U8, U16
from emulator.wire.struct import Struct
from emulator.zcl.cluster import Access, Attribute, Cluster, ClusterSide, Command
from emulator.zcl.data_types import DataType
from emulator.zigbee.addresses import ClusterId


class IdentifyFor(Struct):
    """Identify: how many seconds to identify for; 0 stops it (ZCL8 3.5)."""

    identify_time: U16


class IdentifyQueryResponse(Struct):
    """Identify Query Response: the seconds that are left (ZCL8 3.5)."""

    timeout: U16


class TriggerEffect(Struct):
    """Trigger Effect: which one, and its variant (ZCL8 3.5)."""

    effect: U8
    variant: U8


_SERVER_ATTRIBUTES: Final = (
    Attribute(0x0000, "IdentifyTime", DataType.UINT16, Access.READ_WRITE, default=0, unit="s"),
    Attribute(0x0001, "CommissionState", DataType.MAP8, verified=False),
)

_TO_SERVER: Final = (
    Command(0x00, "Identify", IdentifyFor),
    Command(0x01, "IdentifyQuery"),
    Command(0x02, "EZModeInvoke", verified=False),
    Command(0x03, "UpdateCommissionState", verified=False),
    Command(0x40, "TriggerEffect", TriggerEffect, verified=False),
)

_TO_CLIENT: Final = (Command(0x00, "IdentifyQueryResponse", IdentifyQueryResponse),)

IDENTIFY: Final = Cluster(
    id=ClusterId(0x0003),
    name="Identify",
    clause="ZCL8 3.5",
    server=ClusterSide(attributes=_SERVER_ATTRIBUTES, receives=_TO_SERVER),
    client=ClusterSide(receives=_TO_CLIENT),
)
