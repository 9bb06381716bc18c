from datetime import timedelta

import pytest

from emulator.dcc.incidents.records import Outcome, Regime
from emulator.kernel.identity import Eui64
from emulator.lab.self_service.lookups import Lookup
from emulator.lab.self_service.portal import Portal, Refusal
from emulator.lab.world.parties import (
    GAINING_SUPPLIER,
    HELPDESK,
    NETWORK_OPERATOR,
    OTHER_USER,
    SUPPLIER,
    THIRD_SUPPLIER,
)
from tests.lab.self_service.stranded import CODE, stranded, supply_point


def refused(found: object) -> int:
    assert isinstance(found, Refusal), found
    return found.status


def raised() -> tuple[Portal, Eui64]:
    portal, meter = stranded()
    assert not isinstance(portal.ask(GAINING_SUPPLIER, meter, ""), Refusal)
    return portal, meter


def test_an_incident_goes_from_the_gaining_supplier_to_who_pre_notified_and_back() -> None:
    portal, meter = raised()

    noted = portal.answer(SUPPLIER, 1, "as on the label", CODE)
    closed = portal.close(GAINING_SUPPLIER, 1, Outcome.COMMISSIONED)

    assert not isinstance(noted, Refusal)
    assert not isinstance(closed, Refusal)
    seen = portal.request(GAINING_SUPPLIER, 1)
    assert not isinstance(seen, Refusal)
    assert (seen["assignee"], seen["outcome"], seen["may"]) == (
        "supplier",
        "COMMISSIONED",
        ["read"],
    )
    assert seen["notes"][0] | {"moment": ""} == {
        "author": "supplier",
        "moment": "",
        "text": "as on the label",
        "install_code": CODE.hex().upper(),
    }
    assert portal.code(GAINING_SUPPLIER, meter) == CODE.hex().upper()
    assert portal.code(THIRD_SUPPLIER, meter) == ""


@pytest.mark.parametrize("who", [NETWORK_OPERATOR, OTHER_USER, THIRD_SUPPLIER, Eui64(7)])
def test_nobody_else_reads_answers_ends_or_moves_an_incident(who: Eui64) -> None:
    portal, _ = raised()

    assert refused(portal.request(who, 1)) == 403
    assert refused(portal.answer(who, 1, "", CODE)) == 403
    assert refused(portal.close(who, 1, Outcome.WITHDRAWN)) == 403
    assert refused(portal.reassign(who, 1, who)) == 403
    assert portal.requests(who) == ()


def test_who_answers_does_not_end_and_only_the_helpdesk_moves() -> None:
    portal, _ = raised()

    assert refused(portal.close(SUPPLIER, 1, Outcome.WITHDRAWN)) == 403
    assert refused(portal.close(HELPDESK, 1, Outcome.WITHDRAWN)) == 403
    assert refused(portal.reassign(SUPPLIER, 1, THIRD_SUPPLIER)) == 403
    assert not isinstance(portal.reassign(HELPDESK, 1, THIRD_SUPPLIER), Refusal)
    assert [each["number"] for each in portal.requests(THIRD_SUPPLIER)] == [1]
    assert refused(portal.answer(SUPPLIER, 1, "", CODE)) == 403


@pytest.mark.parametrize("number", [0, -1, 2, 10**12])
def test_what_is_not_there_is_not_found(number: int) -> None:
    portal, _ = raised()

    assert refused(portal.request(GAINING_SUPPLIER, number)) == 404
    assert refused(portal.answer(SUPPLIER, number, "", None)) == 404
    assert refused(portal.device(SUPPLIER, Eui64(1))) == 404


def test_a_device_that_is_not_listed_is_not_asked_about() -> None:
    portal, _ = stranded()

    assert refused(portal.ask(GAINING_SUPPLIER, Eui64(1), "")) == 403


def test_by_e_mail_the_former_supplier_is_asked_and_answers() -> None:
    portal, meter = stranded(Regime.EMAIL)

    asked = portal.ask(GAINING_SUPPLIER, meter, supply_point())
    answered = portal.answer(SUPPLIER, 1, "", CODE)

    assert not isinstance(asked, Refusal)
    assert not isinstance(answered, Refusal)
    assert refused(portal.request(HELPDESK, 1)) == 403
    assert refused(portal.close(GAINING_SUPPLIER, 1, Outcome.WITHDRAWN)) == 403
    assert [each["assignee"] for each in portal.requests(GAINING_SUPPLIER)] == ["supplier"]
    assert portal.code(GAINING_SUPPLIER, meter) == CODE.hex().upper()


def test_by_e_mail_there_may_be_nobody_to_ask() -> None:
    portal, meter = stranded(Regime.EMAIL)

    assert refused(portal.ask(GAINING_SUPPLIER, meter, "99")) == 409


def test_a_code_that_the_inventory_holds_is_read_by_the_responsible_supplier_only() -> None:
    portal, meter = stranded(Regime.SMI)

    assert refused(portal.hold(THIRD_SUPPLIER, meter, CODE)) == 403
    assert not isinstance(portal.hold(SUPPLIER, meter, CODE), Refusal)
    assert refused(portal.ask(THIRD_SUPPLIER, meter, supply_point())) == 403
    assert not isinstance(portal.ask(GAINING_SUPPLIER, meter, supply_point()), Refusal)
    assert portal.code(GAINING_SUPPLIER, meter) == CODE.hex().upper()
    assert refused(portal.request(GAINING_SUPPLIER, 1)) == 404
    assert refused(stranded()[0].hold(SUPPLIER, meter, CODE)) == 409


def test_the_inventory_is_read_by_users_and_the_helpdesk_and_shows_no_code() -> None:
    portal, meter = stranded()

    listed = portal.devices(NETWORK_OPERATOR, Lookup())
    shown = portal.device(HELPDESK, meter)

    assert not isinstance(listed, Refusal)
    assert not isinstance(shown, Refusal)
    assert len(listed) == 3
    assert (shown["status"], shown["mpxn"]) == ("Pending", supply_point())
    assert [each["event"] for each in shown["history"]] == ["listed"]
    assert CODE.hex().upper() not in str(shown)
    assert refused(portal.devices(Eui64(7), Lookup())) == 403
    assert refused(portal.device(Eui64(7), meter)) == 403


def test_silence_is_overdue_after_five_working_days() -> None:
    portal, _ = raised()
    work = portal.recovery

    seen = portal.request(SUPPLIER, 1)

    assert not isinstance(seen, Refusal)
    assert seen["punctuality"] == "OPEN"
    assert work.deadline is not None
    assert timedelta(microseconds=work.deadline) >= timedelta(days=7)


def test_mail_tells_where_to_look_and_never_a_code() -> None:
    portal, meter = stranded()
    letters: list[str] = []
    portal.send_mail(lambda letter: letters.append(letter.as_string()), "http://127.0.0.1:8080")
    portal.ask(GAINING_SUPPLIER, meter, "")
    portal.answer(SUPPLIER, 1, "", CODE)

    assert [each["about"] for each in portal.mail(SUPPLIER)] == [1]
    assert portal.mail(THIRD_SUPPLIER) == ()
    assert len(letters) == 2
    assert "http://127.0.0.1:8080/ssi/requests/1" in letters[0]
    assert "To: supplier <supplier@" in letters[0]
    assert all(CODE.hex() not in each.lower() for each in letters)


def test_a_party_is_found_by_name_and_identifier() -> None:
    portal, _ = stranded()

    assert portal.party(" Gaining Supplier ") == GAINING_SUPPLIER
    assert portal.party("02-48-41-4e-55-53-45-06") == HELPDESK
    assert portal.party("nobody") is None
