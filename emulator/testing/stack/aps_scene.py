"""A hub, a meter and a joiner as tests of the APS layer want them."""

from typing import Any

from emulator.kernel.identity import Eui64
from emulator.testing.stack.aps_link import ApsLink, Station
from emulator.zigbee.addresses import (
    COORDINATOR,
    SMART_ENERGY_PROFILE,
    ClusterId,
    Endpoint,
    NwkAddress,
)
from emulator.zigbee.aps.primitives import (
    ApsdeDataRequest,
    ApsmeSetLinkKeyRequest,
    ApsmeSetTrustCentreRequest,
    KeyOrigin,
)
from emulator.zigbee.aps.settings import ApsSettings
from emulator.zigbee.facts import FrameDropped

HUB = Eui64(0x00DB1234567890A2)
METER = Eui64(0x00DB1234567890A0)
JOINER = Eui64(0x00DB1234567890A1)
METER_ADDRESS = NwkAddress(0x3F1C)
JOINER_ADDRESS = NwkAddress(0x88D2)
KEY = bytes.fromhex("66b6900981e1ee3ca4206b6b861c02bb")
NETWORK_KEY = bytes.fromhex("550000fffdfe00fa07fc09f233ea04f9")


def message(asdu: bytes = b"reading", **changes: Any) -> ApsdeDataRequest:
    """A message from the hub to the meter, with some fields changed."""
    fields: dict[str, Any] = {
        "handle": 7,
        "destination": METER_ADDRESS,
        "destination_endpoint": Endpoint(1),
        "source_endpoint": Endpoint(2),
        "profile": SMART_ENERGY_PROFILE,
        "cluster": ClusterId(0x0702),
        "asdu": asdu,
    }
    return ApsdeDataRequest(**(fields | changes))


def pair(settings: ApsSettings | None = None) -> tuple[ApsLink, Station, Station]:
    """A hub and a meter in reach of each other."""
    link = ApsLink(settings)
    hub = link.station("hub", HUB, COORDINATOR)
    meter = link.station("meter", METER, METER_ADDRESS)
    return link, hub, meter


def share(hub: Station, meter: Station, origin: KeyOrigin = KeyOrigin.CBKE) -> None:
    """Let both hold one link key, and the meter know its trust centre."""
    hub.post(ApsmeSetLinkKeyRequest(meter.eui64, KEY, origin))
    meter.post(ApsmeSetLinkKeyRequest(hub.eui64, KEY, origin))
    meter.post(ApsmeSetTrustCentreRequest(hub.eui64))


def reasons(link: ApsLink) -> str:
    """Why frames were dropped, in one line."""
    return " | ".join(fact.reason for fact in link.facts(FrameDropped))
