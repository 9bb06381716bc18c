"""Where the radio side of a device stands, for scenarios: channel, PAN, way, power."""

from emulator.kernel.errors import LocalError
from emulator.kernel.identity import Eui64
from emulator.radio.bands import Band, band_of
from emulator.radio.port import Channel
from emulator.smart_energy.assemblies import HubAssembly, JoiningAssembly
from emulator.smart_energy.device import SmartEnergyDevice
from emulator.smart_energy.stack import Stack
from emulator.zigbee.addresses import COORDINATOR, PanId


def channel_of(device: SmartEnergyDevice, band: Band = Band.GHZ_2_4) -> Channel:
    """The channel a device is on; of a dual-band hub, the one of that band."""
    channels = _stack(device).nwk.state.nib.channels
    return next((each for each in channels if band_of(each) is band), channels[0])


def pan_id_of(device: SmartEnergyDevice) -> PanId:
    """The PAN identifier a device uses."""
    return _stack(device).nwk.state.nib.pan_id


def next_hop_of(device: SmartEnergyDevice, other: SmartEnergyDevice) -> Eui64 | None:
    """The neighbour to which a device hands frames for another; None without a way."""
    state = _stack(device).nwk.state
    destination = state.address_map.address_of(other.description.eui64)
    if destination is None:
        return None
    hop = state.next_hop(destination)
    return None if hop is None else state.eui64_of(hop)


def power_of(device: SmartEnergyDevice, to: SmartEnergyDevice | None = None) -> int:
    """The power in dBm with which a device sends to another, or to its hub."""
    mac = _stack(device).mac
    return mac.power_to(COORDINATOR if to is None else to.nwk_address or COORDINATOR)


def _stack(device: SmartEnergyDevice) -> Stack:
    """The layers of a device.

    Raises:
        LocalError: when it has no power.
    """
    assembly = device.assembly
    if not isinstance(assembly, HubAssembly | JoiningAssembly):
        raise LocalError(f"{device.name} has no power")
    return assembly.stack
