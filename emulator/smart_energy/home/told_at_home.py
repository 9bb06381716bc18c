"""What a device keeps for the others of its home to ask for: its endpoints say which machines."""

from emulator.smart_energy.device import Applications, Boot
from emulator.smart_energy.home.event_server import EventServer
from emulator.smart_energy.home.management_server import ManagementServer
from emulator.smart_energy.messaging import with_cluster
from emulator.smart_energy.settings import EventLogSettings
from emulator.zcl.clusters.device_management import DEVICE_MANAGEMENT
from emulator.zcl.clusters.events import EVENTS
from emulator.zcl.primitives import Side


def told_at_home(boot: Boot, settings: EventLogSettings) -> Applications:
    """Event logs and what is told of the supply, of a device with endpoints for them."""
    return _events(boot, settings).beside(_management(boot))


def _events(boot: Boot, settings: EventLogSettings) -> Applications:
    definitions = boot.description.endpoints
    endpoints = [each.endpoint for each in definitions if each.has(EVENTS.id, Side.SERVER)]
    if not endpoints:
        return Applications()
    server = EventServer(endpoints, settings, boot.surroundings.calendar, boot.handles)
    return Applications((server,), {"event_logs": server})


def _management(boot: Boot) -> Applications:
    endpoint = with_cluster(boot, DEVICE_MANAGEMENT.id, Side.SERVER)
    if endpoint is None:
        return Applications()
    server = ManagementServer(endpoint.endpoint, boot.handles)
    return Applications((server,), {"management": server})
