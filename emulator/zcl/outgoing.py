"""Puts a command into an APS data request, under the key its cluster needs."""

from collections.abc import Iterator
from dataclasses import dataclass

from emulator.kernel.construction import quick
from emulator.zcl.foundation.header import ZclHeader
from emulator.zcl.key_policy import needs_link_key
from emulator.zcl.primitives import ZclAddress
from emulator.zcl.settings import ZclSettings
from emulator.zigbee.addresses import (
    SMART_ENERGY_PROFILE,
    ClusterId,
    Endpoint,
    ProfileId,
    is_broadcast,
)
from emulator.zigbee.aps.primitives import ApsdeDataRequest


@quick
@dataclass(frozen=True, slots=True)
class Message:
    """A command on its way out.

    Args:
        link_key: None leaves it to the key policy of the cluster.
    """

    destination: ZclAddress
    source_endpoint: Endpoint
    cluster: ClusterId
    header: ZclHeader
    payload: bytes
    link_key: bool | None = None
    ack: bool = True
    profile: ProfileId = SMART_ENERGY_PROFILE


class Outgoing:
    """Numbers and addresses what a node's cluster library sends.

    Args:
        handles: the node's one count of handles.
    """

    def __init__(self, handles: Iterator[int], settings: ZclSettings) -> None:
        self._handles = handles
        self._settings = settings

    def send(self, message: Message) -> ApsdeDataRequest:
        """The request to APS; broadcasts ask for no acknowledgement and use no link key."""
        unicast = not is_broadcast(message.destination.nwk_address)
        link_key = message.link_key
        if link_key is None:
            link_key = needs_link_key(message.cluster, self._settings)
        return ApsdeDataRequest(
            handle=next(self._handles),
            destination=message.destination.nwk_address,
            destination_endpoint=message.destination.endpoint,
            source_endpoint=message.source_endpoint,
            profile=message.profile,
            cluster=message.cluster,
            asdu=message.header.encode() + message.payload,
            ack=message.ack and unicast,
            link_key=link_key and unicast,
        )
