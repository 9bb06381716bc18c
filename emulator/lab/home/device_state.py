"""How a device stands, as reports and people are told."""

from collections.abc import Mapping
from typing import Final

from emulator.kernel.identity import Eui64
from emulator.kernel.trace import Trace
from emulator.kernel.units import Instant, format_duration
from emulator.lab.kept.result import DeviceRow, LinkKeyState
from emulator.smart_energy.device import SmartEnergyDevice
from emulator.smart_energy.facts import JoinState
from emulator.zigbee.aps.primitives import KeyOrigin

_KEY_STATES: Final = {
    None: LinkKeyState.NONE,
    KeyOrigin.PRECONFIGURED: LinkKeyState.PRECONFIGURED,
    KeyOrigin.CBKE: LinkKeyState.CBKE,
    KeyOrigin.HASHED: LinkKeyState.PRECONFIGURED,
    KeyOrigin.APPLICATION: LinkKeyState.NONE,
    KeyOrigin.HISTORIC: LinkKeyState.NONE,
}


def row_of(
    device: SmartEnergyDevice, names: Mapping[Eui64, str], smi_status: str | None
) -> DeviceRow:
    """A device as it is now.

    Args:
        device: which.
        names: what devices are called.
        smi_status: what the inventory says of it.
    """
    about = device.description
    state = _KEY_STATES[device.link_key_origin] if device.joined else LinkKeyState.NONE
    return DeviceRow(
        eui64=about.eui64,
        name=device.name,
        type=about.kind,
        nwk=device.nwk_address if device.joined else None,
        joined=device.joined,
        link_key=state,
        suite=device.suite if state is LinkKeyState.CBKE else None,
        smi_status=smi_status,
        parent=parent_of(device, names),
        sleepy=about.sleepy,
    )


def parent_of(device: SmartEnergyDevice, names: Mapping[Eui64, str]) -> str | None:
    """The name of a joined device's parent."""
    parent = device.parent if device.joined else None
    return None if parent is None else names.get(parent)


def progress_of(device: SmartEnergyDevice, trace: Trace, now: Instant) -> str:
    """How far a device has come with joining, in words."""
    for record, fact in reversed(list(trace.of(JoinState, device.name))):
        since = format_duration(now - record.at)
        reason = f" ({fact.reason})" if fact.reason else ""
        return f"{fact.state.lower().replace('_', ' ')}{reason} for {since}"
    return "not started" if device.powered else "without power"
