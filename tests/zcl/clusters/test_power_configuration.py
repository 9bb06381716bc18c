"""Batteries 2 and 3 repeat battery 1, each 0x20 further (ZCL8 3.3)."""

import pytest

from emulator.zcl.cluster import Access
from emulator.zcl.clusters.power_configuration import POWER_CONFIGURATION
from emulator.zcl.data_types import DataType

SERVER = POWER_CONFIGURATION.server
OFFSETS = [each.id for each in SERVER.attributes if 0x20 <= each.id < 0x40]


@pytest.mark.parametrize("battery", [2, 3])
@pytest.mark.parametrize("identifier", OFFSETS, ids="{:#06x}".format)
def test_further_battery_has_type_and_access_of_the_first(battery: int, identifier: int) -> None:
    first = SERVER.attribute(identifier)
    further = SERVER.attribute(identifier + 0x20 * (battery - 1))

    assert first is not None
    assert further is not None
    assert (further.data_type, further.access) == (first.data_type, first.access)
    assert further.name.startswith(f"Battery{battery}")


def test_no_battery_has_an_attribute_twice() -> None:
    identifiers = [each.id for each in SERVER.attributes]

    assert len(identifiers) == len(set(identifiers))


def test_manufacturer_of_the_third_battery_can_be_written() -> None:
    attribute = SERVER.attribute(0x0070)

    assert attribute is not None
    assert (attribute.name, attribute.data_type) == ("Battery3Manufacturer", DataType.STRING)
    assert attribute.access == Access.READ_WRITE
