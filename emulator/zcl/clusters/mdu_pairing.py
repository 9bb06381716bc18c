"""The MDU Pairing cluster (ZSE 1.4 Annex D): its attributes and commands."""

from typing import Final

from emulator.zcl.cluster import Cluster, ClusterSide, Command
from emulator.zigbee.addresses import ClusterId

_TO_SERVER: Final = (Command(0x00, "PairingRequest"),)

_TO_CLIENT: Final = (Command(0x00, "PairingResponse"),)

MDU_PAIRING: Final = Cluster(
    id=ClusterId(0x070A),
    name="MDU Pairing",
    clause="ZSE 1.4 Annex D",
    server=ClusterSide(receives=_TO_SERVER),
    client=ClusterSide(receives=_TO_CLIENT),
)
