"""What a device has that switches a load as its meter says: its endpoints say so."""

from emulator.smart_energy.device import Applications, Boot
from emulator.smart_energy.load_control.control_requester import ControlRequester
from emulator.smart_energy.load_control.load_switch import LoadSwitch
from emulator.smart_energy.messaging import with_cluster
from emulator.smart_energy.stack import Stack
from emulator.smart_energy.stack_settings import StackSettings
from emulator.zcl.clusters.demand_response import DEMAND_RESPONSE_AND_LOAD_CONTROL
from emulator.zcl.primitives import Side


def joiner_loads(boot: Boot, settings: StackSettings, stack: Stack) -> Applications:
    """The switch of a device that has an endpoint for it, and what asks for control of it."""
    found = with_cluster(boot, DEMAND_RESPONSE_AND_LOAD_CONTROL.id, Side.CLIENT)
    if found is None:
        return Applications()
    endpoint, handles = found.endpoint, boot.handles
    requester = ControlRequester(endpoint, settings.load_control, stack.addresses, handles)
    switch = LoadSwitch(endpoint, boot.surroundings.calendar, handles)
    return Applications(
        (requester, switch), {"control_requester": requester, "load_switch": switch}
    )
