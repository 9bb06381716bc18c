import pytest

from emulator.zigbee.addresses import NwkAddress
from emulator.zigbee.mac.power_control import HIGHEST, LOWEST, PowerTable

METER = NwkAddress(0x1A2B)


def test_link_of_which_nothing_was_said_has_no_power_of_its_own() -> None:
    table = PowerTable()

    assert table.of(METER) is None
    assert table.of(None) is None


@pytest.mark.parametrize(
    ("deltas", "power"), [((-5,), 3), ((-5, 2), 5), ((100,), HIGHEST), ((-100, -1), LOWEST)]
)
def test_adjustments_add_up_within_what_a_device_can(deltas: tuple[int, ...], power: int) -> None:
    table = PowerTable()

    for delta in deltas:
        table.adjust(METER, delta, 8)

    assert table.of(METER) == power


def test_reset_link_has_the_usual_power_again() -> None:
    table = PowerTable()
    table.adjust(METER, -5, 8)
    table.adjust(NwkAddress(1), -5, 8)

    table.reset(METER)
    assert (table.of(METER), table.of(NwkAddress(1))) == (None, 3)

    table.clear()
    assert table.of(NwkAddress(1)) is None
