"""A gas meter: asleep between polls, and client of the hub's tunnel."""

from emulator.testing.judges.device_rules import built, values
from emulator.zcl.clusters.tunneling import TUNNELING
from emulator.zcl.device_ids import DeviceId
from emulator.zigbee.nwk.primitives import DeviceType

GSME = built("GSME").description


def test_gas_meter_is_a_sleeping_end_device() -> None:
    assert GSME.device_type is DeviceType.END_DEVICE
    assert GSME.sleepy
    assert not GSME.capability.full_function_device


def test_gas_meter_is_a_metering_device() -> None:
    assert [each.device_id for each in GSME.endpoints] == [DeviceId.METERING_DEVICE]


def test_meter_measures_gas_in_cubic_metres() -> None:
    shipped = values(GSME.endpoints[0])

    # MeteringDeviceType, UnitofMeasure
    assert (shipped["Metering", 0x0306], shipped["Metering", 0x0300]) == (1, 0x01)


def test_meter_opens_its_tunnel_itself() -> None:
    (meter,) = GSME.endpoints

    assert TUNNELING.id in meter.clients
    assert TUNNELING.id not in meter.servers
