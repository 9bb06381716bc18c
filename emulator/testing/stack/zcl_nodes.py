"""Two cluster libraries and the air between them, without the layers that carry it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Final, TypeVar

from emulator.kernel.streams import Stream
from emulator.kernel.units import START, Calendar, Instant
from emulator.zcl.clusters.basic import BASIC
from emulator.zcl.clusters.identify import IDENTIFY
from emulator.zcl.clusters.keep_alive import KEEP_ALIVE
from emulator.zcl.clusters.key_establishment import KEY_ESTABLISHMENT
from emulator.zcl.clusters.metering import METERING
from emulator.zcl.clusters.time import TIME
from emulator.zcl.clusters.tunneling import TUNNELING
from emulator.zcl.device_ids import DeviceId
from emulator.zcl.endpoint import EndpointDefinition, ServedAttribute, ServedCommand, serve
from emulator.zcl.machine import ZclMachine
from emulator.zcl.primitives import Side, ZclAddress
from emulator.zcl.settings import ZclSettings
from emulator.zigbee.addresses import Endpoint, NwkAddress
from emulator.zigbee.aps.primitives import (
    ApsdeDataConfirm,
    ApsdeDataIndication,
    ApsdeDataRequest,
    ApsSecurity,
    ApsStatus,
    KeyOrigin,
)

Effect = TypeVar("Effect")

HUB: Final = NwkAddress(0x0000)
METER: Final = NwkAddress(0x3F1C)
ENDPOINT: Final = Endpoint(1)
AT_METER: Final = ZclAddress(METER, ENDPOINT)
AT_HUB: Final = ZclAddress(HUB, ENDPOINT)

METER_ENDPOINT: Final = EndpointDefinition(
    endpoint=ENDPOINT,
    device_id=DeviceId.METERING_DEVICE,
    servers=(BASIC.id, IDENTIFY.id, TIME.id, METERING.id, KEY_ESTABLISHMENT.id, TUNNELING.id),
    clients=(KEY_ESTABLISHMENT.id, KEEP_ALIVE.id, TIME.id),
    attributes=(
        ServedAttribute(BASIC.id, 0x0004, "ACME"),
        ServedAttribute(BASIC.id, 0x0010, "Hall"),
        ServedAttribute(METERING.id, 0x0000, 1234),
        ServedAttribute(METERING.id, 0x0200, 0),
        ServedAttribute(METERING.id, 0x0308, b"METER1"),
        ServedAttribute(KEY_ESTABLISHMENT.id, 0x0000, 0x0002),
        ServedAttribute(TIME.id, 0x0002, 0),
        ServedAttribute(TIME.id, 0x0007, 0),
        ServedAttribute(TIME.id, 0x0008, None),
    ),
    commands=(
        *serve(KEY_ESTABLISHMENT, Side.SERVER),
        *serve(KEY_ESTABLISHMENT, Side.CLIENT, only=(0x03,), answered=False),
        ServedCommand(TUNNELING.id, 0x02, answered=False),
    ),
)
"""A meter: every cluster the machine has behaviour of its own for, and two served ones."""

HUB_ENDPOINT: Final = EndpointDefinition(
    endpoint=ENDPOINT,
    device_id=DeviceId.ENERGY_SERVICE_INTERFACE,
    servers=(BASIC.id, TIME.id, KEEP_ALIVE.id, KEY_ESTABLISHMENT.id),
    clients=(KEY_ESTABLISHMENT.id, METERING.id),
    attributes=(ServedAttribute(TIME.id, 0x0001, 0x09),),
)
"""A hub: master of the time, and the reports' destination."""


@dataclass
class ZclNode:
    """One cluster library and its address; remembers nothing between events."""

    address: NwkAddress
    definition: EndpointDefinition
    settings: ZclSettings = field(default_factory=ZclSettings)

    def __post_init__(self) -> None:
        self.machine = ZclMachine(
            (self.definition,),
            self.settings,
            count(1),
            Stream(f"node {self.address}"),
            Calendar(),
        )

    def does(self, event: object, now: Instant = START) -> Sequence[Any]:
        """The effects of an event."""
        return self.machine.handle(event, now)


def meter() -> ZclNode:
    """A meter."""
    return ZclNode(METER, METER_ENDPOINT)


def hub() -> ZclNode:
    """A hub."""
    return ZclNode(HUB, HUB_ENDPOINT)


def only(effects: Sequence[Any], kind: type[Effect]) -> Effect:
    """The one effect of a kind."""
    (found,) = of(effects, kind)
    return found


def of(effects: Sequence[Any], kind: type[Effect]) -> tuple[Effect, ...]:
    """The effects of a kind."""
    return tuple(effect for effect in effects if isinstance(effect, kind))


def arrival(
    request: ApsdeDataRequest,
    source: NwkAddress,
    security: ApsSecurity | None = None,
    key_origin: KeyOrigin | None = KeyOrigin.CBKE,
) -> ApsdeDataIndication:
    """How a request arrives, under the key it asked for or another."""
    asked = ApsSecurity.LINK_KEY if request.link_key else ApsSecurity.NWK_KEY
    held = security or asked
    return ApsdeDataIndication(
        source=source,
        source_eui64=None,
        source_endpoint=request.source_endpoint,
        destination=request.destination,
        destination_endpoint=request.destination_endpoint,
        profile=request.profile,
        cluster=request.cluster,
        asdu=request.asdu,
        security=held,
        key_origin=key_origin if held is ApsSecurity.LINK_KEY else None,
        counter=request.handle & 0xFF,
        lqi=255,
        rssi=-40,
    )


def confirmed(request: ApsdeDataRequest, status: ApsStatus = ApsStatus.SUCCESS) -> ApsdeDataConfirm:
    """What APS says of a request."""
    return ApsdeDataConfirm(request.handle, request.destination, status)


def exchanged(
    event: object, asker: ZclNode, server: ZclNode, now: Instant = START
) -> tuple[Sequence[Any], Sequence[Any]]:
    """What an event of the asker leads to at the server, and the answer at the asker."""
    request = only(asker.does(event, now), ApsdeDataRequest)
    at_server = server.does(arrival(request, asker.address), now)
    asker.does(confirmed(request), now)
    back: list[Any] = []
    for answer in of(at_server, ApsdeDataRequest):
        back += asker.does(arrival(answer, server.address), now)
    return at_server, back
