from emulator.alt_han.bridge.settings import Transparency
from emulator.building.limits import BEHAVIOURS, LADDERS, Trial, carried_over, limits, try_line
from emulator.kernel.units import Duration, milliseconds

LATENCY = next(iter(LADDERS))
ALL, NONE = (True,) * len(BEHAVIOURS), (False,) * len(BEHAVIOURS)


def test_a_proxy_carries_what_a_relay_cannot() -> None:
    late = {"latency": milliseconds(50), "jitter": Duration(0)}

    assert all(carried_over(Transparency.PROXY, late, 1))
    assert not any(carried_over(Transparency.RELAY, late, 1))


def test_a_router_is_tried_as_a_device_of_the_home() -> None:
    trial = try_line(Transparency.ROUTER, LATENCY, 0, 1)

    assert trial == Trial(Transparency.ROUTER, LATENCY, LADDERS[LATENCY][0][0], ALL)


def test_a_limit_is_the_last_rung_up_to_which_all_carried() -> None:
    rungs = {"1 ms": ALL, "2 ms": ALL, "3 ms": NONE, "4 ms": ALL}
    trials = tuple(
        Trial(Transparency.RELAY, LATENCY, rung, carried) for rung, carried in rungs.items()
    )

    assert set(limits(trials).values()) == {"2 ms"}
    assert set(limits(trials[2:]).values()) == {"none"}
