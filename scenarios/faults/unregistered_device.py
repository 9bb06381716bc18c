"""A device that nobody registered asks to join, and is sent no key.

At each layer it gets what that layer's own clause says: the MAC lets it associate while joining is
permitted, NWK keeps it as an unauthenticated child, and the trust centre sends it nothing.
"""

from emulator.lab.installing.commissioning import form_network, join, register, try_to_join
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab
from emulator.smart_energy.facts import JoinRefused, NetworkKeySent
from emulator.zigbee.nwk.facts import ChildAdmitted

SOURCES = (
    Source("IEEE 802.15.4-2006", "7.5.3.1"),
    Source("R22", "3.6.1.4.1.1"),
    Source("R22", "4.6.3.2.2.2"),
    Source("ZSE 1.4", "5.4"),
)
TAGS = ("refusal", "registration")
SHIPMENT = "dual-fuel.csv"


def run(lab: Lab) -> None:
    """Everything but the first joiner is registered; the first tries all the same."""
    lab.needs_joiners(1)
    home = lab.home()
    stranger, *others = home.joiners
    eui64 = stranger.description.eui64
    form_network(lab, home)
    register(lab, home, *others)
    try_to_join(lab, home, stranger)
    lab.step("MAC and NWK let it associate", "R22 3.6.1.4.1.1").expect(
        lambda: any(fact.eui64 == eui64 for _, fact in lab.trace.of(ChildAdmitted))
    )
    lab.step("the trust centre refuses it", "R22 4.6.3.2.2.2").expect(
        lambda: any(fact.eui64 == eui64 for _, fact in lab.trace.of(JoinRefused))
    )
    lab.step("no key was sent to it", "ZSE 1.4 5.4").expect(
        lambda: not any(fact.eui64 == eui64 for _, fact in lab.trace.of(NetworkKeySent))
    )
    for device in others:
        join(lab, home, device)
