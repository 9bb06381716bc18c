from io import StringIO

import pytest
from rich.console import Console

from emulator.dcc.dcc import Mailbox, RequestPlan
from emulator.dcc.service_request import DeviceAlert
from emulator.kernel.identity import Eui64
from emulator.lab.installing.installation import Installation
from emulator.lab.interactive.exchange import (
    Exchange,
    exchange_document,
    exchange_request,
    exchange_use_case,
    print_exchange,
    run_until,
)
from emulator.lab.interactive.order_words import OrderWords, read_order
from emulator.lab.kept.result import Verdict


def exchanged(work: Installation, use_case: str, role: str | None = None) -> Exchange:
    words = OrderWords(use_case=use_case, target="ESME", role=role)
    return exchange_use_case(work, read_order(work, words))


def shown(found: Exchange) -> str:
    printed = StringIO()
    print_exchange(found, Console(file=printed, width=120))
    return printed.getvalue()


def test_reply_is_decoded_and_its_sensitive_data_open(home: Installation) -> None:
    found = exchanged(home, "ECS17b")

    told = shown(found)
    assert "active_import_value" in told
    assert "MAC: valid" in told
    assert told.splitlines()[-1].startswith("PASS  ECS17b")


def test_document_holds_command_and_decoded_reply(home: Installation) -> None:
    document = exchange_document(exchanged(home, "ECS17b"))

    assert (document["successful"], document["code"], document["role"]) == (True, "I0", "supplier")
    assert document["command"].startswith("dd")
    assert document["decoded"]["mac"] == "valid"
    assert document["alerts"] == []


def test_refusal_of_a_device_is_told_by_its_alert(home: Installation) -> None:
    found = exchanged(home, "ECS28b", "other-user")

    assert not found.good
    assert "alert 8F30 Source Does not have Authority for Command" in shown(found)
    assert {each["code"] for each in exchange_document(found)["alerts"]} == {"8F30"}
    assert exchange_document(found)["decoded"] is None


def test_alerts_are_told_though_the_mailbox_keeps_only_the_last(
    home: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailbox = Mailbox()
    mailbox.keep_only(1)
    for code in (0x8F0A, 0x8F0C):
        mailbox.put(DeviceAlert(user=Eui64(1), device=Eui64(2), code=code, message=b""))
    monkeypatch.setattr(home.side.dcc, "mailbox", mailbox)

    found = exchanged(home, "ECS28b", "other-user")

    assert {each.code for each in found.alerts} == {0x8F30}


def test_exchange_is_a_step_of_the_report_whether_it_went_well_or_not(home: Installation) -> None:
    exchanged(home, "ECS17b")
    good = home.lab.steps[-1]
    exchanged(home, "ECS28b", "other-user")
    bad = home.lab.steps[-1]

    assert (good.verdict, bad.verdict) == (Verdict.PASS, Verdict.FAIL)
    assert [each.destination for each in good.messages] == ["ESME", "DCC"]


def test_service_request_goes_to_the_device(home: Installation) -> None:
    found = exchange_request(home, "supplier", RequestPlan("4.1.1", home.find("ESME")))

    assert found.good
    assert "active_import_value" in shown(found)


def test_request_that_the_dcc_refuses_says_why(home: Installation) -> None:
    found = exchange_request(home, "supplier", RequestPlan("8.1.1", home.find("ESME")))

    assert not found.good
    assert not found.interrupted
    assert "E5: ESME Commissioned" in shown(found)


def test_request_to_the_dcc_alone_shows_what_it_says(home: Installation) -> None:
    plan = RequestPlan("8.2", None, {"DeviceID": home.find("ESME")})
    found = exchange_request(home, "supplier", plan)

    assert found.response is None
    assert found.answer is not None
    assert found.good is found.answer.accepted


def test_exchange_without_any_answer_was_interrupted() -> None:
    found = Exchange(title="ECS17b to ESME")

    assert found.interrupted
    assert "no answer when the waiting ended" in shown(found)


def test_no_time_passes_when_there_is_nothing_to_wait_for(home: Installation) -> None:
    before = home.lab.scheduler.now

    run_until(home, lambda: True)

    assert home.lab.scheduler.now == before
