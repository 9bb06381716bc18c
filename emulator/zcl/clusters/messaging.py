"""The Messaging cluster (ZSE 1.4 D.5): its attributes and commands."""

from typing import Final

from emulator.zcl.cluster import Cluster, ClusterSide, Command
from emulator.zigbee.addresses import ClusterId

_TO_SERVER: Final = (
    Command(0x00, "GetLastMessage"),
    Command(0x01, "MessageConfirmation"),
    Command(0x02, "GetMessageCancellation"),
)

_TO_CLIENT: Final = (
    Command(0x00, "DisplayMessage"),
    Command(0x01, "CancelMessage"),
    Command(0x02, "DisplayProtectedMessage"),
    Command(0x03, "CancelAllMessages"),
)

MESSAGING: Final = Cluster(
    id=ClusterId(0x0703),
    name="Messaging",
    clause="ZSE 1.4 D.5",
    server=ClusterSide(receives=_TO_SERVER),
    client=ClusterSide(receives=_TO_CLIENT),
)
