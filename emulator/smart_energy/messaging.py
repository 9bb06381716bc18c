"""What a device has for messages of remote parties: its endpoints say which machines those are.

A hub opens tunnels to partners that listen; a device that serves tunnels waits for its hub's.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from emulator.kernel.identity import Eui64
from emulator.smart_energy.device import Applications, Boot, Persistent
from emulator.smart_energy.mirror.client import MirrorClient, Reports
from emulator.smart_energy.mirror.meter_store import MeterStore
from emulator.smart_energy.mirror.primitives import (
    MeterReported,
    MirrorChanged,
    MirrorFlagsIndication,
)
from emulator.smart_energy.mirror.server import MirrorServer
from emulator.smart_energy.stack import Stack
from emulator.smart_energy.stack_settings import StackSettings
from emulator.smart_energy.tunnel.bare import BareMessages
from emulator.smart_energy.tunnel.client import TunnelClient
from emulator.smart_energy.tunnel.fetcher import MessageFetcher
from emulator.smart_energy.tunnel.opener import ClientRole
from emulator.smart_energy.tunnel.partner_log import PartnerLog
from emulator.smart_energy.tunnel.primitives import (
    TunnelDataConfirm,
    TunnelDataIndication,
    TunnelledMessage,
    TunnelUndeliverable,
)
from emulator.smart_energy.tunnel.server import TunnelServer
from emulator.zcl.cluster import ATTRIBUTE_REPORTING_STATUS
from emulator.zcl.clusters.basic import BASIC
from emulator.zcl.clusters.metering import METERING
from emulator.zcl.clusters.prepayment import PREPAYMENT
from emulator.zcl.clusters.tunneling import TUNNELING
from emulator.zcl.endpoint import EndpointDefinition
from emulator.zcl.primitives import Side
from emulator.zigbee.addresses import ClusterId
from emulator.zigbee.aps.primitives import KeyOrigin

UNHEARD: Final = (
    TunnelledMessage,
    TunnelUndeliverable,
    TunnelDataConfirm,
    TunnelDataIndication,
    MirrorChanged,
    MirrorFlagsIndication,
    MeterReported,
)
"""What tunnels and mirrors tell whether or not an application listens."""
REPORTED: Final = (BASIC.id, PREPAYMENT.id, METERING.id)
"""Clusters of which a gas meter reports what it serves, in this order (GBCS 10.4.2)."""


def hub_messages(boot: Boot, settings: StackSettings, stack: Stack) -> Applications:
    """The machines of a hub that has an endpoint for tunnels."""
    endpoint = with_cluster(boot, TUNNELING.id, Side.CLIENT)
    if endpoint is None:
        return Applications()
    log = PartnerLog()
    role = ClientRole(endpoint.endpoint, log.listens, agreed_key(stack))
    client = TunnelClient(role, settings.tunnel, stack.addresses, boot.handles)
    to_meters = replace(settings.tunnel, tries=settings.tunnel.meter_tries)
    store = MeterStore(log.sleeps, settings.tunnel, boot.handles)
    machines = (
        log,
        client,
        TunnelServer(log.sleeps, to_meters, boot.handles),
        BareMessages(log.listens, log.sleeps, boot.handles),
        store,
    )
    kept: dict[str, Persistent] = {"partner_log": log, "tunnels": client, "meter_store": store}
    return Applications(machines, kept, UNHEARD).beside(_mirror(boot))


def _mirror(boot: Boot) -> Applications:
    """The mirror of a hub that has a hidden endpoint for one."""
    manager = with_cluster(boot, METERING.id, Side.CLIENT)
    endpoints = boot.description.endpoints
    mirror = next((each for each in endpoints if each.hidden and each.judges_reports), None)
    if manager is None or mirror is None:
        return Applications()
    server = MirrorServer(manager.endpoint, mirror, boot.handles)
    return Applications((server,), {"mirror": server})


def joiner_messages(boot: Boot, settings: StackSettings, stack: Stack) -> Applications:
    """The machines of a device that serves its hub's tunnel, of a gas meter, or none."""
    if with_cluster(boot, TUNNELING.id, Side.CLIENT) is not None:
        return _meter_messages(boot, settings, stack)
    if with_cluster(boot, TUNNELING.id, Side.SERVER) is None:
        return Applications()
    machines = (
        TunnelServer(anybody, settings.tunnel, boot.handles),
        BareMessages(anybody, anybody, boot.handles),
    )
    return Applications(machines, {}, UNHEARD)


def _meter_messages(boot: Boot, settings: StackSettings, stack: Stack) -> Applications:
    """The machines of a meter that sleeps: client of its hub's tunnel and mirror."""
    meter = with_cluster(boot, METERING.id, Side.SERVER)
    if meter is None:
        return Applications()
    role = ClientRole(meter.endpoint, anybody, agreed_key(stack), persists=False)
    client = TunnelClient(role, settings.tunnel, stack.addresses, boot.handles)
    reports, calendar = reports_of(meter), boot.surroundings.calendar
    mirror = MirrorClient(reports, settings.mirror, calendar, boot.handles)
    machines = (client, MessageFetcher(settings.tunnel, boot.handles), mirror)
    return Applications(machines, {"tunnels": client, "mirror": mirror}, UNHEARD)


def reports_of(meter: EndpointDefinition) -> Reports:
    """What a meter reports of what it serves."""
    return Reports(
        meter.endpoint,
        tuple(
            (cluster, attributes)
            for cluster in REPORTED
            if (attributes := _served(meter, cluster)) or cluster == METERING.id
        ),
    )


def _served(meter: EndpointDefinition, cluster: ClusterId) -> tuple[int, ...]:
    return tuple(
        each.attribute
        for each in meter.attributes
        if each.cluster == cluster
        and each.side is Side.SERVER
        and each.attribute != ATTRIBUTE_REPORTING_STATUS.id
    )


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
