"""The Events cluster (ZSE 1.4 Annex D): its attributes and commands."""

from typing import Final

from emulator.zcl.cluster import Cluster, ClusterSide, Command
from emulator.zigbee.addresses import ClusterId

_TO_SERVER: Final = (
    Command(0x00, "GetEventLog"),
    Command(0x01, "ClearEventLogRequest"),
)

_TO_CLIENT: Final = (
    Command(0x00, "PublishEvent"),
    Command(0x01, "PublishEventLog"),
    Command(0x02, "ClearEventLogResponse"),
)

EVENTS: Final = Cluster(
    id=ClusterId(0x0709),
    name="Events",
    clause="ZSE 1.4 Annex D",
    server=ClusterSide(receives=_TO_SERVER),
    client=ClusterSide(receives=_TO_CLIENT),
)
