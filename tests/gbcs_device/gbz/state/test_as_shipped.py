"""A device leaves the factory with every attribute that reference messages read."""

import json

from emulator.gbcs_device.gbz.state.as_shipped import GPF, GSME
from emulator.gbcs_device.gbz.state.attributes import AttributeTable
from emulator.testing.judges.judges import require
from emulator.testing.judges.reference_data import shared_folder


def listed(device: str) -> set[tuple[int, int]]:
    """Attributes that reference messages read from a kind of device."""
    path = shared_folder() / "data" / "gbcs_objects.json"
    require("reference objects", path.is_file(), "HANLAB_SHARED names a folder with data/")
    rows = json.loads(path.read_text())["zcl_attributes"]
    return {
        (int(row["cluster"], 16), int(row["attribute"], 16))
        for row in rows
        if device in row["devices"]
    }


def test_a_meter_has_every_attribute_that_is_read_from_one() -> None:
    assert listed("GSME") <= set(GSME)


def test_a_proxy_has_every_attribute_that_is_read_from_one() -> None:
    assert listed("GPF") <= set(GPF)


def test_every_value_fits_its_attribute() -> None:
    assert set(AttributeTable(GSME)) == set(GSME)
    assert set(AttributeTable(GPF)) == set(GPF)
