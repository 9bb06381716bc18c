import pytest

from emulator.kernel.units import START, hours, later
from emulator.testing.scenes.dcc_scene import ESME, HUB, dcc_scene


def test_hub_is_reached_through_itself_and_devices_through_it() -> None:
    scene = dcc_scene()
    scene.listed(HUB, ESME)
    world = scene.dcc.world

    for device in (HUB, ESME):
        record = world.inventory.device(device)
        assert record is not None
        assert world.hub_of(record) == HUB


def test_dcc_is_called_as_its_broker() -> None:
    world = dcc_scene().dcc.world

    assert world.name == world.originators.broker


@pytest.mark.parametrize("late", [0, 7])
def test_certificates_are_held_against_the_moment(late: int) -> None:
    world = dcc_scene().dcc.world
    now = later(START, hours(late))

    assert world.protection_at(now).moment == world.moment(now)
