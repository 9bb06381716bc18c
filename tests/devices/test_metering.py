import pytest

from devices.metering import CUBIC_METRES, ELECTRIC, GAS, KILOWATT_HOURS, metering
from emulator.zcl.clusters.metering import METERING


@pytest.mark.parametrize(("device_type", "unit"), [(ELECTRIC, KILOWATT_HOURS), (GAS, CUBIC_METRES)])
def test_meter_ships_with_nothing_measured(device_type: int, unit: int) -> None:
    shipped = {each.attribute: each.value for each in metering(device_type, unit)}

    # CurrentSummationDelivered, Status
    assert (shipped[0x0000], shipped[0x0200]) == (0, 0)
    # UnitofMeasure, Multiplier, Divisor: thousandths of the unit
    assert (shipped[0x0300], shipped[0x0301], shipped[0x0302]) == (unit, 1, 1000)
    # MeteringDeviceType
    assert shipped[0x0306] == device_type


def test_every_value_is_of_the_metering_cluster() -> None:
    assert {each.cluster for each in metering(ELECTRIC, KILOWATT_HOURS)} == {METERING.id}
