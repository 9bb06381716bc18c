"""MP121's alternative solution: no system in between, only who wrote what to whom."""

from datetime import UTC, datetime, timedelta

import pytest

from emulator.dcc.incidents.email_desk import CodeRequest, EmailDesk, Reply
from emulator.dcc.incidents.notifications import Ledger, Occasion
from emulator.dcc.incidents.records import Punctuality
from emulator.dcc.incidents.settings import IncidentSettings
from emulator.dcc.registration import Fuel, Registration, Responsibility
from emulator.kernel.identity import Eui64
from emulator.testing.scenes.incident_scene import CALENDAR, CODE, DUE, MONDAY, THIRD, day, denied
from emulator.testing.scenes.inventory_scene import ESME, GAINER, GSME, INSTALLER

MPAN = "2000000000006"


@pytest.fixture
def ledger() -> Ledger:
    return Ledger()


@pytest.fixture
def desk(ledger: Ledger) -> EmailDesk:
    return EmailDesk(CALENDAR, ledger)


def asked(
    desk: EmailDesk, party: Eui64 = INSTALLER, devices: tuple[Eui64, ...] = (ESME,)
) -> CodeRequest:
    request = desk.ask(GAINER, party, devices, MONDAY)
    assert isinstance(request, CodeRequest)
    return request


def reply(device: Eui64 = ESME, at: datetime = MONDAY, code: bytes | None = CODE) -> Reply:
    return Reply(device=device, moment=at, install_code=code)


def test_the_installer_sends_the_code(desk: EmailDesk, ledger: Ledger) -> None:
    request = asked(desk)

    desk.reply(request.number, INSTALLER, reply(at=day(1)))

    assert desk.code(GAINER, ESME) == CODE
    assert desk.punctuality(request.number, ESME, day(9)) is Punctuality.IN_TIME
    assert [each.occasion for each in ledger.sent] == [Occasion.CODE_ASKED, Occasion.CODE_SENT]


def test_who_is_not_the_installer_says_so_and_has_answered(desk: EmailDesk) -> None:
    """4.16 (b): or confirm the same."""
    request = asked(desk)

    desk.reply(request.number, INSTALLER, reply(at=day(1), code=None))

    assert desk.code(GAINER, ESME) is None
    assert desk.punctuality(request.number, ESME, day(9)) is Punctuality.IN_TIME
    assert desk.expire(day(30)) == ()


def test_a_chain_of_three_suppliers_is_followed_back_to_the_installer(desk: EmailDesk) -> None:
    registration = Registration()
    registration.add(MPAN, Fuel.ELECTRICITY)
    start = datetime(2025, 1, 1, tzinfo=UTC)
    for number, supplier in enumerate((INSTALLER, THIRD, Eui64(0x77), GAINER)):
        since = start + timedelta(days=30 * number)
        registration.register(MPAN, Responsibility.IMPORT_SUPPLIER, supplier, since)
    former = registration.former_suppliers(MPAN, MONDAY)
    contacted = []

    while (party := desk.next_to_ask(GAINER, ESME, former)) is not None:
        contacted.append(party)
        request = asked(desk, party)
        code = CODE if party == INSTALLER else None
        desk.reply(request.number, party, reply(code=code))

    assert contacted == [Eui64(0x77), THIRD, INSTALLER]
    assert desk.code(GAINER, ESME) == CODE


def test_nobody_left_to_ask_is_the_end(desk: EmailDesk) -> None:
    assert desk.next_to_ask(GAINER, ESME, ()) is None


def test_one_mail_may_ask_for_many_devices_and_is_due_until_all_are_answered(
    desk: EmailDesk, ledger: Ledger
) -> None:
    meters = tuple(Eui64(number) for number in range(2_000))
    request = asked(desk, devices=(*meters, meters[0]))
    for meter in meters[1:]:
        desk.reply(request.number, INSTALLER, reply(meter))

    (late,) = desk.expire(DUE)

    assert late.unanswered() == (meters[0],)
    assert desk.punctuality(request.number, meters[0], DUE) is Punctuality.OVERDUE
    assert desk.punctuality(request.number, meters[1], DUE) is Punctuality.IN_TIME
    assert len(ledger.to(INSTALLER)) == 1


def test_a_wrong_code_can_be_followed_by_the_right_one(desk: EmailDesk) -> None:
    request = asked(desk)
    desk.reply(request.number, INSTALLER, reply(at=day(1), code=bytes(16)))

    desk.reply(request.number, INSTALLER, reply(at=day(2)))

    assert desk.code(GAINER, ESME) == CODE
    latest = desk.request(request.number).reply(ESME)
    assert latest is not None
    assert latest.install_code == CODE


def test_silence_is_overdue_after_five_working_days(desk: EmailDesk) -> None:
    request = asked(desk)

    assert desk.due == DUE
    assert desk.punctuality(request.number, ESME, day(1)) is Punctuality.OPEN
    assert desk.expire(DUE) == (request,)
    assert desk.due is None


def test_a_late_code_is_late(desk: EmailDesk) -> None:
    request = asked(desk)

    desk.reply(request.number, INSTALLER, reply(at=DUE))

    assert desk.punctuality(request.number, ESME, DUE) is Punctuality.LATE


def test_the_time_begins_when_the_mail_is_received() -> None:
    slow = EmailDesk(CALENDAR, Ledger(), IncidentSettings(email_delay=timedelta(days=1)))

    assert asked(slow).due == DUE + timedelta(days=1)


def test_only_who_was_asked_can_answer_and_only_about_what(desk: EmailDesk) -> None:
    request = asked(desk)

    denied(desk.reply(request.number, THIRD, reply()))
    denied(desk.reply(request.number, INSTALLER, reply(GSME)))
    denied(desk.reply(99, INSTALLER, reply()))

    assert desk.code(GAINER, ESME) is None
    assert request.reply(ESME) is None


def test_a_mail_about_nothing_is_none(desk: EmailDesk) -> None:
    denied(desk.ask(GAINER, INSTALLER, (), MONDAY))

    assert len(desk) == 0


def test_a_code_sent_to_one_supplier_is_not_known_to_another(desk: EmailDesk) -> None:
    request = asked(desk)
    desk.reply(request.number, INSTALLER, reply())

    assert desk.code(THIRD, ESME) is None
