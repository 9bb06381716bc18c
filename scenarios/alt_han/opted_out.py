"""A supplier elects to use equipment of its own: it works as any bridge, and is not counted."""

from datetime import timedelta

from emulator.alt_han.bridge.settings import PRESETS
from emulator.alt_han.inventory import (
    AltHanInventory,
    Delivered,
    Elected,
    Fuel,
    Installed,
    MeterPointAdded,
    Solution,
)
from emulator.lab.installing.bridged_home import Fitting, fit_bridge, power_bridge
from emulator.lab.installing.commissioning import close_network, form_network, join, register
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab

SOURCES = (Source("SEC", "K7.5(t), (u), (v)"), Source("DCP 400", "3.1, 3.2"))
TAGS = ("alt-han", "bridge", "opted-out", "inventory")
SHIPMENT = "dual-fuel.csv"
SUPPLIER = "supplier A"
PREMISES = "flat 1"
OWN_EQUIPMENT = PRESETS["example-long-radio"]


def run(lab: Lab) -> None:
    """Central equipment is there and counted until the supplier elects; then its own is fitted."""
    lab.home_needs("ESME", "IHD")
    home = lab.home()
    mpan = home.shipped(home.device("ESME")).mpxn
    inventory, at = AltHanInventory(), lab.calendar.moment(lab.scheduler.now)
    step = lab.step("central point-to-point equipment is installed", "SEC K7.5(u)")
    refused = [
        inventory.record(each)
        for each in (
            MeterPointAdded(
                at=at, premises=PREMISES, fuel=Fuel.ELECTRICITY, number=mpan, supplier=SUPPLIER
            ),
            Delivered(at=at, item="pair 1", solution=Solution.POINT_TO_POINT, supplier=SUPPLIER),
            Installed(at=at, item="pair 1", premises=(PREMISES,)),
        )
    ]
    counted = inventory.meter_points(SUPPLIER, Solution.POINT_TO_POINT, at)
    step.expect(lambda: not any(refused) and counted == (mpan,), f"counted: {', '.join(counted)}")
    later = at + timedelta(days=1)
    stranger = Elected(at=later, premises=PREMISES, supplier="supplier B", opted_out=True)
    refusal = inventory.record(stranger)
    lab.step("who does not supply the premises cannot elect", "Alt HAN Inventory").expect(
        lambda: refusal is not None, "" if refusal is None else refusal.reason
    )
    inventory.record(Elected(at=later, premises=PREMISES, supplier=SUPPLIER, opted_out=True))
    left = inventory.meter_points(SUPPLIER, Solution.POINT_TO_POINT, later)
    lab.step("elected premises are not counted", "SEC K7.5(u)").expect(lambda: left == ())
    bridge = fit_bridge(lab, home, Fitting(backhaul=OWN_EQUIPMENT))
    form_network(lab, home)
    power_bridge(lab, home, bridge)
    register(lab, home, *home.joiners)
    for device in home.joiners:
        join(lab, home, device, "30 min")
    close_network(lab, home)
