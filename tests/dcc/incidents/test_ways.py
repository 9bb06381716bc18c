"""What each regime makes of the same steps."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from emulator.dcc.incidents.email_desk import EmailDesk
from emulator.dcc.incidents.facts import (
    InstallCodeAsked,
    InstallCodeGiven,
    InstallCodeNotFound,
    InstallCodeNotGiven,
    InstallCodeOverdue,
    InstallCodeReassigned,
    InstallCodeRefused,
    InstallCodeRequestClosed,
)
from emulator.dcc.incidents.held_codes import HeldCodes
from emulator.dcc.incidents.notifications import Ledger
from emulator.dcc.incidents.primitives import (
    AnswerInstallCode,
    AskForInstallCode,
    CloseRequest,
    ReassignRequest,
)
from emulator.dcc.incidents.records import Outcome
from emulator.dcc.incidents.ways import EmailWay, HeldWay, IncidentWay, Step, Way
from emulator.dcc.inventory.device_kinds import DeviceKind
from emulator.dcc.inventory.inventory import Inventory
from emulator.dcc.registration import Fuel, Registration, Responsibility
from emulator.kernel.identity import Eui64
from emulator.testing.scenes.incident_scene import (
    CALENDAR,
    CODE,
    DUE,
    HELPDESK,
    MONDAY,
    THIRD,
    Scene,
    day,
)
from emulator.testing.scenes.inventory_scene import ESME, GAINER, GSME, INSTALLER, START, told

MPAN = "2000000000006"
ASK = AskForInstallCode(GAINER, ESME, MPAN)


@pytest.fixture
def registration() -> Registration:
    made = Registration()
    made.add(MPAN, Fuel.ELECTRICITY)
    for number, party in enumerate((INSTALLER, THIRD, GAINER)):
        since = START - timedelta(days=90 - 30 * number)
        made.register(MPAN, Responsibility.IMPORT_SUPPLIER, party, since)
    return made


@pytest.fixture
def incidents() -> IncidentWay:
    return IncidentWay(Scene().desk)


@pytest.fixture
def mails(registration: Registration) -> EmailWay:
    return EmailWay(EmailDesk(CALENDAR, Ledger()), registration)


@pytest.fixture
def held(registration: Registration) -> Iterator[HeldWay]:
    with Inventory.open() as inventory:
        inventory.pre_notify([told(DeviceKind.ESME)], START)
        codes = HeldCodes(inventory, registration)
        codes.hold(INSTALLER, ESME, CODE)
        yield HeldWay(codes)


def give(number: int, party: Eui64, code: bytes | None = CODE) -> AnswerInstallCode:
    return AnswerInstallCode(number, party, ESME, code)


def kinds(way: Way, *steps: Step) -> list[str]:
    return [fact.kind for step in steps for fact in way.take(step, MONDAY)]


def test_an_incident_goes_its_way(incidents: IncidentWay) -> None:
    assert incidents.take(ASK, MONDAY) == (
        InstallCodeAsked("SSI", 1, GAINER, INSTALLER, ESME, DUE.isoformat()),
    )
    assert incidents.take(give(1, INSTALLER, None), day(1)) == (
        InstallCodeNotGiven("SSI", 1, INSTALLER, ESME, "a note without a code"),
    )
    assert incidents.code(GAINER, ESME) is None
    assert incidents.expire(DUE) == (InstallCodeOverdue("SSI", 1, GAINER, INSTALLER, 1),)
    assert incidents.take(give(1, INSTALLER), day(10)) == (
        InstallCodeGiven("SSI", 1, GAINER, ESME, "note on an incident"),
    )
    assert incidents.code(GAINER, ESME) == CODE
    assert incidents.take(CloseRequest(1, GAINER, Outcome.COMMISSIONED), day(11)) == (
        InstallCodeRequestClosed(1, "COMMISSIONED"),
    )


def test_the_helpdesk_reassigns_an_incident(incidents: IncidentWay) -> None:
    incidents.take(ASK, MONDAY)

    facts = incidents.take(ReassignRequest(1, HELPDESK, THIRD), MONDAY)

    assert facts == (InstallCodeReassigned(1, THIRD, DUE.isoformat()),)


def test_what_an_incident_does_not_allow_is_a_fact(incidents: IncidentWay) -> None:
    incidents.take(ASK, MONDAY)

    refused = kinds(
        incidents,
        AskForInstallCode(GAINER, GSME, MPAN),
        give(1, THIRD),
        ReassignRequest(1, INSTALLER, THIRD),
        CloseRequest(1, INSTALLER, Outcome.WITHDRAWN),
    )

    assert refused == [InstallCodeRefused.kind] * 4


def test_the_latest_of_several_incidents_counts(incidents: IncidentWay) -> None:
    for number, code in ((1, bytes(16)), (2, CODE)):
        incidents.take(ASK, MONDAY)
        incidents.take(give(number, INSTALLER, code), MONDAY)

    assert incidents.code(GAINER, ESME) == CODE


def test_mails_follow_the_chain_until_the_installer_is_found(mails: EmailWay) -> None:
    (first,) = mails.take(ASK, MONDAY)
    said, second = mails.take(give(1, THIRD, None), day(1))
    (found,) = mails.take(give(2, INSTALLER), day(2))

    assert isinstance(first, InstallCodeAsked)
    assert first.asked == THIRD
    assert said == InstallCodeNotGiven("EMAIL", 1, THIRD, ESME, "not the installer")
    assert isinstance(second, InstallCodeAsked)
    assert second.asked == INSTALLER
    assert isinstance(found, InstallCodeGiven)
    assert mails.code(GAINER, ESME) == CODE


def test_silence_lets_the_next_supplier_be_asked_and_then_nobody_is_left(mails: EmailWay) -> None:
    mails.take(ASK, MONDAY)

    overdue, asked = mails.expire(DUE)
    assert isinstance(overdue, InstallCodeOverdue)
    assert isinstance(asked, InstallCodeAsked)
    due = mails.due
    assert due is not None
    again, lost = mails.expire(due)

    assert again.kind == "install_code_overdue"
    assert isinstance(lost, InstallCodeNotFound)
    assert mails.due is None


def test_a_late_code_by_mail_is_still_taken(mails: EmailWay) -> None:
    mails.take(ASK, MONDAY)
    mails.expire(DUE)

    mails.take(give(1, THIRD), day(20))

    assert mails.code(GAINER, ESME) == CODE


def test_mails_know_neither_helpdesk_nor_closure(mails: EmailWay) -> None:
    mails.take(ASK, MONDAY)

    refused = kinds(
        mails,
        give(1, INSTALLER),
        ReassignRequest(1, HELPDESK, THIRD),
        CloseRequest(1, GAINER, Outcome.WITHDRAWN),
    )

    assert refused == [InstallCodeRefused.kind] * 3


def test_a_held_code_is_there_at_once(held: HeldWay) -> None:
    facts = held.take(ASK, MONDAY)

    assert facts == (InstallCodeGiven("SMI", 0, GAINER, ESME, "SMI, supply point claimed"),)
    assert held.code(GAINER, ESME) == CODE
    assert held.due is None
    assert held.expire(DUE) == ()


def test_a_held_code_is_not_for_everybody_and_asks_nobody(held: HeldWay) -> None:
    refused = kinds(
        held,
        AskForInstallCode(THIRD, ESME, MPAN),
        give(1, INSTALLER),
        ReassignRequest(1, HELPDESK, THIRD),
        CloseRequest(1, GAINER, Outcome.WITHDRAWN),
    )

    assert refused == [InstallCodeRefused.kind] * 4
    assert held.code(THIRD, ESME) is None


def test_no_fact_holds_a_code(incidents: IncidentWay, mails: EmailWay, held: HeldWay) -> None:
    facts = [
        fact
        for way, party in ((incidents, INSTALLER), (mails, THIRD), (held, INSTALLER))
        for step in (ASK, give(1, party))
        for fact in way.take(step, MONDAY)
    ]

    assert not any(CODE.hex() in repr(fact) or repr(CODE) in repr(fact) for fact in facts)
