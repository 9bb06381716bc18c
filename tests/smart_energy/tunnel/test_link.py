import pytest

from emulator.kernel.units import minutes, seconds
from emulator.smart_energy.tunnel.link import Link
from emulator.smart_energy.tunnel.settings import TunnelSettings
from emulator.testing.stack.tunnel_bench import DEVICE

SETTINGS = TunnelSettings()


@pytest.mark.parametrize(
    ("failures", "pause"),
    [(1, seconds(10)), (2, seconds(20)), (5, seconds(160)), (6, minutes(3)), (99, minutes(3))],
)
def test_pause_doubles_with_each_failure_up_to_that_of_a_busy_partner(
    failures: int, pause: int
) -> None:
    link = Link.to(DEVICE, SETTINGS)
    link.failures = failures

    assert link.pause(SETTINGS) == pause


def test_tunnels_that_may_be_active_are_those_known_or_else_all() -> None:
    link = Link.to(DEVICE, SETTINGS)
    assert link.ids_to_close(SETTINGS) == list(range(8))

    link.ids = {5, 2}

    assert link.ids_to_close(SETTINGS) == [2, 5]


def test_known_tunnels_survive_a_power_cycle() -> None:
    link, later = Link.to(DEVICE, SETTINGS), Link.to(DEVICE, SETTINGS)
    link.ids = {5, 2}

    later.restore(link.snapshot())

    assert later.ids == {2, 5}
