"""A node's neighbours and routes as Mgmt_Lqi and Mgmt_Rtg show them."""

from pathlib import Path

from emulator.kernel.units import seconds
from emulator.lab.installing.commissioning import commission
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.shipment import read_shipment
from emulator.testing.stack.nwk_bench import LISTENER, ROUTER, SLEEPER, NwkBench
from emulator.zigbee.addresses import COORDINATOR
from emulator.zigbee.zdo.management_frames import (
    MgmtLqiReq,
    MgmtLqiRsp,
    MgmtRtgReq,
    MgmtRtgRsp,
    Relationship,
)
from emulator.zigbee.zdo.network_view import MAX_DEPTH, NetworkView
from emulator.zigbee.zdo.primitives import ZdpConfirm, ZdpRequest

SHIPMENT = Path(__file__).parents[2] / "data" / "shipments" / "dual-fuel.csv"


def test_hub_shows_each_child_with_what_it_is() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    router = bench.join("router", ROUTER, hub)
    sleeper = bench.join("sleeper", SLEEPER, hub)

    rows = {row.address: row for row in NetworkView(hub.machine.state).neighbours()}

    assert {row.relationship for row in rows.values()} == {Relationship.CHILD}
    told = rows[router.address], rows[sleeper.address]
    assert [(row.device_type, row.rx_on_when_idle, row.depth) for row in told] == [
        (1, 1, MAX_DEPTH),
        (2, 0, MAX_DEPTH),
    ]
    assert {row.extended_pan_id for row in rows.values()} == {hub.machine.state.nib.extended_pan_id}


def test_device_shows_the_hub_as_its_parent_at_depth_zero() -> None:
    bench = NwkBench()
    device = bench.join("device", LISTENER, bench.coordinator())

    [parent] = NetworkView(device.machine.state).neighbours()

    assert (parent.relationship, parent.address, parent.depth) == (
        Relationship.PARENT,
        COORDINATOR,
        0,
    )


def test_route_leads_to_a_device_behind_a_router() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    router = bench.join("router", ROUTER, hub)
    hub.machine.state.routes.learn(bench.join("far", LISTENER, router).address, router.address)
    bench.run(seconds(1))

    [route] = NetworkView(hub.machine.state).routes()

    assert (route.destination, route.next_hop) == (bench.nodes["far"].address, router.address)


def test_devices_of_a_home_ask_the_hub_for_its_tables() -> None:
    lab = Lab(read_shipment(SHIPMENT), LabOptions(seed=1))
    home = lab.home()
    meter = home.device("ESME")
    answers: list[ZdpConfirm] = []
    meter.observe((ZdpConfirm,), answers.append)
    commission(lab, home)

    meter.post(ZdpRequest(70001, COORDINATOR, MgmtLqiReq(0)))
    meter.post(ZdpRequest(70002, COORDINATOR, MgmtRtgReq(0)))
    lab.run("5 s")

    told = {each.handle: each.response for each in answers if each.handle > 70000}
    assert isinstance(told[70001], MgmtLqiRsp)
    assert isinstance(told[70002], MgmtRtgRsp)
    assert told[70001].entries == len(home.joiners)
