"""What stands on one endpoint: the device, its clusters, the values it ships with."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from emulator.kernel.units import Instant
from emulator.zcl.cluster import Cluster
from emulator.zcl.device_ids import DeviceId
from emulator.zcl.primitives import Side
from emulator.zigbee.addresses import SMART_ENERGY_PROFILE, ClusterId, Endpoint, ProfileId


@dataclass(frozen=True, slots=True)
class ServedCommand:
    """A cluster command that an application of the node acts on.

    Args:
        side: the side of ours that it is for.
        answered: the application answers it, by a command of the cluster or a default response;
            otherwise the cluster library itself says SUCCESS where that was asked for.
        checked: a payload that is none of the declared format is refused before it is passed up.
    """

    cluster: ClusterId
    command: int
    side: Side = Side.SERVER
    answered: bool = True
    checked: bool = True


@dataclass(frozen=True, slots=True)
class ServedAttribute:
    """An attribute that the endpoint has, with its first value.

    Args:
        live: looks up what it shows now, given the time; what gives None shows the stored value.
    """

    cluster: ClusterId
    attribute: int
    value: object
    side: Side = Side.SERVER
    live: Callable[[Instant], object] | None = None


@dataclass(frozen=True, slots=True)
class EndpointDefinition:
    """An endpoint: its simple descriptor (R22 2.3.2.5) and what it serves.

    Args:
        servers: clusters whose server side is here, the simple descriptor's input clusters.
        clients: clusters whose client side is here, its output clusters.
        attributes: values it ships with, besides those the clusters' tables default to.
        commands: cluster commands that applications act on; others are refused as unsupported.
        unlisted_clients: clusters whose client side takes reports here, in no descriptor.
        hidden: not there until an `ActivateEndpointRequest` says so.
        judges_reports: an application answers reports that come to it, by a default response.
    """

    endpoint: Endpoint
    device_id: DeviceId
    servers: tuple[ClusterId, ...]
    clients: tuple[ClusterId, ...]
    attributes: tuple[ServedAttribute, ...] = ()
    commands: tuple[ServedCommand, ...] = ()
    device_version: int = 0
    profile: ProfileId = SMART_ENERGY_PROFILE
    unlisted_clients: tuple[ClusterId, ...] = ()
    hidden: bool = False
    judges_reports: bool = False

    def has(self, cluster: ClusterId, side: Side) -> bool:
        """Whether that side of the cluster is here."""
        if side is Side.SERVER:
            return cluster in self.servers
        return cluster in self.clients or cluster in self.unlisted_clients


def serve(
    cluster: Cluster, side: Side, *, only: Iterable[int] | None = None, answered: bool = True
) -> tuple[ServedCommand, ...]:
    """Every command that a side of `cluster` receives, or only some of them, as served."""
    wanted = None if only is None else frozenset(only)
    return tuple(
        ServedCommand(cluster.id, command.id, side, answered=answered)
        for command in cluster.side(side).receives
        if wanted is None or command.id in wanted
    )
