"""An electricity meter: ESI, metering device and tunnel, on a router."""

from emulator.testing.judges.device_rules import built, values
from emulator.zcl.clusters.tunneling import TUNNELING
from emulator.zcl.device_ids import DeviceId
from emulator.zigbee.nwk.primitives import DeviceType

ESME = built("ESME").description


def test_electricity_meter_routes() -> None:
    assert ESME.device_type is DeviceType.ROUTER
    assert ESME.capability.full_function_device


def test_electricity_meter_is_esi_metering_device_and_tunnel() -> None:
    assert [each.device_id for each in ESME.endpoints] == [
        DeviceId.ENERGY_SERVICE_INTERFACE,
        DeviceId.METERING_DEVICE,
        DeviceId.REMOTE_COMMUNICATIONS_DEVICE,
    ]


def test_meter_measures_electricity_in_kilowatt_hours() -> None:
    shipped = values(ESME.endpoints[1])

    # MeteringDeviceType, UnitofMeasure
    assert (shipped["Metering", 0x0306], shipped["Metering", 0x0300]) == (0, 0x00)


def test_tunnel_is_for_the_hub_to_open() -> None:
    tunnel = ESME.endpoints[2]

    assert TUNNELING.id in tunnel.servers
    assert TUNNELING.id not in tunnel.clients
