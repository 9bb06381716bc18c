"""Takes the keys of a device into the key ring as the device gets to know them."""

from collections.abc import Mapping

from emulator.kernel.identity import Eui64
from emulator.lab.dissector.key_ring import KeyRing
from emulator.smart_energy.device import SmartEnergyDevice
from emulator.zigbee.aps.primitives import ApsmeSetLinkKeyRequest
from emulator.zigbee.nwk.primitives import NlmeSetKeyRequest


def watch_keys(
    device: SmartEnergyDevice, keys: KeyRing, names: Mapping[Eui64, str], hub: Eui64
) -> None:
    """From now on every key that is given to a device is in the ring.

    Args:
        device: whose keys.
        keys: the ring.
        names: what devices are called; keys go by the joining one of two.
        hub: of the device's home.
    """
    own = device.description.eui64

    def link_key(request: ApsmeSetLinkKeyRequest) -> None:
        joiner = request.eui64 if request.eui64 in names else own
        joiner = own if joiner == hub else joiner
        if request.key is not None:
            label = f"{names[joiner]} {request.origin.value} link key"
            keys.add_link_key(request.key, joiner, label, request.origin)

    def network_key(request: NlmeSetKeyRequest) -> None:
        keys.add_network_key(request.key, request.sequence)

    device.observe((ApsmeSetLinkKeyRequest,), link_key)
    device.observe((NlmeSetKeyRequest,), network_key)
