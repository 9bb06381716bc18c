"""What devices are called in traces, reports and at the prompt."""

import pytest

from emulator.kernel.identity import Eui64
from emulator.lab.shipments.device_names import names_for, next_name
from emulator.lab.shipments.shipment import ShipmentDevice


def line(kind: str, number: int) -> ShipmentDevice:
    return ShipmentDevice(type=kind, eui64=Eui64(number), install_code=None)


def test_devices_are_named_by_their_type_and_numbered_where_there_are_several() -> None:
    lines = [line("ESME", 1), line("IHD", 2), line("ESME", 3), line("ESME", 4)]

    assert list(names_for(lines).values()) == ["ESME", "IHD", "ESME 2", "ESME 3"]


def test_names_of_several_homes_begin_with_the_dwelling() -> None:
    assert list(names_for([line("ESME", 1)], "flat 3").values()) == ["flat 3 ESME"]


@pytest.mark.parametrize(
    ("taken", "name"),
    [
        ((), "CHF"),
        (("CHF", "ESME"), "CHF 2"),
        (("CHF", "CHF 2"), "CHF 3"),
        (("CHFX", "flat 3 CHF"), "CHF"),
    ],
)
def test_one_more_device_gets_the_next_number_of_its_kind(
    taken: tuple[str, ...], name: str
) -> None:
    assert next_name(taken, "CHF") == name
