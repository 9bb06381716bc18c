"""A hub and a meter whose ZDOs ask each other, as tests want them."""

from itertools import count

from emulator.kernel.identity import Eui64
from emulator.kernel.units import seconds
from emulator.testing.stack.aps_link import ApsLink, Station
from emulator.zigbee.address_map import AddressMap
from emulator.zigbee.addresses import (
    COORDINATOR,
    SMART_ENERGY_PROFILE,
    ZDO_ENDPOINT,
    ZDO_PROFILE,
    ClusterId,
    Endpoint,
    ExtendedPanId,
    NwkAddress,
)
from emulator.zigbee.aps.binding_table import BindingTable
from emulator.zigbee.aps.primitives import (
    ApsdeDataIndication,
    ApsmeSetTrustCentreRequest,
    ApsSecurity,
)
from emulator.zigbee.mac.primitives import CapabilityInformation
from emulator.zigbee.nwk.primitives import (
    DeviceType,
    NlmeJoinConfirm,
    NlmeNetworkFormationConfirm,
    NwkStatus,
)
from emulator.zigbee.zdo import management_frames as management
from emulator.zigbee.zdo.descriptors import EndpointDescription, NodeDescription
from emulator.zigbee.zdo.frames import ZdpCommand
from emulator.zigbee.zdo.machine import ZdoMachine
from emulator.zigbee.zdo.primitives import (
    DeviceAnnounceIndication,
    ZdoTables,
    ZdpConfirm,
    ZdpRequest,
)
from emulator.zigbee.zdo.settings import ZdoSettings

HUB = Eui64(0x00DB1234567890A2)
METER = Eui64(0x00DB1234567890A0)
SLEEPER = Eui64(0x00DB1234567890A1)
METER_ADDRESS = NwkAddress(0x3F1C)
SLEEPER_ADDRESS = NwkAddress(0x88D2)
KEY_ESTABLISHMENT = ClusterId(0x0800)
METERING = ClusterId(0x0702)
SLEEPY = CapabilityInformation(full_function_device=False, rx_on_when_idle=False)
NEIGHBOUR = management.NeighbourRecord(
    ExtendedPanId(HUB), SLEEPER, SLEEPER_ADDRESS, 2, 0, management.Relationship.CHILD, 0, 0, 0, 1, 9
)
ROUTE = management.RouteRecord(
    SLEEPER_ADDRESS,
    0,
    memory_constrained=False,
    many_to_one=False,
    route_record_required=False,
    reserved=0,
    next_hop=METER_ADDRESS,
)


class Tables:
    """A node with one sleeping child and one route."""

    def neighbours(self) -> tuple[management.NeighbourRecord, ...]:
        """Its child."""
        return (NEIGHBOUR,)

    def routes(self) -> tuple[management.RouteRecord, ...]:
        """Its route."""
        return (ROUTE,)


def description(kind: DeviceType) -> NodeDescription:
    """A node that is a meter and a display of meters."""
    meter = EndpointDescription(
        Endpoint(1), SMART_ENERGY_PROFILE, 0x0501, 0, (KEY_ESTABLISHMENT, METERING), ()
    )
    display = EndpointDescription(Endpoint(2), SMART_ENERGY_PROFILE, 0x0502, 0, (), (METERING,))
    return NodeDescription(kind, CapabilityInformation(), (meter, display))


def tables(station: Station) -> ZdoTables:
    """What the ZDO of a station reads and edits."""
    return ZdoTables(station.address_map, station.aps.bindings, Tables())


def home(settings: ZdoSettings | None = None) -> tuple[ApsLink, Station, Station]:
    """A hub that formed a network and a meter that joined it."""
    link = ApsLink()
    hub = link.station("hub", HUB, COORDINATOR)
    meter = link.station("meter", METER, METER_ADDRESS)
    for station, kind in ((hub, DeviceType.COORDINATOR), (meter, DeviceType.ROUTER)):
        zdo = ZdoMachine(
            station.eui64,
            description(kind),
            settings or ZdoSettings(),
            tables(station),
            station.handles,
        )
        station.host(zdo, outward=(ZdpConfirm, DeviceAnnounceIndication))
        station.post(ApsmeSetTrustCentreRequest(HUB))
    hub.post(NlmeNetworkFormationConfirm(NwkStatus.SUCCESS))
    meter.post(NlmeJoinConfirm(NwkStatus.SUCCESS, METER_ADDRESS))
    return link, hub, meter


def ask(command: ZdpCommand, destination: NwkAddress = METER_ADDRESS) -> ZdpConfirm:
    """What the hub hears when it asks the meter."""
    link, hub, _ = home()
    hub.post(ZdpRequest(1, destination, command))
    link.run(seconds(4))
    [confirm] = hub.all(ZdpConfirm)
    return confirm


def zdp(
    asdu: bytes, cluster: int, security: ApsSecurity = ApsSecurity.NWK_KEY
) -> ApsdeDataIndication:
    """A ZDP frame from the hub as APS hands it to the meter's ZDO."""
    return ApsdeDataIndication(
        COORDINATOR,
        HUB,
        ZDO_ENDPOINT,
        METER_ADDRESS,
        ZDO_ENDPOINT,
        ZDO_PROFILE,
        ClusterId(cluster),
        asdu,
        security,
        None,
        1,
        255,
        -40,
    )


def lone_machine() -> ZdoMachine:
    """The ZDO of an end device, on its own."""
    return ZdoMachine(
        METER,
        description(DeviceType.END_DEVICE),
        ZdoSettings(),
        ZdoTables(AddressMap(), BindingTable()),
        count(1),
    )
