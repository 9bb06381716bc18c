"""One device holds another install code than its papers say, and gets no network key."""

from emulator.crypto.install_code import InstallCode
from emulator.lab.installing.commissioning import form_network, join, register, try_to_join
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab
from emulator.smart_energy.facts import NetworkKeyReceived
from emulator.zigbee.facts import FrameDropped

SOURCES = (Source("ZSE 1.4", "5.4.8"), Source("R22", "4.4.3.1"))
TAGS = ("refusal", "install-code")
SHIPMENT = "dual-fuel.csv"

OTHER_CODE = InstallCode.from_octets(bytes(range(16)))


def run(lab: Lab) -> None:
    """The trust centre sends the key; the device cannot open it, and stays out."""
    lab.needs_joiners(1)
    victim = lab.first_joiner()
    lab.differ(victim, install_code=OTHER_CODE)
    home = lab.home()
    form_network(lab, home)
    register(lab, home, *home.joiners)
    device = home.device(victim)
    try_to_join(lab, home, device)
    lab.step("the Transport-Key does not open under its own link key", "R22 4.4.3.1").expect(
        lambda: any(fact.layer == "aps" for _, fact in lab.trace.of(FrameDropped, device.name)),
    )
    lab.step("no network key was accepted", "R22 4.4.3.2").expect(
        lambda: not any(lab.trace.of(NetworkKeyReceived, device.name))
    )
    for other in home.joiners:
        if other is not device:
            join(lab, home, other)
