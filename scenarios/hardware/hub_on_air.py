"""A hub forms its network, and devices that stand outside the bench join it with their codes."""

from functools import partial

from emulator.kernel.identity import Eui64, format_eui64
from emulator.lab.home.join_diagnosis import diagnosis
from emulator.lab.home.join_watch import JoinWatch
from emulator.lab.installing.commissioning import JOIN_WINDOW, close_network, form_network, register
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab
from emulator.smart_energy.facts import KeyEstablished

SOURCES = (Source("ZSE 1.4", "5.4"), Source("ZSE 1.4", "Annex C"))
TAGS = ("hardware", "commissioning", "cbke", "install-code")
SHIPMENT = "dual-fuel.csv"


def _hopeless(watch: JoinWatch) -> bool:
    return watch.hopeless


def run(lab: Lab) -> None:
    """Where the hub has a radio of its own, the devices are real ones, seen only from the hub.

    Without one this is a rehearsal: the devices are emulated too.
    """
    lab.needs_joiners(1)
    home = lab.home()
    outside = lab.has_real_radio(home.hub)
    if outside:
        lab.notes.append("the devices stand outside: the table shows only what is emulated here")
    form_network(lab, home)
    register(lab, home, *home.joiners)
    for device in home.joiners:
        eui64 = device.description.eui64
        home.permit_join(JOIN_WINDOW)
        if not outside:
            device.power_on()

        def agreed(eui64: Eui64 = eui64) -> bool:
            facts = lab.trace.of(KeyEstablished, home.hub.name)
            return any(fact.partner == eui64 for _, fact in facts)

        def why(name: str = device.name, eui64: Eui64 = eui64) -> str:
            return diagnosis(lab.trace, name, eui64)

        watch = JoinWatch(device.name, eui64)
        with lab.trace.listening(watch.note):
            lab.step(
                f"{device.name} {format_eui64(eui64)} joins and agrees its key", "ZSE 1.4 5.4"
            ).until(agreed, within="4 min", otherwise=why, hopeless=partial(_hopeless, watch))
    close_network(lab, home)
    lab.step("the last answers go out", "ZSE 1.4 Annex C").run("3 s")
