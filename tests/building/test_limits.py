from emulator.alt_han.bridge.settings import Transparency
from emulator.building.limits import BEHAVIOURS, LADDERS, Trial, carried_over, limits, try_line
from emulator.kernel.units import Duration, milliseconds, seconds
from emulator.lab.inputs.overrides import Overrides
from emulator.lab.installing.bridged_home import Fitting, fit_bridge, power_bridge
from emulator.lab.installing.commissioning import form_network, join, register
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.dwelling_shipment import dwelling_shipment
from emulator.zigbee.nwk.facts import Associated, JoinAttemptFailed

LATENCY = next(iter(LADDERS))
ALL, NONE = (True,) * len(BEHAVIOURS), (False,) * len(BEHAVIOURS)


def test_a_proxy_carries_what_a_relay_cannot() -> None:
    late = {"latency": milliseconds(50), "jitter": Duration(0)}

    assert all(carried_over(Transparency.PROXY, late, 1))
    assert carried_over(Transparency.RELAY, late, 1)[2:] == (False, False, False)


def test_a_relay_far_beyond_its_limit_works_by_an_answer_to_an_earlier_attempt() -> None:
    second = {("backhaul", "latency"): seconds(1), ("backhaul", "jitter"): Duration(0)}
    shipment = dwelling_shipment(0, ("ESME", "IHD"))
    lab = Lab(shipment, LabOptions(overrides=Overrides(rooms=second)))
    home = lab.home()
    bridge = fit_bridge(lab, home, Fitting(transparency=Transparency.RELAY))
    form_network(lab, home)
    power_bridge(lab, home, bridge)
    register(lab, home, *home.joiners)

    for device in home.joiners:
        join(lab, home, device, "15 min")

    display = home.device("IHD").name
    missed = [record.at for record, _ in lab.trace.of(JoinAttemptFailed, display)]
    (joined,) = (record.at for record, _ in lab.trace.of(Associated, display))
    # its own answer would have come a second after its poll, and the line takes one each way
    assert missed
    assert joined - missed[-1] < seconds(2)


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
