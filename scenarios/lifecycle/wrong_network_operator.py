"""A meter is handed over with the certificate of a wrong network operator, as happened to many."""

from emulator.lab.installing.handover import hand_over_network
from emulator.lab.installing.installation import Ask
from emulator.lab.installing.visits import begin, fit_hub, install_electricity
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab
from emulator.lab.world.parties import OTHER_NETWORK_OPERATOR

SOURCES = (
    Source("SECMP0063", "about a tenth of electricity meters have a wrong certificate"),
    Source("GBCS", "use case CS02b (networkOperatorByNetworkOperator)"),
)
TAGS = ("credentials", "dcc", "network-operator", "gbcs")
SHIPMENT = "one-meter.csv"
SERVICE_MODE = "end_to_end"
OPERATOR = "network operator"


def run(lab: Lab) -> None:
    """The right operator gets no answer, the wrong one no access; what is held can be read."""
    lab.home_needs("ESME")
    work = begin(lab)
    esme = work.home.device("ESME")
    meter = esme.description.eui64
    fit_hub(work)
    install_electricity(work, esme)
    hand_over_network(work, esme, OTHER_NETWORK_OPERATOR)
    read = Ask(srv="4.1.1", clause="GBCS 6.2.4", target=meter, user=OPERATOR)
    work.unanswered("the meter does not know its own network operator", read)
    wrong = Ask(srv="4.1.1", clause="DUIS response code E4", target=meter, user=f"other {OPERATOR}")
    work.refused("the DCC does not let the wrong one in", wrong, "E4")
    held = Ask(
        srv="6.24.1",
        clause="GBCS CS02a",
        target=meter,
        parameters={"RemotePartyRole": ("NetworkOperator",)},
    )
    work.ask("the supplier reads whose certificates are held", held)
