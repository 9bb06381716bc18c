"""What a device has for messages of remote parties: its endpoints say which machines those are.

A hub opens tunnels to partners that listen; a device that serves tunnels waits for its hub's.
"""

from collections.abc import Callable

from emulator.kernel.identity import Eui64
from emulator.smart_energy.device import Applications, Boot
from emulator.smart_energy.stack import Stack
from emulator.smart_energy.stack_settings import StackSettings
from emulator.smart_energy.tunnel.bare import BareMessages
from emulator.smart_energy.tunnel.client import TunnelClient
from emulator.smart_energy.tunnel.opener import ClientRole
from emulator.smart_energy.tunnel.partner_log import PartnerLog
from emulator.smart_energy.tunnel.primitives import (
    TunnelDataConfirm,
    TunnelDataIndication,
    TunnelledMessage,
    TunnelUndeliverable,
)
from emulator.smart_energy.tunnel.server import TunnelServer
from emulator.zcl.clusters.tunneling import TUNNELING
from emulator.zcl.endpoint import EndpointDefinition
from emulator.zcl.primitives import Side
from emulator.zigbee.addresses import ClusterId
from emulator.zigbee.aps.primitives import KeyOrigin

UNHEARD = (TunnelledMessage, TunnelUndeliverable, TunnelDataConfirm, TunnelDataIndication)
"""What tunnels tell whether or not an application listens."""


def hub_messages(boot: Boot, settings: StackSettings, stack: Stack) -> Applications:
    """The machines of a hub that has an endpoint for tunnels."""
    endpoint = with_cluster(boot, TUNNELING.id, Side.CLIENT)
    if endpoint is None:
        return Applications()
    log = PartnerLog()
    role = ClientRole(endpoint.endpoint, log.listens, agreed_key(stack))
    client = TunnelClient(role, settings.tunnel, stack.addresses, boot.handles)
    machines = (
        log,
        client,
        TunnelServer(log.sleeps, settings.tunnel, boot.handles),
        BareMessages(log.listens, log.sleeps, boot.handles),
    )
    return Applications(machines, {"partner_log": log, "tunnels": client}, UNHEARD)


def joiner_messages(boot: Boot, settings: StackSettings) -> Applications:
    """The machines of a device that serves its hub's tunnel, or of none."""
    if with_cluster(boot, TUNNELING.id, Side.SERVER) is None:
        return Applications()
    machines = (
        TunnelServer(anybody, settings.tunnel, boot.handles),
        BareMessages(anybody, anybody, boot.handles),
    )
    return Applications(machines, {}, UNHEARD)


def with_cluster(boot: Boot, cluster: ClusterId, side: Side) -> EndpointDefinition | None:
    """The first endpoint of a device that has that side of a cluster."""
    return next((each for each in boot.description.endpoints if each.has(cluster, side)), None)


def agreed_key(stack: Stack) -> Callable[[Eui64], bool]:
    """Whether a device shares a link key from CBKE with a partner."""

    def agreed(partner: Eui64) -> bool:
        pair = stack.aps.keys.get(partner)
        return pair is not None and pair.origin is KeyOrigin.CBKE

    return agreed


def anybody(_partner: Eui64) -> bool:
    """Whoever shares an agreed key: a device has no other partner than its hub."""
    return True
