"""Which machines of upgrades a device has: its endpoints say so."""

from emulator.smart_energy.device import Applications, Boot
from emulator.smart_energy.messaging import with_cluster
from emulator.smart_energy.mirror.primitives import NotifyMeter
from emulator.smart_energy.ota.client import CURRENT_FILE_VERSION, OtaClient, Polling
from emulator.smart_energy.ota.primitives import ImageDownloaded, ImageIdentity, OtaImage
from emulator.smart_energy.ota.server import OtaServer
from emulator.smart_energy.stack_settings import StackSettings
from emulator.zcl.clusters.ota_upgrade import OTA_UPGRADE
from emulator.zcl.endpoint import EndpointDefinition
from emulator.zcl.primitives import Side

MANUFACTURER = 0x0007
IMAGE_TYPE = 0x0008
"""Attributes of the client side (ZCL8 Table 11-7)."""


def hub_upgrades(boot: Boot) -> Applications:
    """The server of a hub that has an endpoint for it."""
    endpoint = with_cluster(boot, OTA_UPGRADE.id, Side.SERVER)
    if endpoint is None:
        return Applications()
    server = OtaServer(endpoint.endpoint, boot.handles)
    return Applications((server,), {"ota_server": server}, (NotifyMeter,))


def joiner_upgrades(boot: Boot, settings: StackSettings) -> Applications:
    """The client of a device that has an endpoint for it."""
    endpoint = with_cluster(boot, OTA_UPGRADE.id, Side.CLIENT)
    if endpoint is None:
        return Applications()
    sleeps = boot.description.sleepy
    polling = Polling(settings.poll.joining, settings.poll.idle) if sleeps else None
    running = running_image(endpoint)
    client = OtaClient(endpoint.endpoint, running, settings.ota, boot.handles, polling)
    return Applications((client,), {"ota_client": client}, (ImageDownloaded,))


def running_image(endpoint: EndpointDefinition) -> OtaImage:
    """What the client attributes of an endpoint say of the image that runs; nothing is zero."""
    served = {
        each.attribute: each.value
        for each in endpoint.attributes
        if each.cluster == OTA_UPGRADE.id and each.side is Side.CLIENT
    }
    values = (served.get(each, 0) for each in (MANUFACTURER, IMAGE_TYPE, CURRENT_FILE_VERSION))
    manufacturer, image_type, version = (each if isinstance(each, int) else 0 for each in values)
    return OtaImage(ImageIdentity(manufacturer, image_type), version, b"")
