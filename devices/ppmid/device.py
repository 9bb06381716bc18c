"""A prepayment meter interface device: a display with keys, and a tunnel for the hub."""

from devices.display import MAIN, display
from emulator.equipment.fitting import behind_a_hub
from emulator.equipment.ppmid_keys import PpmidKeys
from emulator.equipment.ppmid_requests import PpmidRequests
from emulator.equipment.request import DeviceRequest
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.gbcs_device.primitives import PartnerCommandRequest
from emulator.smart_energy.device import Applications, Boot, Persistent, SmartEnergyDevice
from emulator.zcl.clusters.prepayment import PREPAYMENT
from emulator.zcl.clusters.tunneling import TUNNELING
from emulator.zcl.device_ids import DeviceId


def build(request: DeviceRequest) -> SmartEnergyDevice:
    """A PPMID."""
    remote = behind_a_hub(request, DeviceKind.PPMID)

    def fitting(boot: Boot) -> Applications:
        keys, requests = PpmidKeys(), PpmidRequests(MAIN, boot.handles)
        kept: dict[str, Persistent] = {"ppmid_keys": keys, "ppmid_requests": requests}
        unheard = (PartnerCommandRequest,)
        return remote(boot).beside(Applications((keys, requests), kept, unheard))

    return display(
        request,
        DeviceId.PREPAYMENT_TERMINAL,
        PREPAYMENT.id,
        TUNNELING.id,
        applications=fitting,
    )
