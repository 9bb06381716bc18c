"""Devices as their makers build them, and what Smart Energy says of their endpoints.

The cluster rules are those of ZSE 1.4 Tables 6-1 to 6-9, as panweave states them: what a device
id must have, and what it may have; the rest is prohibited.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from emulator.crypto.cbke import Suite
from emulator.crypto.certificate_authority import CertificateAuthority
from emulator.equipment.request import DeviceRequest
from emulator.kernel.extensions import load
from emulator.kernel.identity import Eui64
from emulator.kernel.scheduler import Scheduler
from emulator.kernel.streams import Stream, Streams
from emulator.kernel.trace import Trace
from emulator.kernel.units import Calendar
from emulator.radio.air import Air
from emulator.radio.links import SymmetricLinks
from emulator.radio.simulated import SimulatedRadio
from emulator.smart_energy.device import SmartEnergyDevice, Surroundings
from emulator.smart_energy.keys.credentials import Credentials
from emulator.smart_energy.stack_settings import StackSettings
from emulator.zcl.device_ids import DeviceId
from emulator.zcl.endpoint import EndpointDefinition
from emulator.zcl.registry import cluster_name

EUI64: Final = Eui64(0x00DB1234567890A0)
LINK_KEY: Final = bytes(range(16))


@dataclass(frozen=True, slots=True)
class Rule:
    """Clusters by name, in the words of the registry; commas between."""

    server: str = ""
    client: str = ""
    may_serve: str = ""
    may_use: str = ""


_ANY: Final = "Key Establishment"
_MAY_SERVE: Final = (
    "Basic, Power Configuration, Commissioning, Identify, Events, OTA Upgrade, Keep-Alive"
)
_MAY_USE: Final = "Commissioning, OTA Upgrade, Keep-Alive"
RULES: Final = {
    DeviceId.ENERGY_SERVICE_INTERFACE: Rule(
        server="Messaging, Price, Demand Response and Load Control, Time",
        may_serve="Calendar, Metering, Prepayment, Device Management, Alarms, MDU Pairing, "
        "Tunneling, Sub-GHz",
        may_use="Price, Metering, Prepayment, Time, Device Management, Events, MDU Pairing, "
        "Energy Management, Tunneling, Sub-GHz",
    ),
    DeviceId.METERING_DEVICE: Rule(
        server="Metering",
        may_serve="Prepayment, Alarms, Tunneling",
        may_use="Time, Price, Calendar, Messaging, Device Management, MDU Pairing, Sub-GHz, "
        "Tunneling",
    ),
    DeviceId.IN_HOME_DISPLAY: Rule(
        may_serve="Alarms, Tunneling",
        may_use="Demand Response and Load Control, Time, Prepayment, Price, Calendar, Metering, "
        "Messaging, Device Management, MDU Pairing, Energy Management, Events, Sub-GHz, Tunneling",
    ),
    DeviceId.LOAD_CONTROL_DEVICE: Rule(
        client="Demand Response and Load Control, Time",
        may_serve="Energy Management, Alarms, Tunneling",
        may_use="Price, Calendar, Device Management, MDU Pairing, Sub-GHz, Tunneling",
    ),
    DeviceId.PREPAYMENT_TERMINAL: Rule(
        server="Prepayment",
        client="Price, Time, Prepayment",
        may_serve="Alarms, Tunneling",
        may_use="Demand Response and Load Control, Calendar, Metering, Messaging, "
        "Device Management, MDU Pairing, Energy Management, Sub-GHz, Tunneling",
    ),
    DeviceId.REMOTE_COMMUNICATIONS_DEVICE: Rule(
        may_serve="Tunneling, Time, Sub-GHz", may_use="Tunneling"
    ),
}
"""By device id; Basic on every endpoint and Key Establishment are `complaints`' own."""


def complaints(endpoints: tuple[EndpointDefinition, ...]) -> list[str]:
    """What is missing on the endpoints of a device, and what is there but prohibited."""
    found = [complaint for endpoint in endpoints for complaint in _about(endpoint)]
    found.extend(
        f"no Key Establishment among the {side}"
        for side in ("servers", "clients")
        if not any(_ANY in _names(getattr(endpoint, side)) for endpoint in endpoints)
    )
    return found


def _about(endpoint: EndpointDefinition) -> Iterator[str]:
    rule = RULES[endpoint.device_id]
    servers, clients = _names(endpoint.servers), _names(endpoint.clients)
    for missing in (_set(rule.server) | {"Basic"}) - servers:
        yield f"endpoint {endpoint.endpoint} does not serve {missing}"
    for missing in _set(rule.client) - clients:
        yield f"endpoint {endpoint.endpoint} does not use {missing}"
    for extra in servers - _set(rule.server, rule.may_serve, _MAY_SERVE, _ANY):
        yield f"endpoint {endpoint.endpoint} serves {extra}"
    for extra in clients - _set(rule.client, rule.may_use, _MAY_USE, _ANY):
        yield f"endpoint {endpoint.endpoint} uses {extra}"


def _names(clusters: tuple[int, ...]) -> frozenset[str]:
    return frozenset(map(cluster_name, clusters))


def _set(*texts: str) -> frozenset[str]:
    return frozenset(name.strip() for text in texts for name in text.split(",") if name.strip())


def built(
    kind: str, suites: tuple[Suite, ...] = (Suite.SECT283K1,), trace: Trace | None = None
) -> SmartEnergyDevice:
    """A device of that kind, alone on an air of its own, without power."""
    return made(request_for(kind, suites, trace))


def made(request: DeviceRequest) -> SmartEnergyDevice:
    """The device that a maker makes of a request."""
    device: SmartEnergyDevice = load("hanlab.devices", request.kind)(request)
    return device


def request_for(
    kind: str, suites: tuple[Suite, ...] = (Suite.SECT283K1,), trace: Trace | None = None
) -> DeviceRequest:
    """What a maker is given for a device of that kind, alone on an air of its own."""
    scheduler, streams = Scheduler(), Streams(1)
    air = Air(scheduler, streams, SymmetricLinks())

    def radio(name: str) -> SimulatedRadio:
        return SimulatedRadio(name, air, scheduler, streams.stream(name, "csma"))

    stream = Stream("certificates")
    issued = {suite: CertificateAuthority.test(suite).issue(EUI64, stream) for suite in suites}
    return DeviceRequest(
        name=kind,
        kind=kind,
        eui64=EUI64,
        link_key=None if kind == "CHF" else LINK_KEY,
        credentials=Credentials(issued),
        surroundings=Surroundings(scheduler, streams, trace or Trace(), Calendar(), radio),
        settings=StackSettings(),
        manufacturer="ACME",
        model="M-1",
        firmware="1.0",
    )


def values(endpoint: EndpointDefinition) -> dict[tuple[str, int], object]:
    """The values an endpoint ships with, by cluster name and attribute."""
    return {
        (cluster_name(served.cluster), served.attribute): served.value
        for served in endpoint.attributes
    }
