"""Every ZDP command by its cluster (R22 Tables 2-44 and 2-87)."""

from typing import Final

from emulator.zigbee.zdo import discovery_frames, management_frames
from emulator.zigbee.zdo.frames import ZdpCluster, ZdpCommand, ZdpResponse

REQUESTS: Final[dict[ZdpCluster, type[ZdpCommand]]] = {
    each.cluster: each for each in (*discovery_frames.REQUESTS, *management_frames.REQUESTS)
}
RESPONSES: Final[dict[ZdpCluster, type[ZdpResponse]]] = {
    each.cluster: each for each in (*discovery_frames.RESPONSES, *management_frames.RESPONSES)
}
