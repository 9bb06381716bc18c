"""Requests that the DCC must refuse: wrong role, unknown device, impossible date, and more."""

from datetime import timedelta

from emulator.dcc.dcc import RequestPlan
from emulator.lab.installing.installation import Ask, Installation, told
from emulator.lab.installing.visits import begin, fit_hub, install_electricity
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab

SOURCES = (
    Source("DUIS 5.4", "response codes E2, E4, E5, E11, E12, E19"),
    Source("SEC App. AC", "4.11, 4.12, 4.15"),
)
TAGS = ("refusal", "dcc", "access-control")
SHIPMENT = "dual-fuel.csv"
SERVICE_MODE = "end_to_end"
STRANGER = 0x02_48_41_4E_00_00_0F_FF


def run(lab: Lab) -> None:
    """Every request is refused with its code and recorded; nothing reaches a device."""
    lab.home_needs("ESME")
    work = begin(lab)
    esme = work.home.device("ESME")
    fit_hub(work)
    install_electricity(work, esme)
    for device in work.home.joiners:
        if device.description.kind == "IHD":
            work.log(device)
    crossed = len(lab.steps)
    refuse(work)
    lab.step("none of it reached a device", "DUIS 5.4").expect(
        lambda: not any(step.messages for step in lab.steps[crossed:])
    )


def refuse(work: Installation) -> None:
    """One step for each reason."""
    eui64 = work.home.device("ESME").description.eui64
    display = work.find("IHD")
    read = Ask(srv="4.1.1", clause="DUIS response code E4", target=eui64)
    work.refused("a supplier of somewhere else", by(read, "gaining supplier"), "E4")
    role = Ask(srv="7.2", clause="DUIS response code E2", target=eui64, user="network operator")
    work.refused("a role that may not send it", role, "E2")
    stranger = Ask(srv="4.1.1", clause="DUIS response code E19", target=type(eui64)(STRANGER))
    work.refused("a device nobody knows", stranger, "E19")
    again = Ask(srv="8.1.1", clause="SEC App. AC 4.12(b)", target=eui64)
    work.refused("a meter that is commissioned already", again, "E5")
    proxy = Ask(srv="8.12.2", clause="DUIS response code E11", target=eui64)
    work.refused("a request for another type of device", proxy, "E11")
    if display is not None:
        never = Ask(srv="8.1.1", clause="SEC App. AC 4.15", target=display)
        work.refused("a Type 2 device is never commissioned", never, "E11")
    past = RequestPlan("4.1.1", eui64, execution=work.side.moment - timedelta(days=1))
    answer = work.side.dcc.ask("supplier", past)
    work.lab.step("a date that is past", "DUIS 5.4 ExecutionDateTime").expect(
        lambda: not answer.accepted, told(answer)
    )


def by(asked: Ask, user: str) -> Ask:
    """The same request of another user."""
    return Ask(srv=asked.srv, clause=asked.clause, target=asked.target, user=user)
