"""The hub loses power for two hours; every device notices, and talks to it when it returns."""

from emulator.kernel.units import Instant
from emulator.lab.home.home import has_agreed_key
from emulator.lab.installing.commissioning import commission, read_again
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab
from emulator.smart_energy.device import SmartEnergyDevice
from emulator.smart_energy.facts import JoinState

SOURCES = (Source("ZSE 1.4", "5.5.5.3"), Source("ZSE 1.4", "5.5.5.4"), Source("R22", "3.6.1.4.2"))
TAGS = ("recovery", "rejoin", "keep-alive")
SHIPMENT = "dual-fuel.csv"


def run(lab: Lab) -> None:
    """A lost parent or three failed keep-alives make each device look for its network again."""
    lab.needs_joiners(1)
    home = lab.home()
    commission(lab, home)
    lab.step("the hub loses power", "ZSE 1.4 5.5.5.3").do(home.hub.power_off).done()
    dark = lab.scheduler.now
    for device in home.joiners:
        await_rejoin_attempt(lab, device, dark)
    lab.step("two hours pass").run("2 h")
    lab.step("the hub has power again", "R22 3.6.1.1").do(home.hub.power_on).until(
        lambda: home.hub.joined, within="1 min"
    )
    for device in home.joiners:
        await_return(lab, device)
    for device in home.joiners:
        read_again(lab, home, device)


def await_rejoin_attempt(lab: Lab, device: SmartEnergyDevice, dark: Instant) -> None:
    """Wait until a device has looked for its network since the hub went dark."""

    def looked() -> bool:
        states = lab.trace.of(JoinState, device.name)
        return any(fact.state == "REJOINING" and record.at >= dark for record, fact in states)

    step = lab.step(f"{device.name} notices and looks for its network", "ZSE 1.4 5.5.5.3")
    step.until(looked, within="2 h")


def await_return(lab: Lab, device: SmartEnergyDevice) -> None:
    """Wait until a device is on the network again, under the link key it had."""
    lab.step(f"{device.name} is back, its link key kept", "ZSE 1.4 5.5.5.4").until(
        lambda: has_agreed_key(device), within="1 h", otherwise=lambda: lab.where(device)
    )
