"""One shared system serves three dwellings: a pair of ends for each HAN, and one line for all."""

from emulator.alt_han.bridge.bridge import both_ways
from emulator.alt_han.bridge.settings import PRESETS
from emulator.lab.installing.bridged_home import Fitting, fit_bridge, power_bridge
from emulator.lab.installing.commissioning import (
    close_network,
    form_network,
    join,
    read_again,
    register,
)
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab
from emulator.lab.shipments.dwelling_shipment import dwelling_shipment

SOURCES = (Source("DCP 400", "3.1, 3.2"), Source("SEC", "K7.5(t)"), Source("ZSE 1.4", "5.4"))
TAGS = ("alt-han", "bridge", "shared", "building")
SHIPMENT = "dual-fuel.csv"
PRESET = "example-power-line"


def run(lab: Lab) -> None:
    """The dwelling of the shipment and two beside it; then the line they share is cut."""
    lab.home_needs("ESME", "IHD")
    around = lab.world.surroundings()
    lines = both_ways("shared system", around, PRESETS[PRESET])
    labs = [
        lab,
        *(lab.beside(dwelling_shipment(at, ("ESME", "IHD")), f"flat {at}") for at in (2, 3)),
    ]
    bridges = []
    for each in labs:
        home = each.home()
        bridge = fit_bridge(each, home, Fitting(lines=lines))
        form_network(each, home)
        power_bridge(each, home, bridge)
        meter, display = home.device("ESME"), home.device("IHD")
        register(each, home, meter, display)
        join(each, home, meter)
        join(each, home, display, "15 min")
        close_network(each, home)
        bridges.append(bridge)
    lab.step("each HAN has ends of its own on the one system", "DCP 400 3.2").expect(
        lambda: len({bridge.wired_place for bridge in bridges}) == len(labs)
    )
    displays = [each.home().device("IHD") for each in labs]
    step = lab.step("the shared line is cut: no dwelling reads its hub", "DCP 400 3.2")
    for each, display in zip(labs, displays, strict=True):
        each.interviews.discard((display.name, each.home().hub.description.eui64))
    step.do(lambda: bridges[0].cut(out=True)).unless(
        lambda: any(
            (display.name, each.home().hub.description.eui64) in lab.interviews
            for each, display in zip(labs, displays, strict=True)
        ),
        for_="1 min",
    )
    lab.step("the line is back", "DCP 400 3.2").do(lambda: bridges[0].cut(out=False)).run("30 s")
    for each, display in zip(labs, displays, strict=True):
        read_again(each, each.home(), display, "15 min")
